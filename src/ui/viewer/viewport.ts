/**
 * The viewer's geometry, free of DOM and state. One viewport serves every pane: it is expressed in
 * the coordinates of a frame (the case's reference picture), so that panes whose pictures have other
 * pixel sizes show the same part of the scene, and it survives every switch of layout or case.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point, Size {}

export interface Viewport {
  /** Follow the pane: the whole frame is shown, whatever the pane's size becomes. */
  readonly fit: boolean;
  /** Device pixels per frame pixel; 1 is one to one. Not used while `fit`. */
  readonly scale: number;
  /** The part of the frame (0..1 on each axis) that lies in the pane's centre. */
  readonly x: number;
  readonly y: number;
}

export const FIT: Viewport = { fit: true, scale: 1, x: 0.5, y: 0.5 };

/** Beyond this a pixel is as wide as a thumb and nothing more is to be seen. */
export const MAX_SCALE = 64;

/** One press of a zoom key or button. */
const ZOOM_STEP = 1.5;

/** Scales closer than this to the fitting one count as fitting. */
const FIT_TOLERANCE = 1e-4;

/**
 * The scale at which the whole frame just fills the pane; 0 for a pane without area.
 * @param frame size in picture pixels
 * @param pane size in device pixels
 */
export function fitScale(frame: Size, pane: Size): number {
  return Math.min(pane.width / frame.width, pane.height / frame.height);
}

/** Smallest and largest scale: nothing smaller than fit (or 1:1 for tiny pictures). */
export function scaleRange(frame: Size, pane: Size): readonly [number, number] {
  const fit = fitScale(frame, pane);
  return [Math.min(fit, 1), Math.max(fit, MAX_SCALE)];
}

/** Keeps the frame from being dragged out of the pane on one axis; centres it where it is smaller. */
function clampCentre(centre: number, shown: number, pane: number): number {
  if (shown <= pane) return 0.5;
  const margin = pane / 2 / shown;
  return Math.min(1 - margin, Math.max(margin, centre));
}

/**
 * The viewport as it is really shown: fitted where asked for, else with scale and centre in range.
 * @returns a viewport whose `scale`, `x` and `y` can be drawn with
 */
export function resolveViewport(view: Viewport, frame: Size, pane: Size): Viewport {
  if (view.fit) return { fit: true, scale: fitScale(frame, pane), x: 0.5, y: 0.5 };
  const [smallest, largest] = scaleRange(frame, pane);
  const scale = Math.min(largest, Math.max(smallest, view.scale));
  return {
    fit: false,
    scale,
    x: clampCentre(view.x, frame.width * scale, pane.width),
    y: clampCentre(view.y, frame.height * scale, pane.height),
  };
}

/**
 * Zooms so that the point of the picture under `anchor` stays there (as far as the edges allow).
 * @param anchor in device pixels from the pane's top left corner
 */
export function zoomTo(
  view: Viewport,
  frame: Size,
  pane: Size,
  scale: number,
  anchor: Point,
): Viewport {
  const now = resolveViewport(view, frame, pane);
  const [smallest, largest] = scaleRange(frame, pane);
  const next = Math.min(largest, Math.max(smallest, scale));
  if (Math.abs(next / fitScale(frame, pane) - 1) < FIT_TOLERANCE) return FIT;
  const fromCentre = { x: anchor.x - pane.width / 2, y: anchor.y - pane.height / 2 };
  const shift = (size: number, distance: number) =>
    distance / size / now.scale - distance / size / next;
  return resolveViewport(
    {
      fit: false,
      scale: next,
      x: now.x + shift(frame.width, fromCentre.x),
      y: now.y + shift(frame.height, fromCentre.y),
    },
    frame,
    pane,
  );
}

/** Zooms by a factor around `anchor`; see {@link zoomTo}. */
export function zoomBy(
  view: Viewport,
  frame: Size,
  pane: Size,
  factor: number,
  anchor: Point,
): Viewport {
  const { scale } = resolveViewport(view, frame, pane);
  return zoomTo(view, frame, pane, scale * factor, anchor);
}

