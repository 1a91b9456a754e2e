import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { CaseView, OutputView, PictureView } from '../../src/app/model.ts';
import { weakFlashFromSeed } from '../../src/core/methods/weakFlash.ts';
import { hasAutomaticMask, madeName, maskSource } from '../../src/ui/origins.ts';
import { CARD_SIDE, cardLabels, cardLayout, cardName } from '../../src/ui/panel/card-layout.ts';
import { whyNoStrength } from '../../src/ui/panel/strength.ts';
import { createLighting } from '../../src/ui/viewer/lighting-state.ts';
import { isPreviewed, waitOf } from '../../src/ui/viewer/output-wait.ts';
import { pictureIn, type Shown } from '../../src/ui/viewer/panes.ts';
import { hasProfile, layerOf } from '../../src/ui/viewer/scene.ts';
import { EMPTY_CASE, pictureNamed as picture } from '../helpers/caseView.ts';

const automatic: PictureView = {
  ...picture('001_mask.png'),
  origin: { kind: 'automatic', modelId: 'm', modelTitle: 'Person mask', modelSha256: '00' },
};

const dropped: OutputView = { picture: picture('out.png'), origin: { kind: 'dropped' } };

describe('a before/after card', () => {
  it('shows small pictures as they are, with nothing between them but the divider', () => {
    const card = cardLayout({ width: 656, height: 816 });
    expect([card.before.width, card.before.height]).toEqual([656, 816]);
    expect([card.after.width, card.after.height]).toEqual([656, 816]);
    expect(card.divider.x).toBe(656);
    expect(card.after.x).toBe(656 + card.divider.width);
    expect(card.width).toBe(2 * 656 + card.divider.width);
  });

  it.each([
    [4000, 3000],
    [3000, 4000],
    [1024, 1024],
    [800, 5000],
    [9000, 10],
  ])('of %i × %i is no larger than it may be, and keeps the shape', (width, height) => {
    const card = cardLayout({ width, height });
    expect(Math.max(card.width, card.height)).toBeLessThanOrEqual(CARD_SIDE);
    expect(Math.max(card.width, card.height)).toBeGreaterThan(CARD_SIDE - 8);
    // Within the rounding of one pixel on each side.
    const { before } = card;
    expect(Math.abs(before.width * height - before.height * width)).toBeLessThanOrEqual(
      2 * Math.max(width, height),
    );
  });

  it('is named after the input', () => {
    expect(cardName('my.selfie.jpg')).toBe('my.selfie_before-after.png');
    expect(cardName('photo')).toBe('photo_before-after.png');
  });
});

describe('the words on a card', () => {
  it('say so where nobody took the dark picture', () => {
    expect(cardLabels(picture('001_input.png'))).toEqual(['Before', 'After']);
    const params = weakFlashFromSeed(1, null);
    const origin = { kind: 'simulated', params, from: 'hall.jpg' } as const;
    expect(cardLabels({ ...picture('001_input.png'), origin })[0]).toBe('Before (simulated)');
  });
});

describe('an output that is not there', () => {
  const job = { kind: 'restore', caseId: '2' } as const;
  const item = { id: '1', restoring: true };

  it('waits for its turn behind whatever runs, and is asked for where nothing of it waits', () => {
    for (const other of [null, job, { kind: 'other', caseId: '1' } as const]) {
      expect(waitOf({ picture: null, job: other, case: item })).toBe('turn');
      const idle = { ...item, restoring: false };
      expect(waitOf({ picture: null, job: other, case: idle })).toBe('nothing');
    }
  });

  it('is shown being made, read or decoded', () => {
    expect(waitOf({ picture: null, job: { ...job, caseId: '1' }, case: item })).toBe('restoring');
    expect(waitOf({ picture: null, job: { kind: 'reading', caseId: '' }, case: item })).toBe(
      'reading',
    );
    expect(waitOf({ picture: picture('out'), job, case: item })).toBe('decoding');
  });

  it('is previewed by the job that makes it, not by the strength of another one', () => {
    const preview: ImageBitmap = { width: 4, height: 4, close: () => {} };
    const reduced = { id: '2', preview, wantedStrength: null };
    expect(isPreviewed(job, reduced)).toBe(true);
    expect(isPreviewed(job, { ...reduced, wantedStrength: 40 })).toBe(false);
    expect(isPreviewed(job, { ...reduced, preview: null })).toBe(false);
    expect(isPreviewed(job, { ...reduced, id: '1' })).toBe(false);
    expect(isPreviewed({ ...job, kind: 'other' }, reduced)).toBe(false);
    expect(isPreviewed(null, reduced)).toBe(false);
  });
});

