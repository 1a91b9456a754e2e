import { ELEMENT_BYTES } from '../models/tensor.ts';
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
/** Memory of a device, in GiB, from which on they may take all of that; with less, a share of it. */
const AMPLE_MEMORY = 8;

/**
 * Multiply-accumulates that one run may take where tiles change nothing, since Cancel answers between
 * runs: on WASM about ten seconds of two slow cores; on a graphics card what a weak one does before the
 * system's watchdog takes it for hung.
 */
const RUN_MACS = { slow: 40e9, fast: 400e9 } as const;
/** Smaller tiles than this would compute their overlaps more than themselves. */
const LEAST_FOR_TIME = 256;

const PIXELS_720P = 1280 * 720;

/** What runs a network. */
export interface Machine {
  readonly provider: Provider;
  /** Whether the adapter is a software one: slower than WASM. */
  readonly softwareAdapter: boolean;
  /** Largest storage binding of the device; null without one. */
  readonly bindingBytes: number | null;
  /** In GiB, as far as the browser tells (never more than 8, and only some do); null where it does not. */
  readonly memory: number | null;
}

/** Bytes that a run's activations may take here. */
function activationBytes({ provider, memory }: Machine): number {
  return ACTIVATION_BYTES[provider] * Math.min(1, (memory ?? AMPLE_MEMORY) / AMPLE_MEMORY);
}

/** How a network's pictures are cut on this machine. */
export interface TileBudget {
  readonly size: number;
  readonly overlap: number;
  /** Pixels along a cut that are taken from the neighbour alone. */
  readonly margin: number;
  /** Pictures of up to this many pixels are run whole; null where the size alone decides. */
  readonly wholePixels: number | null;
}

/** Bytes of a pixel of the input in the larger of the two tensors that a picture goes in and out by. */
function portBytes({ input, mask, output }: ModelContract): number {
  const channels = 3 * (input.copies ?? 1) + (mask?.kind === 'channel' ? 1 : 0);
  const into = channels * ELEMENT_BYTES[input.element];
  return output.kind === 'image'
    ? Math.max(into, 3 * ELEMENT_BYTES[output.element] * output.scale ** 2)
    : into;
}

/** Most pixels that a run's activations leave room for; null where the graph could not be followed. */
function pixelsThatFit(
  contract: ModelContract,
  facts: ModelFacts | null,
  machine: Machine,
): number | null {
  const { provider, bindingBytes } = machine;
  const peak = facts?.peakActivationBytes720p ?? null;
  if (peak === null || peak <= 0) return null;
  const pixelsIn = (bytes: number) => Math.floor((bytes / peak) * PIXELS_720P);
  if (provider === 'wasm' || bindingBytes === null) return pixelsIn(activationBytes(machine));
  // At its peak a network holds at least what it reads and what it writes: no tensor inside is more
  // than about half of it, and each must fit one binding.
  const inside = pixelsIn(Math.min(activationBytes(machine), 2 * bindingBytes));
  return Math.min(inside, Math.floor(bindingBytes / portBytes(contract)));
}

/** Most pixels that a run gets through before Cancel would be long in coming. */
function pixelsInTime(facts: ModelFacts | null, isFast: boolean): number {
  const macs = facts?.macs720p ?? 0;
  return macs > 0 ? (RUN_MACS[isFast ? 'fast' : 'slow'] / macs) * PIXELS_720P : Infinity;
}

/** The side of a square of so many pixels, a multiple. */
const sideOf = (pixels: number, multiple: number): number =>
  Math.floor(Math.sqrt(pixels) / multiple) * multiple;

/**
 * A picture is run whole where the memory estimate, the device's limits and the time of one run allow
 * it, else in tiles as large as these allow. Where tiles would change the result time does not count.
 * On WASM, and for a network whose maker chose its tiles, no run is larger than one such tile: a run
 * cannot be stopped, and there is little to gain from a larger one.
 */
export function tileBudget(
  { contract, facts, source }: Pick<ModelEntry, 'contract' | 'facts' | 'source'>,
  machine: Machine,
): TileBudget {
  const { input, tile } = contract;
  // Built-in networks were trained on mirrored margins; their results are kept as they were made.
  const isUsers = source.kind === 'user';
  const fits = isUsers ? pixelsThatFit(contract, facts, machine) : null;
  const margin = isUsers ? tile.overlap >> 2 : 0;
  if (input.fixedSize || fits === null) {
    return { size: tile.size, overlap: tile.overlap, margin, wholePixels: null };
  }
  const multiple = input.sizeMultiple;
  const isFast = machine.provider === 'webgpu' && !machine.softwareAdapter;
  // Where the graph was not followed to its end, the estimates are lower bounds.
  const followed = facts?.macsComplete === true;
  const largest = isFast && followed && tile.stated !== true ? Infinity : tile.size;
  const inTime = Math.min(largest ** 2, tile.whole ? Infinity : pixelsInTime(facts, isFast));
  const room = Math.min(fits, Math.max(inTime, Math.min(largest, LEAST_FOR_TIME) ** 2));
  const least = Math.ceil(Math.max(input.minSize, multiple) / multiple) * multiple;
  const size = Math.max(least, sideOf(room, multiple));
  return {
    size,
    overlap: Math.min(tile.overlap, size >> 1),
    margin,
    wholePixels: tile.whole ? fits : followed ? Math.floor(room) : null,
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
