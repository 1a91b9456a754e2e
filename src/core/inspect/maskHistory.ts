import type { Gray8 } from '../image/types.ts';
import type { Rectangle } from '../metrics/regionRule.ts';
import type { MaskEdit } from './maskEdit.ts';

/** A mask with undo: bytes are changed in place, and tiles of what was there are kept. */
export interface MaskHistory {
  readonly mask: Gray8;
  /** Edits from here on belong to one step, until the next `begin`; one stroke, for instance. */
  begin(): void;
  /** Makes an edit as a part of the current step, which ends what could be redone. */
  apply(edit: MaskEdit): Rectangle;
  /** Takes the last step back. Returns what changed, null where there is nothing to take back. */
  undo(): Rectangle | null;
  redo(): Rectangle | null;
  /** Takes the step that is being made back for good. Returns what changed, null where nothing did. */
  abandon(): Rectangle | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Bytes kept for undo and redo. */
  readonly bytes: number;
}

const TILE = 128;

/** The other state of each touched tile, by its number. */
type Step = Map<number, Uint8Array<ArrayBuffer>>;

const bytesOf = (step: Step): number =>
  Array.from(step.values()).reduce((sum, tile) => sum + tile.length, 0);

/** The rectangle around two; the second alone where there is no first. */
export function joined(a: Rectangle | null, b: Rectangle): Rectangle {
  if (a === null) return b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Reads and exchanges tiles of 128×128 bytes, smaller at the right and at the bottom. */
function tilesOf({ width, height, data }: Gray8) {
  const columns = Math.ceil(width / TILE);
  const rectangle = (tile: number): Rectangle => {
    const x = (tile % columns) * TILE;
    const y = Math.floor(tile / columns) * TILE;
    return { x, y, width: Math.min(TILE, width - x), height: Math.min(TILE, height - y) };
  };
  const read = (tile: number): Uint8Array<ArrayBuffer> => {
    const { x, y, width: w, height: h } = rectangle(tile);
    const bytes = new Uint8Array(w * h);
    for (let row = 0; row < h; row += 1) {
      const start = (y + row) * width + x;
      bytes.set(data.subarray(start, start + w), row * w);
    }
    return bytes;
  };
  const write = (tile: number, bytes: Uint8Array) => {
    const { x, y, width: w, height: h } = rectangle(tile);
    for (let row = 0; row < h; row += 1) {
      data.set(bytes.subarray(row * w, (row + 1) * w), (y + row) * width + x);
    }
  };
  const touched = ({ x, y, width: w, height: h }: Rectangle): number[] => {
    const found: number[] = [];
    for (let row = Math.floor(y / TILE); row * TILE < y + h; row += 1) {
      for (let column = Math.floor(x / TILE); column * TILE < x + w; column += 1) {
        found.push(row * columns + column);
      }
    }
    return found;
  };
  return { rectangle, read, write, touched };
}

/** Puts a step's tiles in, and keeps in it what they replaced. Returns the rectangle around them. */
function exchange(tiles: ReturnType<typeof tilesOf>, step: Step): Rectangle | null {
  let changed: Rectangle | null = null;
  for (const [tile, bytes] of step) {
    step.set(tile, tiles.read(tile));
    tiles.write(tile, bytes);
    changed = joined(changed, tiles.rectangle(tile));
  }
  return changed;
}

/**
 * Undo and redo of mask edits in bounded memory.
 * @param mask its bytes are changed in place
 * @param budget bytes to keep at most; the oldest steps are forgotten beyond it, the last one never
 */
export function makeMaskHistory(mask: Gray8, budget = 64 * 2 ** 20): MaskHistory {
  const tiles = tilesOf(mask);
  const done: Step[] = [];
  let undone: Step[] = [];
  let open: Step | null = null;
  const bytes = () => [...done, ...undone].reduce((sum, step) => sum + bytesOf(step), 0);
  const move = (from: Step[], to: Step[]): Rectangle | null => {
    open = null;
    const step = from.pop();
    if (step === undefined) return null;
    to.push(step);
    return exchange(tiles, step);
  };
  return {
    mask,
    begin() {
      open = null;
    },
    apply(edit) {
      undone = [];
      if (open === null) {
        open = new Map();
        done.push(open);
      }
      for (const tile of tiles.touched(edit.bounds)) {
        if (!open.has(tile)) open.set(tile, tiles.read(tile));
      }
      while (done.length > 1 && bytes() > budget) done.shift();
      edit.apply(mask);
      return edit.bounds;
    },
    undo: () => move(done, undone),
    redo: () => move(undone, done),
    abandon() {
      if (open === null) return null;
      done.pop();
      const changed = exchange(tiles, open);
      open = null;
      return changed;
    },
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    get bytes() {
      return bytes();
    },
  };
}
