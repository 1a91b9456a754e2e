import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPerson } from '../../src/engine/personMask.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { readMasks } from '../../src/models/maskManifest.ts';
import { MASK_ENTRY } from '../helpers/appVisitor.ts';
import { flat } from '../helpers/pictures.ts';

const URL_BASE = 'https://loupe.test/app/models/manifest.json';
const shipped = JSON.parse(readFileSync('public/models/manifest.json', 'utf8'));

function masksOf(change: (mask: Record<string, unknown>) => void = () => undefined) {
  const copy = structuredClone(shipped);
  change(copy.masks[0]);
  return readMasks(copy, URL_BASE);
}

describe('readMasks', () => {
  it('reads the shipped network, whose file is there with its true size and hash', () => {
    const masks = masksOf();
    if (!masks.ok) throw new Error(masks.error.message);
    const [entry] = masks.value;
    expect(entry).toMatchObject({
      id: 'person-mask',
      url: 'https://loupe.test/app/models/person-mask.onnx',
      input: { name: 'input', size: [256, 256] },
      output: 'mask',
      refine: { radius: 8, epsilon: 0.001, subsample: 2 },
    });
    const bytes = readFileSync('public/models/person-mask.onnx');
    expect(entry?.bytes).toBe(bytes.length);
    expect(entry?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('finds none in a list without masks', () => {
    const { masks: _, ...rest } = shipped;
    expect(readMasks(rest, URL_BASE)).toEqual({ ok: true, value: [] });
  });

  it.each<[string, (mask: Record<string, unknown>) => void, string]>([
    ['a wrong hash', (mask) => Object.assign(mask, { sha256: 'a' }), 'masks[0].sha256'],
    ['no input', (mask) => delete mask.input, 'masks[0].input'],
    [
      'a size that is none',
      (mask) => Object.assign(mask, { input: { name: 'x', size: [0, 9] } }),
      'masks[0].input.size',
    ],
    [
      'an epsilon of 0',
      (mask) => Object.assign(mask, { refine: { radius: 8, eps: 0, subsample: 2 } }),
      'masks[0].refine.eps',
    ],
  ])('names the field: %s', (_, change, field) => {
    const masks = masksOf(change);
    expect(masks.ok ? '' : masks.error.message).toContain(field);
  });
});

describe('the card and the twin in the list', () => {
  const entryWith = (change: (model: Record<string, unknown>) => void) => {
    const copy = structuredClone(shipped);
    change(copy.models[0]);
    return readManifest(copy, URL_BASE);
  };

  it('are read as they are, and may be missing', () => {
    const list = entryWith(() => undefined);
    if (!list.ok) throw new Error(list.error.message);
    expect(list.value[0]?.card).toEqual(shipped.models[0].card);
    expect(list.value[0]?.fp16?.url).toMatch(/flash-s-fp16\.onnx$/);
    const bare = entryWith((model) => {
      delete model.card;
      delete model.fp16;
    });
    expect(bare.ok && bare.value[0]).toMatchObject({ card: null, fp16: null });
  });

  it.each<[string, object, string]>([
    ['limits', { card: { ...shipped.models[0].card, limits: '' } }, 'models[0].card.limits'],
    [
      'tones',
      { card: { ...shipped.models[0].card, byTone: [{ group: 'light', images: 1 }] } },
      'models[0].card.byTone[0]',
    ],
    ['the twin’s size', { fp16: { ...shipped.models[0].fp16, bytes: 0 } }, 'models[0].fp16.bytes'],
  ])('name the field that is wrong: %s', (_, change, field) => {
    const list = entryWith((model) => Object.assign(model, change));
    expect(list.ok ? '' : list.error.message).toContain(field);
  });
});

describe('findPerson', () => {
  const session = (dims: readonly number[]) => ({
    run: async () => ({ dims, values: new Float32Array(64).fill(0.25) }),
  });

  it('gives the plane and the light it is refined by', async () => {
    const found = await findPerson(session([1, 1, 8, 8]), MASK_ENTRY, flat(20, 10, 51));
    expect(found.soft).toMatchObject({ width: 8, height: 8 });
    expect(found.guide.gain).toBeCloseTo(0.25 / 0.22, 6);
  });

  it('refuses an output of another shape', async () => {
    const run = findPerson(session([1, 2, 8, 8]), MASK_ENTRY, flat(20, 10, 51));
    await expect(run).rejects.toThrow('its output is 1×2×8×8, not 1×1×8×8');
  });
});
