import type { ContractGuess, TensorLayout } from '../../../../protocol/models.ts';
import type { ModelPort, OnnxModel } from '../graph.ts';
import type { Inference } from '../infer.ts';
import { OnnxRefusal } from '../refusal.ts';
import { shapeText } from './inputs.ts';

/** The output that Loupe makes a picture of, and how. */
export interface OutputRole {
  readonly port: ModelPort;
  readonly kind: 'image' | 'lut' | 'grid';
  readonly layout: TensorLayout;
  readonly scale: 1 | 2 | 3 | 4;
  readonly guesses: readonly ContractGuess[];
}

const SCALES = [1, 2, 3, 4] as const;
const GRID_CHANNELS = 12;

interface Size {
  readonly height: number;
  readonly width: number;
}

/** A picture's shape at a known size of the input; null where it is none. */
function asImage(
  shape: readonly number[],
  input: Size,
  layout: TensorLayout,
): { readonly layout: TensorLayout; readonly scale: 1 | 2 | 3 | 4 } | null {
  if (shape.length !== 4 || shape[0] !== 1) return null;
  const other = layout === 'NCHW' ? 'NHWC' : 'NCHW';
  for (const tried of [layout, other] as const) {
    const [height, width] = tried === 'NCHW' ? [shape[2], shape[3]] : [shape[1], shape[2]];
    const channels = tried === 'NCHW' ? shape[1] : shape[3];
    const scale = SCALES.find((s) => height === s * input.height && width === s * input.width);
    if (channels === 3 && scale !== undefined) return { layout: tried, scale };
  }
  return null;
}

function isTable(shape: readonly number[]): boolean {
  const sides = shape.length === 5 && shape[0] === 1 ? shape.slice(1) : shape;
  const [channels, n = 0] = sides;
  return (
    sides.length === 4 &&
    channels === 3 &&
    n >= 2 &&
    n <= 256 &&
    sides.slice(1).every((s) => s === n)
  );
}

function isGrid(shape: readonly number[], input: Size): boolean {
  const [batch, channels, rows = 0, columns = 0] = shape;
  const small = rows < input.height && columns < input.width;
  return shape.length === 4 && batch === 1 && channels === GRID_CHANNELS && small;
}

function imageRole(
  port: ModelPort,
  { layout, scale }: { layout: TensorLayout; scale: 1 | 2 | 3 | 4 },
  rivals: number,
): OutputRole {
  const several = `${rivals} outputs are pictures; the first, “${port.name}”, is shown.`;
  const grown =
    scale === 1 ? 'has the input’s size' : `is ${scale} times as wide and high as the input`;
  return {
    port,
    kind: 'image',
    layout,
    scale,
    guesses: [
      {
        property: 'scale',
        known: rivals > 1 ? 'guess' : 'graph',
        reason: `The output ${grown}.${rivals > 1 ? ` ${several}` : ''}`,
      },
    ],
  };
}

function transformRole(port: ModelPort, kind: 'lut' | 'grid'): OutputRole {
  const what =
    kind === 'lut'
      ? 'has the shape of a 3-D look-up table'
      : 'has the shape of a grid of affine colour transforms';
  const reason = `The output ${what}: it is applied to the picture at full size.`;
  const guesses: ContractGuess[] = [{ property: 'scale', known: 'guess', reason }];
  return { port, kind, layout: 'NCHW', scale: 1, guesses };
}

function refuse(model: OnnxModel, shapes: readonly (readonly number[] | null)[]): never {
  const { outputs } = model.graph;
  const stated = outputs
    .map((port, i) => `“${port.name}” ${shapes[i] ? `[${shapes[i].join(', ')}]` : shapeText(port)}`)
    .join(', ');
  const flat = shapes.every(
    (shape) => shape !== null && shape.filter((side) => side > 1).length <= 1,
  );
  throw new OnnxRefusal(
    flat
      ? `gives numbers, not a picture (${stated}): it is a classifier or a metric. Loupe restores with networks from picture to picture.`
      : `gives no picture of 3 channels at 1 to 4 times its input’s size: its output is ${stated}. Loupe restores with networks from picture to picture.`,
  );
}

/** What the file itself says of its outputs, where shapes could not be followed that far. */
function declared(model: OnnxModel, layout: TensorLayout): OutputRole {
  const unstated = model.graph.outputs.find(({ dims }) => dims === null);
  if (unstated) {
    throw new OnnxRefusal(
      `does not state how many axes its output “${unstated.name}” has (dynamic rank), and its graph does not tell. Export it again with shapes.`,
    );
  }
  const channelAxis = layout === 'NCHW' ? 1 : 3;
  const port = model.graph.outputs.find(({ dims }) => {
    const channels = dims?.[channelAxis];
    return dims?.length === 4 && (typeof channels !== 'number' || channels === 3);
  });
  if (!port)
    return refuse(
      model,
      model.graph.outputs.map(() => null),
    );
  const reason =
    'The shapes could not be followed to the output; it is taken to have the input’s size.';
  const guesses: ContractGuess[] = [{ property: 'scale', known: 'guess', reason }];
  return { port, kind: 'image', layout, scale: 1, guesses };
}

/** What the file states, where it states every side. */
function fixedShape({ dims }: ModelPort): readonly number[] | null {
  const sides = dims?.filter((side) => typeof side === 'number');
  return sides && sides.length === dims?.length ? sides : null;
}

/**
 * Which output is shown, from the shapes at one size.
 * @throws {OnnxRefusal} where none is a picture, a LUT or a grid
 */
export function outputRole(
  model: OnnxModel,
  inference: Inference,
  input: Size,
  layout: TensorLayout,
): OutputRole {
  const { outputs } = model.graph;
  const shapes = outputs.map((port) => inference.values.get(port.name)?.shape ?? fixedShape(port));
  const images = outputs.flatMap((port, i) => {
    const shape = shapes[i];
    const image = shape ? asImage(shape, input, layout) : null;
    return image ? [{ port, image }] : [];
  });
  const [first] = images;
  if (first) return imageRole(first.port, first.image, images.length);
  const table = outputs.find((_, i) => isTable(shapes[i] ?? []));
  if (table) return transformRole(table, 'lut');
  const grid = outputs.find((_, i) => isGrid(shapes[i] ?? [], input));
  if (grid) return transformRole(grid, 'grid');
  return shapes.includes(null) ? declared(model, layout) : refuse(model, shapes);
}
