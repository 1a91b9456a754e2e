import { planTiles, type Tile } from '../models/tiling.ts';
import type { ModelEntry, Provider } from '../protocol/engine.ts';
import type { ModelContract, ModelFacts } from '../protocol/models.ts';

/**
 * Bytes that a run's activations may take. WebAssembly addresses 4 GiB, of which weights, pictures and
 * fragmentation need their part; graphics memory is shared with the page and everything else.
 */
const ACTIVATION_BYTES: Readonly<Record<Provider, number>> = {
  wasm: 1.5 * 2 ** 30,
  webgpu: 2 ** 30,
};

const PIXELS_720P = 1280 * 720;

/** How a network's pictures are cut on this machine. */
export interface TileBudget {
  readonly size: number;
  readonly overlap: number;
  /** Pixels along a cut that are taken from the neighbour alone. */
  readonly margin: number;
  /** Pictures of up to this many pixels are run whole; null where the size alone decides. */
  readonly wholePixels: number | null;
}

/** Most pixels that a run's activations leave room for; null where the graph could not be followed. */
function mostPixels(
  facts: ModelFacts | null,
  provider: Provider,
  bindingBytes: number | null,
): number | null {
  const peak = facts?.peakActivationBytes720p ?? null;
  if (peak === null || peak <= 0) return null;
  // At its peak a network holds at least what it reads and what it writes: no tensor is more than
  // about half of it, and each must fit one binding.
  const bindable = provider === 'webgpu' && bindingBytes !== null ? 2 * bindingBytes : Infinity;
  return Math.floor((Math.min(ACTIVATION_BYTES[provider], bindable) / peak) * PIXELS_720P);
}

/**
 * Tiles no larger than the contract's, smaller where the memory estimate asks for it; networks whose
 * result tiles would change see the whole picture where it fits.
 * @param bindingBytes largest storage binding of the device; null without one
 */
export function tileBudget(
  { contract, facts, source }: Pick<ModelEntry, 'contract' | 'facts' | 'source'>,
  provider: Provider,
  bindingBytes: number | null,
): TileBudget {
  const { input, tile } = contract;
  // Built-in networks were trained on mirrored margins; their results are kept as they were made.
  const isUsers = source.kind === 'user';
  const most = isUsers ? mostPixels(facts, provider, bindingBytes) : null;
  const margin = isUsers ? tile.overlap >> 2 : 0;
  if (input.fixedSize || most === null) {
    return { size: tile.size, overlap: tile.overlap, margin, wholePixels: null };
  }
  const multiple = input.sizeMultiple;
  const roomFor = Math.floor(Math.sqrt(most) / multiple) * multiple;
  const least = Math.ceil(Math.max(input.minSize, multiple) / multiple) * multiple;
  const size = Math.max(least, Math.min(tile.size, roomFor));
  return {
    size,
    overlap: Math.min(tile.overlap, size >> 1),
    margin,
    wholePixels: tile.whole ? most : null,
  };
}

/** The tiles for one picture. */
export function tilesFor(
  { input }: Pick<ModelContract, 'input'>,
  { size, overlap, margin, wholePixels }: TileBudget,
  width: number,
  height: number,
): Tile[] {
  const { sizeMultiple: multiple, minSize, fixedSize } = input;
  const isWhole = !fixedSize && wholePixels !== null && width * height <= wholePixels;
  const longest = Math.ceil(Math.max(width, height) / multiple) * multiple;
  const rule = isWhole ? { size: Math.max(longest, size), overlap: 0 } : { size, overlap };
  return planTiles(width, height, { ...rule, margin, multiple, minSize, fixedSize });
}

/** What is to be said where tiles change the result; null where they do not. */
export function tilingWarning(
  { title, contract, facts }: Pick<ModelEntry, 'title' | 'contract' | 'facts'>,
  tiles: number,
): string | null {
  const { tile, input } = contract;
  if (tiles === 1 || !tile.whole) return null;
  const operators = facts?.globalOperators ?? [];
  const because = operators.length > 0 ? ` (${operators.join(', ')})` : '';
  const why = input.fixedSize
    ? 'the network takes one size only'
    : 'it is too large to be run whole on this device';
  return `${title} looks at the whole picture${because}; this one was cut into ${tiles} tiles, because ${why}, and that changes the result.`;
}
