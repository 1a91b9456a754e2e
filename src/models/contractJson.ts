import type { Normalisation } from '../core/image/normalisation.ts';
import type {
  ImageTensor,
  MaskInput,
  ModelContract,
  ModelOutput,
  TensorElement,
} from '../protocol/models.ts';
import { FieldError, type Fields, fields, numbers, oneOf, pair, text, whole } from './fields.ts';

/** Sides up to which an exporter's word is believed; ONNX Runtime would give up long before. */
const LARGEST_SIDE = 16_384;
const ELEMENTS = ['float32', 'float16', 'uint8'] as const;
const CHANNELS = ['RGB', 'BGR', 'RGBRGB'] as const;
/** [height, width] of what a network with free sides sees that gives a LUT or a grid. */
const SQUASHED = [256, 256] as const;
const SCALES = [1, 2, 3, 4] as const;

/** What the graph says and a contract may leave out. */
export interface ContractDefaults {
  readonly input: { readonly name: string; readonly element: TensorElement };
  readonly output: { readonly name: string; readonly element: TensorElement };
  readonly fixedSize: readonly [number, number] | null;
  /** Elements of all inputs by name. */
  readonly elements: Readonly<Record<string, TensorElement>>;
  /** Names of the inputs that have three channels: a mask among them lies in each. */
  readonly coloured: readonly string[];
}

/** How [0, 1] becomes [low, high]. */
function rangeNormalisation(low: number, high: number): Normalisation {
  const std = 1 / (high - low);
  const mean = 0 - low * std;
  return { mean: [mean, mean, mean], std: [std, std, std] };
}

/** Three numbers in the order of the tensor's channels, turned into R, G, B. */
function triple(of: Fields, key: string, where: string): readonly [number, number, number] {
  const [first = 0, green = 0, last = 0] = numbers(of, key, where, 3);
  return of.channels === 'BGR' ? [last, green, first] : [first, green, last];
}

function rangeOf(of: Fields, where: string): readonly [number, number] {
  const [low, high] = pair(of, 'range', where);
  if (low >= high) throw new FieldError(`${where}.range is empty`);
  return [low, high];
}

/** How bytes become values: by `range`, or by `mean` and `std`; [0, 1] where neither is stated. @throws {FieldError} */
export function normalisation(of: Fields, where: string): Normalisation {
  if (of.mean !== undefined || of.std !== undefined) {
    const std = triple(of, 'std', where);
    if (std.includes(0)) throw new FieldError(`${where}.std holds a 0`);
    return { mean: triple(of, 'mean', where), std };
  }
  if (of.range === undefined) return rangeNormalisation(0, 1);
  return rangeNormalisation(...rangeOf(of, where));
}

const nameOf = (of: Fields, where: string, known: string | undefined): string =>
  of.name === undefined && known !== undefined ? known : text(of, 'name', where);

const elementOf = (of: Fields, where: string, known: TensorElement | undefined): TensorElement =>
  of.element === undefined ? (known ?? 'float32') : oneOf(of, 'element', where, ELEMENTS);

function imageTensor(of: Fields, where: string, known?: ContractDefaults['input']): ImageTensor {
  return {
    name: nameOf(of, where, known?.name),
    layout: oneOf(of, 'layout', where, ['NCHW', 'NHWC']),
    channels: oneOf(of, 'channels', where, CHANNELS) === 'BGR' ? 'BGR' : 'RGB',
    element: elementOf(of, where, known?.element),
    normalisation: normalisation(of, where),
  };
}

/** A side in pixels. @throws {FieldError} */
export function side(of: Fields, key: string, where: string): number {
  const value = whole(of, key, where, 1);
  if (value > LARGEST_SIDE) throw new FieldError(`${where}.${key} is more than ${LARGEST_SIDE}`);
  return value;
}

function inputOf(
  of: Fields,
  where: string,
  wholePicture: boolean,
  defaults?: ContractDefaults,
): ModelContract['input'] {
  const multiple = of.sizeMultiple === undefined ? 1 : side(of, 'sizeMultiple', where);
  const stated = of.size === undefined ? null : sidesOf(of, 'size', where);
  const free = wholePicture ? (stated ?? SQUASHED) : null;
  const fixedSize =
    defaults?.fixedSize ?? (of.fixedSize === undefined ? free : sidesOf(of, 'fixedSize', where));
  return {
    ...imageTensor(of, where, defaults?.input),
    ...(of.channels === 'RGBRGB' ? { copies: 2 } : {}),
    fixedSize,
    sizeMultiple: fixedSize ? 1 : multiple,
    minSize: of.minSize === undefined ? multiple : side(of, 'minSize', where),
  };
}

