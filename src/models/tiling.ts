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
}

interface Span {
  readonly start: number;
  readonly length: number;
  readonly blend: number;
}

/**
 * Cuts one side into spans. A side that fits is one span, rounded up to the multiple; a longer one is
 * cut into spans of equal length, spread evenly, so that every run has the same static shape and no
 * span needs padding.
 */
function spans(side: number, { size, overlap, multiple, minSize }: TileRule): Span[] {
  if (side <= size) {
    const length = Math.ceil(Math.max(side, minSize) / multiple) * multiple;
    return [{ start: 0, length, blend: 0 }];
  }
  const count = Math.ceil((side - overlap) / (size - overlap));
  const starts = Array.from({ length: count }, (_, i) =>
    Math.round((i * (side - size)) / (count - 1)),
  );
  return starts.map((start, i) => {
    const previous = starts[i - 1];
    return { start, length: size, blend: previous === undefined ? 0 : previous + size - start };
  });
}

/**
 * The tiles that cover a picture, in the order they must be blended: row by row from the top left.
 * @throws {RangeError} where the rule itself is impossible
 */
export function planTiles(width: number, height: number, rule: TileRule): Tile[] {
  if (rule.size % rule.multiple !== 0 || rule.overlap < 0 || rule.overlap * 2 > rule.size) {
    throw new RangeError(`No tiling with size ${rule.size} and overlap ${rule.overlap}`);
  }
  const columns = spans(width, rule);
  return spans(height, rule).flatMap((row) =>
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
