import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/codecs/png/encode.ts';
import { greyFromRgba } from '../../src/core/image/mask.ts';
import type { Gray8, Rgba8 } from '../../src/core/image/types.ts';
import { looksWellLit } from '../../src/core/methods/lighting.ts';
import { temporaryFolder, writeFile } from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

const root = temporaryFolder();
const out = (name: string) => join(root, name);
const SAMPLE = join(import.meta.dirname, '../../public/samples/studio');
const input = out('portraits');
mkdirSync(input);
copyFileSync(join(SAMPLE, 'gt.jpg'), join(input, 'bright.jpg'));
copyFileSync(join(SAMPLE, 'input.jpg'), join(input, 'dark.jpg'));

async function pixelsOf(file: string): Promise<Rgba8> {
  return (await decodeInNode(new Uint8Array(readFileSync(file)), file)).pixels;
}

function overlap(a: Gray8, b: Gray8): number {
  let [both, either] = [0, 0];
  a.data.forEach((level, i) => {
    const [one, other] = [level >= 128, (b.data[i] ?? 0) >= 128];
    both += Number(one && other);
    either += Number(one || other);
  });
  return both / either;
}

describe('mask', () => {
  it('finds the person in bright and dark pictures, at full size', async () => {
    const { code, stdout, stderr } = await runHere([
      ...['mask', '--input', input, '--out', out('masks')],
    ]);
    expect([code, stdout], stderr).toEqual([0, '']);
    expect(stderr).toContain('2 masks made with Person mask.');
    const wanted = greyFromRgba(await pixelsOf(join(SAMPLE, 'mask.png')));
    for (const name of ['bright', 'dark']) {
      const found = greyFromRgba(await pixelsOf(out(`masks/${name}.png`)));
      expect([found.width, found.height]).toEqual([wanted.width, wanted.height]);
      expect(overlap(found, wanted)).toBeGreaterThan(0.84);
      expect(new Set(found.data).size).toBeGreaterThan(50);
    }
  });

  it('writes an empty mask where nobody is, and says so', async () => {
    const black = { width: 40, height: 30, data: new Uint8ClampedArray(4800) };
    mkdirSync(out('nobody'));
    writeFile(out('nobody/wall.png'), await encodePng(black, null));
    const { code, stderr } = await runHere([
      ...['mask', '--input', out('nobody'), '--out', out('empty')],
    ]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('Nobody was found in wall.png.');
    expect(stderr).toContain('1 mask made with Person mask.');
    expect((await pixelsOf(out('empty/wall.png'))).width).toBe(40);
  });

  it('refuses folders without pictures', async () => {
    mkdirSync(out('void'));
    const args = ['mask', '--input', out('void'), '--out', out('no')];
    expect(await refusal(args)).toContain('There is no PNG, JPEG or BMP picture');
    expect(existsSync(out('no'))).toBe(false);
  });
});

describe('simulate', () => {
  const bright = out('well-lit');
  mkdirSync(bright);
  copyFileSync(join(SAMPLE, 'gt.jpg'), join(bright, 'studio.jpg'));
  const simulate = (name: string, ...options: string[]) =>
    runHere(['simulate', '--input', bright, '--out', out(name), ...options]);

  it('makes pairs: a dark input, a copy as ground truth, and what was drawn', async () => {
    const { code, stderr } = await simulate('pairs');
    expect(code, stderr).toBe(0);
    expect(readdirSync(out('pairs')).toSorted()).toEqual(['gt', 'input', 'simulated.json']);
    const before = readFileSync(join(SAMPLE, 'gt.jpg'));
    expect(readFileSync(out('pairs/gt/studio.jpg')).equals(before)).toBe(true);
    const dark = await pixelsOf(out('pairs/input/studio.png'));
    expect(looksWellLit(await pixelsOf(out('pairs/gt/studio.jpg')))).toBe(true);
    expect(looksWellLit(dark)).toBe(false);
    const list = JSON.parse(readFileSync(out('pairs/simulated.json'), 'utf8'));
    expect(list).toMatchObject({ seed: 0, pictures: { studio: { seed: expect.any(Number) } } });
  });

  it('gives the same for the same seed, and points at the person of a mask', async () => {
    await simulate('again');
    await simulate('other', '--seed', '7');
    const bytes = (name: string) => readFileSync(out(`${name}/input/studio.png`));
    expect(bytes('again').equals(bytes('pairs'))).toBe(true);
    expect(bytes('other').equals(bytes('pairs'))).toBe(false);
    mkdirSync(out('person'));
    copyFileSync(join(SAMPLE, 'mask.png'), out('person/studio.png'));
    await simulate('masked', '--mask', out('person'));
    const drawn = (name: string) =>
      JSON.parse(readFileSync(out(`${name}/simulated.json`), 'utf8')).pictures.studio;
    const { centre: _, ...rest } = drawn('pairs');
    expect(drawn('masked')).toMatchObject(rest);
    expect(bytes('masked').equals(bytes('pairs'))).toBe(false);
  });

  it('refuses a seed that is none', async () => {
    for (const seed of ['-1', '1.5', 'x', '4294967296']) {
      const args = ['simulate', '--input', bright, '--out', out('no'), `--seed=${seed}`];
      expect(await refusal(args)).toContain('The seed must be a whole number');
    }
    expect(existsSync(out('no'))).toBe(false);
  });
});
