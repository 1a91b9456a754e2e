import { type Accessor, createMemo, createSignal } from 'solid-js';
import { type PixelFacts, pixelFacts } from '../../core/inspect/pixelFacts.ts';
import type { PaneKey, Seen } from '../viewer/panes.ts';
import type { Point } from '../viewer/viewport.ts';
import { createPlace, type PlaceTool, pixelAt, type Stand } from './place-state.ts';
import { pixelsOf } from './values.ts';

/** How often the magnifier enlarges: device pixels for each of the picture's. */
export const MAGNIFICATIONS = [4, 8] as const;
export type Magnification = (typeof MAGNIFICATIONS)[number];

/** What lies at one place of the scene, in every picture of the case: read, and enlarged. */
export interface InspectorTool extends PlaceTool {
  readonly inspecting: Accessor<boolean>;
  readonly toggleInspector: () => void;
  readonly readings: Accessor<readonly Reading[]>;
  readonly magnifying: Accessor<boolean>;
  readonly toggleMagnifier: () => void;
  readonly magnification: Accessor<Magnification>;
  readonly setMagnification: (times: Magnification) => void;
}

/** One picture's pixel at the inspected place. */
export interface Reading {
  readonly pane: PaneKey;
  readonly x: number;
  readonly y: number;
  readonly facts: PixelFacts;
  /** Of a reduced picture that stands in for the one to come. */
  readonly preview: boolean;
}

interface Surroundings extends Stand {
  readonly panes: Accessor<readonly PaneKey[]>;
  readonly seen: (pane: PaneKey) => Seen | null;
}

/** A pixel of what is drawn in the picture's own pixels; null where a shifted picture does not reach. */
function ownPixel({ x, y }: Point, { source, offset }: Seen): Point | null {
  const own = { x: Math.floor(x + offset.x), y: Math.floor(y + offset.y) };
  const within = own.x >= 0 && own.y >= 0 && own.x < source.width && own.y < source.height;
  return within ? own : null;
}

/** Inspector and magnifier, which share the place that they look at. */
export function createInspector(around: Surroundings): InspectorTool {
  const [inspecting, setInspecting] = createSignal(false);
  const [magnifying, setMagnifying] = createSignal(false);
  const [magnification, setMagnification] = createSignal<Magnification>(4);
  const place = createPlace(around, () => inspecting() || magnifying());
  const read = (pane: PaneKey): Reading | null => {
    const [at, frame, seen] = [place.inspected(), around.frame(), around.seen(pane)];
    const pixel = at && frame && seen && pixelAt(at, frame, seen.bitmap, seen.preview);
    const own = pixel && ownPixel(pixel, seen);
    const picture = own && pixelsOf(seen.source, { ...own, width: 1, height: 1 });
    const facts = picture && pixelFacts(picture, 0, 0);
    return own && facts && { pane, ...own, facts, preview: seen.preview };
  };
  return {
    ...place,
    inspecting,
    toggleInspector: () => setInspecting(!inspecting()),
    readings: createMemo(() =>
      inspecting() ? around.panes().flatMap((pane) => read(pane) ?? []) : [],
    ),
    magnifying,
    toggleMagnifier: () => setMagnifying(!magnifying()),
    magnification,
    setMagnification: (times) => setMagnification(times),
  };
}