/** A size [height, width]. */
function sidesOf(of: Fields, key: string, where: string): readonly [number, number] {
  const [height, width] = pair(of, key, where);
  if (![height, width].every((n) => Number.isInteger(n) && n >= 1 && n <= LARGEST_SIDE)) {
    throw new FieldError(`${where}.${key} is not a height and a width`);
  }
  return [height, width];
}

/** `channel4`, or the name of an input that lies as the picture does. */
function maskOf(
  json: Fields,
  where: string,
  input: ImageTensor,
  defaults?: ContractDefaults,
): MaskInput | null {
  if (json.mask === undefined || json.mask === null) return null;
  const name = text(json, 'mask', where);
  if (name === 'channel4') return { kind: 'channel' };
  const element = defaults?.elements[name] ?? input.element;
  const copies = defaults?.coloured.includes(name) ? { copies: 3 as const } : {};
  return { kind: 'tensor', name, layout: input.layout, element, ...copies };
}

function outputOf(of: Fields, where: string, defaults?: ContractDefaults): ModelOutput {
  const name = nameOf(of, where, defaults?.output.name);
  const kind = of.kind === undefined ? 'image' : oneOf(of, 'kind', where, ['image', 'lut', 'grid']);
  if (kind !== 'image') {
    return of.range === undefined ? { kind, name } : { kind, name, range: rangeOf(of, where) };
  }
  const scale = SCALES.find((factor) => factor === (of.scale ?? 1));
  if (scale === undefined) throw new FieldError(`${where}.scale is not 1, 2, 3 or 4`);
  return { kind, ...imageTensor(of, where, defaults?.output), scale };
}

function tileOf(
  of: Fields,
  where: string,
  { fixedSize, sizeMultiple }: ModelContract['input'],
): ModelContract['tile'] {
  const size = whole(of, 'size', where, sizeMultiple);
  const overlap = whole(of, 'overlap', where, 0);
  if (!fixedSize && (size % sizeMultiple !== 0 || overlap * 2 > size)) {
    throw new FieldError(
      `${where}: the size must be a multiple of ${sizeMultiple} and at least twice the overlap`,
    );
  }
  return { size, overlap, whole: of.whole === true, stated: true };
}

/** Tiles of a network whose maker says nothing of them. */
function defaultTile(sizeMultiple: number): ModelContract['tile'] {
  return { size: Math.ceil(1024 / sizeMultiple) * sizeMultiple, overlap: 64, whole: false };
}

/**
 * A contract as the model list and the files' metadata write it (docs/export.md): `input`, `output`
 * and, where the network has them, `thumbnail`, `region`, `mask` and `tile`.
 * @param where how the object is called in errors
 * @param defaults what may be left out, from the graph
 * @throws {FieldError} that names the field
 */
export function readContract(
  json: Fields,
  where: string,
  defaults?: ContractDefaults,
): ModelContract {
  const output = outputOf(fields(json.output, `${where}.output`), `${where}.output`, defaults);
  const inputFields = fields(json.input, `${where}.input`);
  const input = inputOf(inputFields, `${where}.input`, output.kind !== 'image', defaults);
  const { thumbnail, region, tile } = json;
  const small = thumbnail === undefined || thumbnail === null ? null : `${where}.thumbnail`;
  const place = region === undefined || region === null ? null : `${where}.region`;
  const cut = tile === undefined || tile === null ? null : `${where}.tile`;
  return {
    input,
    thumbnail: small
      ? {
          name: text(fields(thumbnail, small), 'name', small),
          size: sidesOf(fields(thumbnail, small), 'size', small),
        }
      : null,
    ...(place ? { region: { name: text(fields(region, place), 'name', place) } } : {}),
    mask: maskOf(json, where, input, defaults),
    output,
    tile: cut ? tileOf(fields(tile, cut), cut, input) : defaultTile(input.sizeMultiple),
  };
}