describe('the offer of a weak flash', () => {
  it('belongs to its picture, works until the flash is there, and is waved away for good', async () => {
    const [shown, show] = createSignal('hall');
    let end = () => {};
    const simulateWeakFlash = () =>
      new Promise<void>((resolve) => {
        end = resolve;
      });
    const tool = createRoot(() =>
      createLighting({ commands: { simulateWeakFlash } }, () => ({
        lighting: 'well-lit',
        input: picture(shown()),
      })),
    );
    const flash = tool.simulateFlash();
    expect([tool.offersFlash(), tool.simulating()]).toEqual([true, true]);
    show('park');
    expect([tool.offersFlash(), tool.simulating()]).toEqual([true, false]);
    tool.leaveAsItIs();
    expect(tool.offersFlash()).toBe(false);
    show('hall');
    expect(tool.simulating()).toBe(true);
    end();
    await flash;
    expect([tool.offersFlash(), tool.simulating()]).toEqual([true, false]);
    show('park');
    expect(tool.offersFlash()).toBe(false);
  });
});

describe('strength', () => {
  const restored: OutputView = {
    picture: picture('out.png'),
    origin: {
      kind: 'restored',
      settings: {
        modelId: 'm',
        modelSha256: '',
        provider: 'wasm',
        tileSize: 0,
        tileOverlap: 0,
        pipelineVersion: 1,
      },
      modelTitle: 'M',
      seconds: 1,
      tiles: 1,
      adapter: null,
      parity: null,
      providerReason: null,
      warnings: [],
      fromCache: false,
    },
  };
  const why = (change: Partial<Pick<CaseView, 'input' | 'output' | 'strengthApplies'>>) =>
    whyNoStrength({ input: picture('in'), output: restored, strengthApplies: false, ...change });

  it('says why it cannot be set, for every reason there is', () => {
    expect(why({ strengthApplies: true })).toBeNull();
    expect(why({ output: null })).toBeNull();
    expect(why({ output: dropped })).toMatch(/dropped output/);
    expect(why({ input: null })).toMatch(/without the input/i);
    expect(why({})).toMatch(/another size/);
  });
});

describe('pictures that were made here', () => {
  it('are called by how they were made, and the user’s own by their names', () => {
    expect(madeName(picture('a.png'))).toBe('a.png');
    expect(madeName(automatic)).toBe('automatic: 001_mask.png');
    expect(maskSource(picture('a.png'))).toBe('a.png');
    expect(maskSource(automatic)).toBe('Automatic, by the network “Person mask”');
  });

  it('mark the numbers only where the mask is automatic', () => {
    expect(hasAutomaticMask({ mask: automatic })).toBe(true);
    expect(hasAutomaticMask({ mask: picture('a.png') })).toBe(false);
    expect(hasAutomaticMask({ mask: null })).toBe(false);
  });
});

describe('a pane', () => {
  /** Nothing is drawn here: a bitmap is only handed on. */
  const bitmap = (width: number): ImageBitmap => ({ width, height: width, close: () => {} });
  const viewerOf = (preview: ImageBitmap | null, output: ImageBitmap | null) => {
    const item: CaseView = {
      ...EMPTY_CASE,
      input: { ...picture('input'), bitmap: bitmap(8) },
      output: output && { ...dropped, picture: { ...picture('output'), bitmap: output } },
      preview,
    };
    return {
      case: () => item,
      picture: (pane: Shown) => pictureIn(item, pane),
      errorMap: () => null,
    };
  };

  it('shows the preview in the output’s place only, stretched, for as long as it is there', () => {
    const [preview, output] = [bitmap(4), bitmap(8)];
    const before = viewerOf(preview, null);
    expect(layerOf(before, 'output')).toMatchObject({ bitmap: preview, stretched: true });
    expect(layerOf(before, 'input')?.bitmap).not.toBe(preview);
    expect(layerOf(viewerOf(preview, output), 'output')?.bitmap).toBe(preview);
    const after = layerOf(viewerOf(null, output), 'output');
    expect(after?.bitmap).toBe(output);
    expect(after?.stretched).toBeUndefined();
  });

  it('shows the input behind a veil while there is neither', () => {
    const waiting = viewerOf(null, null);
    expect(layerOf(waiting, 'output')).toMatchObject({ dimmed: true });
  });

  it('has the input’s colours where the output is still to come', () => {
    const viewerOfInput = (profileName: string | null, output: OutputView | null = null) => {
      const item = { ...EMPTY_CASE, input: { ...picture('input'), profileName }, output };
      return { picture: (pane: Shown) => pictureIn(item, pane) };
    };
    const wide = viewerOfInput('Display P3');
    expect(hasProfile(wide, 'output')).toBe(true);
    expect(hasProfile(wide, 'gt')).toBe(false);
    expect(hasProfile(wide, 'map')).toBe(false);
    expect(hasProfile(viewerOfInput(null), 'output')).toBe(false);
    expect(hasProfile(viewerOfInput('Display P3', dropped), 'output')).toBe(false);
  });
});
