import type { AttributeValue, ModelGraph } from './graph.ts';
import { MAX_INTEGERS, MAX_TEXT_BYTES } from './limits.ts';
import { readTensor } from './readTensor.ts';
import { damaged } from './refusal.ts';
import type { Field, Range, WireReader } from './wire.ts';

/** Field numbers of AttributeProto; source: onnx.proto of the ONNX project. */
const NAME = 1;
const FLOAT = 2;
const INTEGER = 3;
const TEXT = 4;
const TENSOR = 5;
const GRAPH = 6;
const FLOATS = 7;
const INTEGERS = 8;
const GRAPHS = 11;
const REFERENCE = 21;

async function floats(reader: WireReader, field: Field): Promise<number[]> {
  const bytes = await reader.bytes(field, 'an attribute');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}

type GraphReader = (range: Range) => Promise<ModelGraph>;

async function readValue(
  reader: WireReader,
  field: Field,
  graph: GraphReader,
): Promise<AttributeValue | null> {
  switch (field.number) {
    case FLOAT:
      return { kind: 'number', value: (await floats(reader, field))[0] ?? 0 };
    case INTEGER:
      return { kind: 'number', value: field.value };
    case TEXT: {
      const text = await reader.text(field, MAX_TEXT_BYTES, 'an attribute');
      return text === null ? { kind: 'other' } : { kind: 'text', value: text };
    }
    case TENSOR:
      return { kind: 'tensor', value: await readTensor(reader, field) };
    case FLOATS:
      // A long list is weights by another name; nothing is inferred from it.
      if (field.end - field.start > 4 * MAX_INTEGERS) return { kind: 'other' };
      return { kind: 'numbers', value: await floats(reader, field) };
    case INTEGERS:
      if (field.end - field.start > 4 * MAX_INTEGERS) return { kind: 'other' };
      return { kind: 'numbers', value: await reader.integers(field, 4 * MAX_INTEGERS, 'a list') };
    case GRAPH:
    case GRAPHS:
      return { kind: 'graphs', value: [await graph(field)] };
    case REFERENCE:
      return { kind: 'reference', value: await reader.name(field, 'an attribute') };
    default:
      return null;
  }
}

/** The value so far; lists grow in place, since exporters may write an element a field. */
class Collected {
  value: AttributeValue | null = null;
  readonly #numbers: number[] = [];
  readonly #graphs: ModelGraph[] = [];

  add(next: AttributeValue): void {
    if (this.value?.kind === 'other') return;
    this.value = next;
    if (next.kind === 'numbers') {
      this.#numbers.push(...next.value);
      const short = this.#numbers.length <= 4 * MAX_INTEGERS;
      this.value = short ? { kind: 'numbers', value: this.#numbers } : { kind: 'other' };
    } else if (next.kind === 'graphs') {
      this.#graphs.push(...next.value);
      this.value = { kind: 'graphs', value: this.#graphs };
    }
  }
}

/**
 * An AttributeProto: its name and what of its value shape inference can use.
 * @param graph reads a graph that stands in the attribute
 * @throws {OnnxRefusal}
 */
export async function readAttribute(
  reader: WireReader,
  range: Range,
  graph: GraphReader,
): Promise<{ readonly name: string; readonly value: AttributeValue }> {
  let name = '';
  const collected = new Collected();
  for (const field of await reader.fields(range, 'an attribute')) {
    if (field.number === NAME) {
      name = await reader.name(field, 'an attribute’s name');
      continue;
    }
    const next = await readValue(reader, field, graph);
    if (next) collected.add(next);
  }
  if (name === '') throw damaged('an attribute without a name');
  // An empty list is written as nothing at all.
  return { name, value: collected.value ?? { kind: 'numbers', value: [] } };
}
