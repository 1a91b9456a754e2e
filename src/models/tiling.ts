/** One run of the network: a rectangle of the (reflect-padded) picture and how it joins the others. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  /** Size of the network's input; may reach beyond the picture, where it is padded. */
  readonly width: number;
  readonly height: number;
  /** Columns at the left that fade in over the tile before; 0 at the picture's edge. */
  readonly blendLeft: number;
  /** Rows at the top that fade in over the tiles above; 0 at the picture's edge. */
  readonly blendTop: number;
}

export interface TileRule {
  /** Largest side of a tile in pixels, a multiple of `multiple`. */
  readonly size: number;
  /** Least number of pixels that neighbours share. */
  readonly overlap: number;
  /** The network takes sides that are multiples of this. */
  readonly multiple: number;
  /** Least side that the network takes. */
  readonly minSize: number;
  /** [height, width] where the network takes nothing else: every tile is of exactly that size. */
  readonly fixedSize?: readonly [number, number] | null;
}

type SideRule = Omit<TileRule, 'fixedSize'>;

interface Span {
  readonly start: number;
  readonly length: number;
  readonly blend: number;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * Cuts one side into spans. A side that fits is one span, rounded up to the multiple; a longer one is
 * cut into as few equal spans as fit the tile size, no longer than the overlap asks for and spread
 * evenly: every run has the same static shape, no span needs padding, little is computed twice.
 */
function spans(side: number, { size, overlap, multiple, minSize }: SideRule): Span[] {
  if (side <= size) {
    return [{ start: 0, length: roundUp(Math.max(side, minSize), multiple), blend: 0 }];
  }
  const count = Math.ceil((side - overlap) / (size - overlap));
  const length = Math.min(size, roundUp((side + (count - 1) * overlap) / count, multiple));
  const starts = Array.from({ length: count }, (_, i) =>
    Math.round((i * (side - length)) / (count - 1)),
  );
  return starts.map((start, i) => {
    const previous = starts[i - 1];
    return { start, length, blend: previous === undefined ? 0 : previous + length - start };
  });
}

/** The rule for the side that is fixed to `length`; at most half of a tile may fade. */
function sideRule(rule: TileRule, length: number | undefined): SideRule {
  if (length === undefined) return rule;
  const overlap = Math.min(rule.overlap, length >> 1);
  return { size: length, overlap, multiple: length, minSize: length };
}

/**
 * The tiles that cover a picture, in the order they must be blended: row by row from the top left.
 * @throws {RangeError} where the rule itself is impossible
 */
export function planTiles(width: number, height: number, rule: TileRule): Tile[] {
  const { size, overlap, multiple, fixedSize } = rule;
  if (overlap < 0 || (!fixedSize && (size % multiple !== 0 || overlap * 2 > size))) {
    throw new RangeError(`No tiling with size ${size} and overlap ${overlap}`);
  }
  const columns = spans(width, sideRule(rule, fixedSize?.[1]));
  return spans(height, sideRule(rule, fixedSize?.[0])).flatMap((row) =>
    columns.map((column) => ({
      x: column.start,
      y: row.start,
      width: column.length,
      height: row.length,
      blendLeft: column.blend,
      blendTop: row.blend,
    })),
  );
}
