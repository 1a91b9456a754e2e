import { type Accessor, createSignal } from 'solid-js';
import type { Brush, MaskSide } from '../../core/inspect/maskEdit.ts';
import type { Size } from '../viewer/viewport.ts';

export type MaskToolName = 'brush' | 'eraser' | 'lasso';

/** What a stroke is made with. */
export interface MaskBrush {
  readonly tool: Accessor<MaskToolName>;
  readonly setTool: (tool: MaskToolName) => void;
  /** Whether the next stroke adds or takes away. */
  readonly side: Accessor<MaskSide>;
  /** The other side: brush and eraser change places, the lasso goes on. */
  readonly turn: () => void;
  /** Diameter in pixels of the mask. */
  readonly size: Accessor<number>;
  readonly setSize: (size: number) => void;
  readonly largest: Accessor<number>;
  readonly stepSize: (step: 1 | -1) => void;
  /** The share of the radius that fades out, in percent. */
  readonly softness: Accessor<number>;
  readonly setSoftness: (percent: number) => void;
  readonly stepSoftness: (step: 1 | -1) => void;
  /** Width of a feather, in pixels of the mask. */
  readonly featherBy: Accessor<number>;
  readonly setFeatherBy: (pixels: number) => void;
  /** @param pressure 0..1 of a pen; 1 for anything else */
  readonly shape: (pressure: number) => Brush;
}

/** The brush at first, as a part of the shorter side of the picture. */
const FIRST_PART = 0.06;
const SIZE_STEP = 1.25;
const SOFTNESS_STEP = 10;
export const WIDEST_FEATHER = 50;
/** A pen that hardly touches still paints. */
const LEAST_PRESSURE = 0.15;

const within = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, Number.isFinite(value) ? value : least));

/** The next size of a key: a fixed ratio, but never the same whole number of pixels. */
export function steppedSize(size: number, step: 1 | -1): number {
  const next = Math.round(step === 1 ? size * SIZE_STEP : size / SIZE_STEP);
  return next === size ? size + step : next;
}

/** A brush for pictures of `frame`'s size. */
export function createBrush(frame: Accessor<Size | null>): MaskBrush {
  const [tool, setTool] = createSignal<MaskToolName>('brush');
  const [lassoSide, setLassoSide] = createSignal<MaskSide>('add');
  const [chosen, setChosen] = createSignal<number | null>(null);
  const [softness, setSoftness] = createSignal(20);
  const [featherBy, setFeatherBy] = createSignal(3);
  const shorter = () => Math.min(frame()?.width ?? 1, frame()?.height ?? 1);
  const largest = () => Math.max(2, shorter());
  const size = () => within(chosen() ?? Math.round(shorter() * FIRST_PART), 1, largest());
  const setSize = (next: number) => setChosen(within(Math.round(next), 1, largest()));
  return {
    tool,
    setTool: (next) => setTool(next),
    side: () => (tool() === 'lasso' ? lassoSide() : tool() === 'brush' ? 'add' : 'erase'),
    turn: () => {
      if (tool() === 'lasso') setLassoSide(lassoSide() === 'add' ? 'erase' : 'add');
      else setTool(tool() === 'brush' ? 'eraser' : 'brush');
    },
    size,
    setSize,
    largest,
    stepSize: (step) => setSize(steppedSize(size(), step)),
    softness,
    setSoftness: (percent) => setSoftness(within(percent, 0, 100)),
    stepSoftness: (step) => setSoftness(within(softness() + step * SOFTNESS_STEP, 0, 100)),
    featherBy,
    setFeatherBy: (pixels) => setFeatherBy(within(Math.round(pixels), 1, WIDEST_FEATHER)),
    shape: (pressure) => ({
      radius: (size() / 2) * within(pressure, LEAST_PRESSURE, 1),
      hardness: 1 - softness() / 100,
    }),
  };
}