/** Moves the picture by a distance in device pixels. */
export function panBy(view: Viewport, frame: Size, pane: Size, by: Point): Viewport {
  const now = resolveViewport(view, frame, pane);
  if (now.fit) return view;
  return resolveViewport(
    {
      ...now,
      x: now.x - by.x / (frame.width * now.scale),
      y: now.y - by.y / (frame.height * now.scale),
    },
    frame,
    pane,
  );
}

/** From fit to 1:1 around `anchor`, and from anything else back to fit. */
export function toggleFit(view: Viewport, frame: Size, pane: Size, anchor: Point): Viewport {
  return view.fit ? zoomTo(view, frame, pane, 1, anchor) : FIT;
}

/** The next scale for a zoom key: a fixed ratio that never steps over 1:1. */
export function steppedScale(scale: number, direction: 1 | -1): number {
  const next = direction === 1 ? scale * ZOOM_STEP : scale / ZOOM_STEP;
  const crossesOne = direction === 1 ? scale < 0.999 && next > 1 : scale > 1.001 && next < 1;
  return crossesOne ? 1 : next;
}

/**
 * Where the frame lies in the pane.
 * @returns device pixels from the pane's top left corner, on whole pixels so that 1:1 stays crisp
 */
export function frameRect(view: Viewport, frame: Size, pane: Size): Rect {
  const { scale, x, y } = resolveViewport(view, frame, pane);
  const width = frame.width * scale;
  const height = frame.height * scale;
  return {
    x: Math.round(pane.width / 2 - x * width),
    y: Math.round(pane.height / 2 - y * height),
    width,
    height,
  };
}

/** A picture of another shape inside the frame's place: as large as fits, centred, never stretched. */
export function containIn(place: Rect, picture: Size): Rect {
  const scale = fitScale(picture, place);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    x: place.x + (place.width - width) / 2,
    y: place.y + (place.height - height) / 2,
    width,
    height,
  };
}

/** The part of `picture` (whole pixels, one spare) that is seen when it fills `place` in a pane. */
export function visiblePart(place: Rect, picture: Size, pane: Size): Rect | null {
  const scaleX = place.width / picture.width;
  const scaleY = place.height / picture.height;
  const left = Math.max(0, Math.floor(-place.x / scaleX) - 1);
  const top = Math.max(0, Math.floor(-place.y / scaleY) - 1);
  const right = Math.min(picture.width, Math.ceil((pane.width - place.x) / scaleX) + 1);
  const bottom = Math.min(picture.height, Math.ceil((pane.height - place.y) / scaleY) + 1);
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The whole pixels of the pane that the frame's place touches; null where it lies outside. */
export function seenPart(place: Rect, pane: Size): Rect | null {
  const left = Math.max(0, Math.floor(place.x));
  const top = Math.max(0, Math.floor(place.y));
  const right = Math.min(pane.width, Math.ceil(place.x + place.width));
  const bottom = Math.min(pane.height, Math.ceil(place.y + place.height));
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What two parts of a pane or picture have in common; null where that is nothing. */
export function intersectionOf(first: Rect | null, second: Rect): Rect | null {
  if (!first) return null;
  const [x, y] = [Math.max(first.x, second.x), Math.max(first.y, second.y)];
  const width = Math.min(first.x + first.width, second.x + second.width) - x;
  const height = Math.min(first.y + first.height, second.y + second.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** A second row must gain this much: side by side, pictures are compared along one line. */
const ROW_GAIN = 1.15;

/**
 * The grid in which `count` equal panes show the frame largest, or nearly so in fewer rows.
 * @param stage room for all panes, in CSS pixels
 * @param caption height every pane loses to its caption
 */
export function bestGrid(
  count: number,
  stage: Size,
  frame: Size,
  caption: number,
  gap: number,
): { readonly columns: number; readonly rows: number } {
  let best = { columns: count, rows: 1 };
  let bestScale = 0;
  for (let columns = count; columns >= 1; columns--) {
    const rows = Math.ceil(count / columns);
    const pane = {
      width: (stage.width - gap * (columns - 1)) / columns,
      height: (stage.height - gap * (rows - 1)) / rows - caption,
    };
    const scale = fitScale(frame, pane);
    if (scale > bestScale * ROW_GAIN) {
      best = { columns, rows };
      bestScale = scale;
    }
  }
  return best;
}
