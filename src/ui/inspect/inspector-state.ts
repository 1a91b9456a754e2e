import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { PictureView } from '../../app/model.ts';
import { type PixelFacts, pixelFacts } from '../../core/inspect/pixelFacts.ts';
import type { PaneKey } from '../viewer/panes.ts';
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

/** The pixels that a pane shows; a preview is stretched over the frame. */
export type SeenPicture = Pick<PictureView, 'bitmap'> & { readonly preview?: boolean };

interface Surroundings extends Stand {
  readonly panes: Accessor<readonly PaneKey[]>;
  readonly picture: (pane: PaneKey) => SeenPicture | null;
}

/** Inspector and magnifier, which share the place that they look at. */
export function createInspector(around: Surroundings): InspectorTool {
  const [inspecting, setInspecting] = createSignal(false);
  const [magnifying, setMagnifying] = createSignal(false);
  const [magnification, setMagnification] = createSignal<Magnification>(4);
  const place = createPlace(around, () => inspecting() || magnifying());
  const read = (pane: PaneKey): Reading | null => {
    const [at, frame] = [place.inspected(), around.frame()];
    const { bitmap = null, preview = false } = around.picture(pane) ?? {};
    const pixel = at && frame && bitmap ? pixelAt(at, frame, bitmap, preview) : null;
    const picture = pixel && bitmap ? pixelsOf(bitmap, { ...pixel, width: 1, height: 1 }) : null;
    const facts = picture && pixelFacts(picture, 0, 0);
    return pixel && facts && { pane, ...pixel, facts, preview };
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
