import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { CaseView, PictureView } from '../../src/app/model.ts';
import { createInspector } from '../../src/ui/inspect/inspector-state.ts';
import type { Layer } from '../../src/ui/viewer/layer.ts';
import type { Mix } from '../../src/ui/viewer/paint.ts';
import { type PaneKey, paneTitle, seenIn } from '../../src/ui/viewer/panes.ts';
import { layerOf as layerInView } from '../../src/ui/viewer/scene.ts';
import { FIT, type Size } from '../../src/ui/viewer/viewport.ts';
import { EMPTY_CASE } from '../helpers/caseView.ts';
import {
  at,
  bitmapOf,
  enlarged,
  expectPixels,
  FOUR,
  FRAME,
  GREY,
  PANE,
  paint,
  RED,
  type Rule,
  sceneOf,
} from './viewerScene.ts';

const SHIFT = { dx: 3, dy: -2 };

/** What the ground truth shows at (x, y), this one has at (x + 3, y − 2); around it, something else. */
const MOVED: Rule = (x, y) => RED(x - SHIFT.dx, y - SHIFT.dy);

const pictureOf = async (rule: Rule, size: Size): Promise<PictureView> => ({
  sha256: 'a',
  name: 'a.png',
  bytes: 1,
  ...size,
  format: 'png',
  bitDepth: 8,
  exact: true,
  profileName: null,
  bitmap: await bitmapOf(size, rule),
});

/** A case whose one output is compared under the shift. */
async function shiftedCase(size: Size = FRAME): Promise<CaseView> {
  const output = { picture: await pictureOf(MOVED, size), origin: { kind: 'dropped' } } as const;
  return {
    ...EMPTY_CASE,
    input: await pictureOf(GREY, FRAME),
    gt: await pictureOf(RED, FRAME),
    methods: [{ methodId: 'a', title: 'A', output, strength: 100, shift: SHIFT, values: null }],
    shownMethod: 'a',
    output,
    metrics: { status: 'measuring' },
    shift: SHIFT,
  };
}

const layersOf = (item: CaseView, ...panes: readonly PaneKey[]): readonly (Layer | null)[] =>
  panes.map((pane) =>
    layerInView(
      { case: () => item, picture: () => item.input, errorMap: () => item.errorMap },
      pane,
    ),
  );

/** Whether the shifted output reaches a pixel of the ground truth. */
const reaches = (x: number, y: number) => x < FRAME.width - 3 && y >= 2;
const reachesPane = (x: number, y: number) => reaches(Math.floor(x / 4), Math.floor(y / 4));

describe('an output that is compared under a shift', () => {
  it.each([FRAME, { width: 19, height: 14 }])(
    'lies over the ground truth where it is shown alone, of %o',
    async (size) => {
      const item = await shiftedCase(size);
      const wide = size === FRAME ? reachesPane : (_: number, y: number) => y >= 8;
      expectPixels(paint(sceneOf(layersOf(item, 'output'))), (x, y) =>
        wide(x, y) ? enlarged(RED)(x, y) : null,
      );
    },
  );

  it('goes on at the line of a split, and does not show in an onion', async () => {
    const item = await shiftedCase();
    const layers = layersOf(item, 'gt', 'output');
    const split: Mix = { kind: 'split', lines: [0.5], into: 'columns' };
    expectPixels(paint(sceneOf(layers, { mix: split })), (x, y) =>
      x < 32 || reachesPane(x, y) ? enlarged(RED)(x, y) : null,
    );
    const onion = paint(sceneOf(layers, { mix: { kind: 'onion', opacity: 0.5 } }));
    expectPixels(onion, enlarged(RED), 1);
  });

  it('differs in nothing where both are, at every zoom, and elsewhere there is no difference', async () => {
    const item = await shiftedCase();
    const layers = layersOf(item, 'gt', 'output');
    const mix: Mix = { kind: 'difference', settings: { gain: 16, signed: true } };
    expectPixels(paint(sceneOf(layers, { mix })), (x, y) =>
      reachesPane(x, y) ? [128, 128, 128] : null,
    );
    for (const scale of [0.5, 0.77, 1, 2.6]) {
      const image = paint(sceneOf(layers, { mix, viewport: { ...FOUR, scale } }));
      const shown = new Set<string>();
      for (let i = 0; i < PANE.width * PANE.height; i += 1) {
        const [r, g, b, alpha] = at(image, i % PANE.width, Math.floor(i / PANE.width));
        if (alpha !== 0) shown.add([r, g, b, alpha].join());
      }
      expect([...shown], String(scale)).toEqual(['128,128,128,255']);
    }
  });

  it('is read where it lies, and says which of its own pixels that is', async () => {
    const item = await shiftedCase();
    const { inspector, dispose } = createRoot((dispose) => ({
      dispose,
      inspector: createInspector({
        frame: () => FRAME,
        paneSize: () => PANE,
        viewport: () => FIT,
        panes: () => ['gt', 'output'],
        seen: (pane) => seenIn(item, pane),
      }),
    }));
    inspector.toggleInspector();
    inspector.pointAt({ x: 4 * 6 + 1, y: 4 * 5 + 1 });
    const [truth, output] = inspector.readings();
    expect(truth).toMatchObject({ x: 6, y: 5, facts: { rgb: RED(6, 5) } });
    expect(output).toMatchObject({ x: 9, y: 3, facts: { rgb: RED(6, 5) } });
    inspector.pointAt({ x: 4 * 15 + 1, y: 4 * 5 + 1 });
    expect(inspector.readings().map(({ pane }) => pane)).toEqual(['gt']);
    dispose();
  });

  it('is named with its shift, and stands as it is where there is no ground truth', async () => {
    const item = await shiftedCase();
    expect(paneTitle(item, 'output')).toBe('Output, shifted (3, −2)');
    expect(paneTitle(item, 'map')).toBe('Error map, shifted (3, −2)');
    expect(paneTitle(item, 'gt')).toBe('Ground truth');
    const alone = { ...item, gt: null };
    expect(paneTitle(alone, 'output')).toBe('Output');
    expectPixels(paint(sceneOf(layersOf(alone, 'output'))), enlarged(MOVED));
  });

  it('has the lines between pixels only where it reaches', async () => {
    const layers = layersOf(await shiftedCase(), 'output');
    const viewport = { ...FOUR, scale: 20 };
    const scene = sceneOf(layers, { viewport, instruments: { mark: null } });
    const image = paint(scene, { width: 20 * FRAME.width, height: 20 * FRAME.height });
    const right = FRAME.width - SHIFT.dx;
    const top = -SHIFT.dy;
    const onLine = (x: number, y: number) => at(image, 20 * x, 20 * y + 10);
    expect(onLine(right - 1, top)).not.toEqual([...RED(right - 1, top), 255]);
    expect(onLine(right - 1, top)[3]).toBe(255);
    expect(onLine(right + 1, top)[3]).toBe(0);
    expect(onLine(right - 1, top - 1)[3]).toBe(0);
  });

  it('shows a preview as much shifted', async () => {
    const half = await bitmapOf({ width: 8, height: 6 }, (x, y) => RED(2 * x, 2 * y));
    const seen = seenIn({ ...(await shiftedCase()), preview: half }, 'output');
    expect(seen).toMatchObject({ preview: true, offset: { x: 1.5, y: -1 } });
    expect([seen?.bitmap.width, seen?.bitmap.height]).toEqual([8, 6]);
  });
});
