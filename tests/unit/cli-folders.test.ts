import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/codecs/png/encode.ts';
import { temporaryFolder, writeFile } from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';

const root = temporaryFolder();
const at = (...parts: string[]) => join(root, ...parts);

async function putPicture(...parts: string[]): Promise<Uint8Array> {
  const picture = { width: 4, height: 4, data: new Uint8ClampedArray(64).fill(200) };
  const png = await encodePng(picture, null);
  writeFile(at(...parts), png);
  return png;
}

describe.each(['restore', 'mask', 'simulate'])('%s', (command) => {
  const call = (input: string, out: string) => [command, '--input', input, '--out', out];

  it('writes nothing into the folder it reads, by whatever path', async () => {
    const png = await putPicture(command, 'photos', 'a.png');
    const photos = at(command, 'photos');
    symlinkSync(photos, at(command, 'link'));
    symlinkSync(at(command), at(command, 'up'));
    const ways = [photos, `${photos}/../photos/`, at(command, 'link'), at(command, 'up', 'photos')];
    for (const out of ways) {
      const sentence = await refusal(call(photos, out));
      expect(sentence).toContain('is read from, so nothing is written to it');
      expect(sentence).toContain('--out');
    }
    expect(await refusal(call(at(command, 'link'), photos))).toContain(`${photos} is read from`);
    expect(readdirSync(photos)).toEqual(['a.png']);
    expect(readFileSync(at(command, 'photos', 'a.png')).equals(png)).toBe(true);
  });

  it('reads every picture before it works on the first', async () => {
    await putPicture(command, 'damaged', 'a.png');
    writeFile(at(command, 'damaged', 'b.png'), 'no picture');
    const out = at(command, 'none');
    expect(await refusal(call(at(command, 'damaged'), out))).toContain('b.png');
    expect(readdirSync(at(command))).not.toContain('none');
  });
});

it.each([
  ['restore', '1 picture restored with', ['--method', 'auto-gamma']],
  ['simulate', '1 pair made from', []],
])('%s says one of one', async (command, words, options) => {
  await putPicture('one', 'a.png');
  const args = [command, '--input', at('one'), '--out', at('new', command), ...options];
  const { code, stderr } = await runHere(args);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(words);
});

describe('simulate', () => {
  it.each(['input', 'gt'])('does not take a folder %s below --out for its own', async (name) => {
    const png = await putPicture('pairs', name, 'a.png');
    const args = ['simulate', '--input', at('pairs', name), '--out', at('pairs')];
    expect(await refusal(args)).toContain(at('pairs', name));
    expect(readFileSync(at('pairs', name, 'a.png')).equals(png)).toBe(true);
  });

  it('leaves the masks alone, and reads them first too', async () => {
    await putPicture('lit', 'a.png');
    await putPicture('masks', 'input', 'a.png');
    const call = (out: string, mask: string) =>
      refusal(['simulate', '--input', at('lit'), '--out', out, '--mask', mask]);
    expect(await call(at('masks'), at('masks', 'input'))).toContain('is read from');
    await putPicture('lit', 'b.png');
    mkdirSync(at('bad'));
    writeFile(at('bad', 'b.png'), 'no mask');
    expect(await call(at('never'), at('bad'))).toContain('b.png');
    expect(readdirSync(root)).not.toContain('never');
  });
});
