import type { RandomAccess } from '../../pytorch/randomAccess.ts';
import { functionKey, type ModelFunction, type ModelNode, type OnnxModel } from './graph.ts';
import { MAX_FILE_BYTES, MAX_METADATA, MAX_METADATA_BYTES, MAX_TEXT_BYTES } from './limits.ts';
import { type Reading, readGraph, readNode } from './readGraph.ts';
import { damaged, OnnxRefusal } from './refusal.ts';
import { refuseOtherFormats } from './sniff.ts';
import { type Field, type Range, WireReader } from './wire.ts';

/** Field numbers of ModelProto and FunctionProto; source: onnx.proto of the ONNX project. */
const MODEL = {
  irVersion: 1,
  producer: 2,
  producerVersion: 3,
  graph: 7,
  opset: 8,
  metadata: 14,
  training: 20,
  function: 25,
};
const FUNCTION = { name: 1, input: 4, output: 5, node: 7, domain: 10 };

async function readOpset(reader: WireReader, range: Range): Promise<[string, number]> {
  let domain = '';
  let version = 0;
  for (const field of await reader.fields(range, 'the operator set')) {
    if (field.number === 1) domain = await reader.name(field, 'the operator set');
    else if (field.number === 2) version = field.value;
  }
  return [domain === 'ai.onnx' ? '' : domain, version];
}

async function readMetadata(
  reader: WireReader,
  fields: readonly Field[],
): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for (const range of fields.slice(0, MAX_METADATA)) {
    const pair: [string, string] = ['', ''];
    for (const field of await reader.fields(range, 'the metadata')) {
      const text = await reader.text(field, MAX_METADATA_BYTES, 'the metadata');
      if (text !== null && (field.number === 1 || field.number === 2)) {
        pair[field.number - 1] = text;
      }
    }
    found.push(pair);
  }
  // Object.fromEntries defines own properties, so a key like __proto__ is a key like any other.
  return Object.fromEntries(found);
}

async function readFunction(reading: Reading, range: Range): Promise<ModelFunction> {
  const { reader } = reading;
  const nodes: ModelNode[] = [];
  const inputs: string[] = [];
  const outputs: string[] = [];
  let name = '';
  let domain = '';
  for (const field of await reader.fields(range, 'a function')) {
    if (field.number === FUNCTION.node) nodes.push(await readNode(reading, field, 1));
    else if (field.number === FUNCTION.name) name = await reader.name(field, 'a function');
    else if (field.number === FUNCTION.domain) domain = await reader.name(field, 'a function');
    else if (field.number === FUNCTION.input) inputs.push(await reader.name(field, 'a function'));
    else if (field.number === FUNCTION.output) outputs.push(await reader.name(field, 'a function'));
  }
  return { name, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, nodes };
}

/** The fields of the outermost message: here a file that is no model at all is told from a damaged one. */
async function topFields(reader: WireReader): Promise<Map<number, Field[]>> {
  const byNumber = new Map<number, Field[]>();
  let fields: Field[];
  try {
    fields = await reader.fields({ start: 0, end: reader.size }, 'the file');
  } catch (caught) {
    if (!(caught instanceof OnnxRefusal)) throw caught;
    throw (await startsLikeModel(reader)) ? cutShort() : notModel();
  }
  for (const field of fields) {
    const same = byNumber.get(field.number);
    if (same) same.push(field);
    else byNumber.set(field.number, [field]);
  }
  if (!byNumber.has(MODEL.graph)) throw byNumber.has(MODEL.irVersion) ? cutShort() : notModel();
  return byNumber;
}

/** Exporters write the fields in the order of their numbers: the format's version, then texts, then the graph. */
async function startsLikeModel(reader: WireReader): Promise<boolean> {
  const [first, version] = await reader.bytes({ start: 0, end: Math.min(2, reader.size) }, 'it');
  return first === 8 && version !== undefined && version > 0 && version < 64;
}

function cutShort(): OnnxRefusal {
  return new OnnxRefusal(
    'is cut short: it begins like an ONNX model and ends too early. Copy or download it again.',
  );
}

function notModel(): OnnxRefusal {
  return new OnnxRefusal(
    'is not an ONNX model, whatever its name. Drop the .onnx file that the exporter wrote.',
  );
}

function checkSize(size: number): void {
  if (size === 0) throw new OnnxRefusal('is empty. Copy or download it again.', 'empty-file');
  if (size > MAX_FILE_BYTES) {
    throw new OnnxRefusal(
      `is ${(size / 2 ** 30).toFixed(1)} GiB large; a browser runs models up to 2 GiB. Export it as fp16 or quantise it.`,
      'too-large',
    );
  }
}

/**
 * Reads what an ONNX file says of itself; weights are located, not read.
 * @param fileName as it was dropped
 * @throws {OnnxRefusal} where it is not a model that can be looked into
 */
export async function readModel(file: RandomAccess, fileName: string): Promise<OnnxModel> {
  checkSize(file.size);
  const reader = new WireReader(file);
  await refuseOtherFormats(reader);
  const fields = await topFields(reader);
  const all = (number: number) => fields.get(number) ?? [];
  const text = async (number: number) => {
    const field = all(number).at(-1);
    return field ? ((await reader.text(field, MAX_TEXT_BYTES, 'the producer')) ?? '') : '';
  };
  const reading: Reading = { reader, nodes: 0 };
  const [graph] = all(MODEL.graph);
  if (!graph || all(MODEL.graph).length > 1 || graph.wire !== 2) throw damaged('the graph');
  const opsets = new Map<string, number>();
  for (const field of all(MODEL.opset)) opsets.set(...(await readOpset(reader, field)));
  const functions = new Map<string, ModelFunction>();
  for (const field of all(MODEL.function)) {
    const found = await readFunction(reading, field);
    functions.set(functionKey(found.domain, found.name), found);
  }
  return {
    fileName,
    fileBytes: file.size,
    irVersion: all(MODEL.irVersion).at(-1)?.value ?? 0,
    producer: [await text(MODEL.producer), await text(MODEL.producerVersion)].join(' ').trim(),
    opsets,
    metadata: await readMetadata(reader, all(MODEL.metadata)),
    graph: await readGraph(reading, graph, 0),
    functions,
    training: all(MODEL.training).length > 0,
  };
}
