/** One run of the network: a rectangle of the (reflect-padded) picture and how it joins the others. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  /** Size of the network's input; may reach beyond the picture, where it is padded. */
  readonly width: number;
  readonly height: number;
  /** Columns at the left that are left to the tile before: the network sees too little there; or 0. */
  readonly skipLeft: number;
  /** Columns after those that fade in over the tile before; 0 at the picture's edge. */
  readonly blendLeft: number;
  /** Rows at the top that are left to the tiles above, or 0. */
  readonly skipTop: number;
  /** Rows after those that fade in over the tiles above; 0 at the picture's edge. */
  readonly blendTop: number;
  /** Columns at the right and rows at the bottom that are left to the tiles after. */
  readonly skipRight: number;
  readonly skipBottom: number;
}

/** A rectangle as shares of the whole picture's sides: top, left, bottom, right. */
export type Region = readonly [number, number, number, number];

/** The region of a picture that is not cut. */
export const WHOLE: Region = [0, 0, 1, 1];

/** Where in a picture a rectangle of pixels lies; beyond 1 where it is padded. */
export function regionOf(
  { x, y, width, height }: Pick<Tile, 'x' | 'y' | 'width' | 'height'>,
  picture: { readonly width: number; readonly height: number },
): Region {
  return [
    y / picture.height,
    x / picture.width,
    (y + height) / picture.height,
    (x + width) / picture.width,
  ];
}

export interface TileRule {
  /** Largest side of a tile in pixels, a multiple of `multiple`. */
  readonly size: number;
  /** Least number of pixels that neighbours share. */
  readonly overlap: number;
  /**
   * Pixels along a cut that are taken from the neighbour alone, at most a quarter of the overlap: what a
   * network pads there reaches that far in. 0 where it is left out.
   */
  readonly margin?: number;
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
  readonly skip: number;
  readonly blend: number;
  readonly skipEnd: number;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * Cuts one side into spans. A side that fits is one span, rounded up to the multiple; a longer one is
 * cut into as few equal spans as fit the tile size, no longer than the overlap asks for and spread
 * evenly: every run has the same static shape, no span needs padding, little is computed twice.
 */
function spans(side: number, { size, overlap, margin = 0, multiple, minSize }: SideRule): Span[] {
  if (side <= size) {
    return [
      {
        start: 0,
        length: roundUp(Math.max(side, minSize), multiple),
        skip: 0,
        blend: 0,
        skipEnd: 0,
      },
    ];
  }
  const count = Math.ceil((side - overlap) / (size - overlap));
  const length = Math.min(size, roundUp((side + (count - 1) * overlap) / count, multiple));
  const starts = Array.from({ length: count }, (_, i) =>
    Math.round((i * (side - length)) / (count - 1)),
  );
  /** Pixels that the tile at `i` shares with the one before, and how many of them each side skips. */
  const cut = (i: number) => {
    const [before, start] = [starts[i - 1], starts[i]];
    const shared = before === undefined || start === undefined ? 0 : before + length - start;
    return { shared, skip: Math.min(margin, shared >> 2) };
  };
  return starts.map((start, i) => {
    const { shared, skip } = cut(i);
    return { start, length, skip, blend: shared - 2 * skip, skipEnd: cut(i + 1).skip };
  });
}

/** The rule for the side that is fixed to `length`; at most half of a tile may fade. */
function sideRule(rule: TileRule, length: number | undefined): SideRule {
  if (length === undefined) return rule;
  const overlap = Math.min(rule.overlap, length >> 1);
  return { ...rule, size: length, overlap, multiple: length, minSize: length };
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
      skipLeft: column.skip,
      blendLeft: column.blend,
      skipTop: row.skip,
      blendTop: row.blend,
      skipRight: column.skipEnd,
      skipBottom: row.skipEnd,
    })),
  );
}
