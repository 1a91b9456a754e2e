import { elementType } from './elementTypes.ts';
import type { ModelPort, OnnxDimension } from './graph.ts';
import { MAX_RANK } from './limits.ts';
import { damaged } from './refusal.ts';
import type { Range, WireReader } from './wire.ts';

/*
 * ValueInfoProto: name 1, type 2. TypeProto: tensor_type 1, others are sequences, maps and the like.
 * TypeProto.Tensor: elem_type 1, shape 2. TensorShapeProto: dim 1. Dimension: dim_value 1, dim_param 2.
 * Source: onnx.proto of the ONNX project.
 */

const WHERE = 'an input or output';

async function readDimension(reader: WireReader, range: Range): Promise<OnnxDimension> {
  let dimension: OnnxDimension = null;
  for (const field of await reader.fields(range, WHERE)) {
    // Exporters write 0 or -1 where they do not know the side.
    if (field.number === 1) dimension = field.value > 0 ? field.value : null;
    else if (field.number === 2) dimension = (await reader.name(field, WHERE)) || null;
  }
  return dimension;
}

async function readShape(reader: WireReader, range: Range): Promise<OnnxDimension[]> {
  const dims: OnnxDimension[] = [];
  for (const field of await reader.fields(range, WHERE)) {
    if (field.number === 1) dims.push(await readDimension(reader, field));
    if (dims.length > MAX_RANK) throw damaged('a shape');
  }
  return dims;
}

/**
 * An input or output of a graph.
 * @throws {OnnxRefusal}
 */
export async function readPort(reader: WireReader, range: Range): Promise<ModelPort> {
  let name = '';
  let code = 0;
  let dims: OnnxDimension[] | null = null;
  for (const field of await reader.fields(range, WHERE)) {
    if (field.number === 1) name = await reader.name(field, WHERE);
    if (field.number !== 2) continue;
    for (const kind of await reader.fields(field, WHERE)) {
      if (kind.number !== 1) continue;
      for (const part of await reader.fields(kind, WHERE)) {
        if (part.number === 1) code = part.value;
        else if (part.number === 2) dims = await readShape(reader, part);
      }
    }
  }
  return { name, type: elementType(code), dims, tensor: code !== 0 };
}
