import type { MetricContract, MetricCrop, MetricResize } from '../core/metrics/learned.ts';
import { normalisation, side } from './contractJson.ts';
import { FieldError, type Fields, fields, oneOf, text, whole } from './fields.ts';

/** No metric needs more, and a network that does could not be tried here. */
const MOST_MIN_SIDE = 2048;
const LONGEST = { id: 64, title: 80, unit: 16, source: 300 };
const ID = /^[a-z0-9][a-z0-9-]*$/;
const KINDS = ['full-reference', 'no-reference', 'identity'] as const;
const DIRECTIONS = ['lower-is-better', 'higher-is-better'] as const;
const OUTPUTS = ['scalar', 'map', 'embedding'] as const;
const METHODS = ['bilinear', 'area', 'bicubic'] as const;

const isAbsent = (value: unknown) => value === undefined || value === null;

/** A text that may be missing, cut to what can be shown. */
function optional(of: Fields, key: 'title' | 'unit' | 'source', where: string): string {
  const value = of[key];
  if (isAbsent(value)) return '';
  if (typeof value !== 'string') throw new FieldError(`${where}.${key} is not a text`);
  return value.trim().slice(0, LONGEST[key]);
}

function idOf(of: Fields, where: string): string {
  const id = text(of, 'id', where);
  if (ID.test(id) && id.length <= LONGEST.id) return id;
  throw new FieldError(`${where}.id is not of lower-case letters, digits and hyphens`);
}

function rangeOf(of: Fields, where: string): MetricContract['range'] {
  const value: unknown = of.range;
  const [low, high] = Array.isArray(value) && value.length === 2 ? value : [undefined, undefined];
  const isEnd = (end: unknown) => end === null || Number.isFinite(end);
  if (!isEnd(low) || !isEnd(high)) {
    throw new FieldError(`${where}.range is not two numbers, or null for an open end`);
  }
  if (low !== null && high !== null && low >= high) throw new FieldError(`${where}.range is empty`);
  return [low, high];
}

function cropOf(of: Fields, where: string): MetricCrop {
  const crop = fields(of.crop, `${where}.crop`);
  const region = oneOf(crop, 'region', `${where}.crop`, ['whole', 'person']);
  if (region === 'whole') return { region };
  return { region, pad: whole(crop, 'pad', `${where}.crop`, 0) };
}

function resizeOf(of: Fields, where: string): MetricResize | null {
  if (isAbsent(of.resize)) return null;
  const here = `${where}.resize`;
  const resize = fields(of.resize, here);
  const method = oneOf(resize, 'method', here, METHODS);
  return { height: side(resize, 'height', here), width: side(resize, 'width', here), method };
}

/** The measured picture, and for a full-reference metric what it is compared with. */
function inputsOf(of: Fields, where: string, kind: MetricContract['kind']): readonly string[] {
  const count = kind === 'full-reference' ? 2 : 1;
  const value: unknown = of.inputs;
  const isName = (name: unknown): name is string => typeof name === 'string' && name !== '';
  if (Array.isArray(value) && value.length === count && value.every(isName)) {
    if (new Set(value).size === count) return value;
  }
  const names = count === 2 ? 'two inputs' : 'one input';
  throw new FieldError(`${where}.inputs does not name ${names}, as a ${kind} metric has`);
}

function outputOf(of: Fields, where: string, kind: MetricContract['kind']) {
  const output = oneOf(of, 'output', where, OUTPUTS);
  if ((output === 'embedding') === (kind === 'identity')) return output;
  throw new FieldError(
    `${where}.output is "${output}" and its kind "${kind}": embeddings and identity belong together`,
  );
}

/**
 * A metric's contract as `tools/export_metrics.py` writes it (docs/export.md).
 * @param json the object of the metadata
 * @param where how it is called in errors
 * @throws {FieldError} that names the field
 */
export function readMetricContract(json: Fields, where: string): MetricContract {
  const here = `${where}.metric`;
  const of = fields(json.metric, here);
  const input = fields(json.input, `${where}.input`);
  const kind = oneOf(of, 'kind', here, KINDS);
  const inputs = inputsOf(of, here, kind);
  if (!isAbsent(input.name) && input.name !== inputs[0]) {
    throw new FieldError(`${where}.input.name is not the first of ${here}.inputs`);
  }
  const least = (from: Fields, key: string, at: string) =>
    isAbsent(from[key]) ? 1 : whole(from, key, at, 1);
  const minSide = Math.max(least(of, 'minSide', here), least(input, 'minSize', `${where}.input`));
  if (minSide > MOST_MIN_SIDE) throw new FieldError(`${here}.minSide is over ${MOST_MIN_SIDE}`);
  const id = idOf(of, here);
  const resize = resizeOf(of, here);
  const multiple = least(input, 'sizeMultiple', `${where}.input`);
  if (resize && (resize.height % multiple !== 0 || resize.width % multiple !== 0)) {
    throw new FieldError(`${here}.resize is no multiple of ${where}.input.sizeMultiple`);
  }
  return {
    id,
    title: optional(json, 'title', where) || id,
    kind,
    direction: oneOf(of, 'direction', here, DIRECTIONS),
    unit: optional(of, 'unit', here),
    range: rangeOf(of, here),
    crop: cropOf(of, here),
    resize,
    minSide,
    sizeMultiple: multiple,
    inputs,
    layout: oneOf(input, 'layout', `${where}.input`, ['NCHW', 'NHWC']),
    channels: oneOf(input, 'channels', `${where}.input`, ['RGB', 'BGR']),
    normalisation: normalisation(input, `${where}.input`),
    output: outputOf(of, here, kind),
    source: optional(of, 'source', here),
  };
}
