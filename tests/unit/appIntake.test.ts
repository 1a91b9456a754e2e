import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { encodeSamples } from '../../src/codecs/png/encode.ts';
import {
  bright,
  currentCase,
  dark,
  mask,
  namesOf,
  noticesOf,
  type TestBench,
  testBench,
} from '../helpers/app.ts';

let app: App;
let bench: TestBench;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
  app = await bench.open();
});

const add = async (...files: File[]): Promise<void> => {
  await app.commands.addFiles(files);
  await app.idle();
};
const titles = (): string[] => app.state.cases.map(({ title }) => title);
const guesses = () => Object.fromEntries(app.state.unclear.map(({ name, guess }) => [name, guess]));
const choose = async (name: string, role: 'input' | 'output' | 'gt' | 'mask' | null) => {
  const file = app.state.unclear.find((entry) => entry.name === name);
  if (file === undefined) throw new Error(`${name} is not in the chooser.`);
  await app.commands.chooseRole(file.id, role);
  await app.idle();
};

test('a cut-out portrait says that its transparency is ignored, after a reload too', async () => {
  const data = Uint8Array.of(10, 255, 20, 0, 30, 255, 40, 255);
  const png = await encodeSamples({ width: 4, height: 1, channels: 2, data }, null);
  await add(new File([png], 'cut-out.png', { type: 'image/png' }));
  expect(currentCase(app).input).toMatchObject({ name: 'cut-out.png', transparent: true });
  expect(currentCase(app).output?.picture.transparent).toBeUndefined();
  const reloaded = await testBench().open();
  await reloaded.idle();
  expect(currentCase(reloaded).input?.transparent).toBe(true);
});

describe('roles', () => {
  test('a lone picture on an empty page is an input, and so is another scene after it', async () => {
    await add(await dark('selfie.png'));
    expect(app.state.unclear).toEqual([]);
    expect(namesOf(currentCase(app))).toMatchObject({
      input: 'selfie.png',
      output: 'selfie_restored.png',
    });
    await add(await dark('another.png', 5));
    expect(app.state.unclear).toEqual([]);
    expect(titles()).toEqual(['selfie', 'another']);
    expect(currentCase(app).title).toBe('another');
  });

  test('a lone picture is decoded once, as what it is or as what is there already', async () => {
    const times = () => bench.decoded.filter((name) => name === 'selfie.png').length;
    await add(await dark('selfie.png'));
    expect([titles(), times()]).toEqual([['selfie'], 1]);
    await add(await dark('selfie.png'));
    expect([titles(), times()]).toEqual([['selfie'], 2]);
    expect(currentCase(app).input?.bitmap).toMatchObject({ closed: false });
  });

  test('what the camera takes is a new input, though it shows the scene of the one before', async () => {
    for (const name of ['camera-1.png', 'camera-2.png', 'camera-2.png']) {
      await app.commands.addPhoto(await bright(name));
    }
    await app.idle();
    expect(app.state.unclear).toEqual([]);
    expect(titles()).toEqual(['camera-1', 'camera-2', 'camera-2']);
    expect(currentCase(app).id).toBe(app.state.cases[2]?.id);
  });

  test('nothing is being read any more where a photo could not be taken in', async () => {
    const file = await dark('camera.png');
    Object.defineProperty(file, 'size', {
      get: () => {
        throw new Error('It cannot be read.');
      },
    });
    await app.commands.addPhoto(file);
    expect([app.state.job, titles()]).toEqual([null, []]);
  });

  test('a file with a role goes to the case that was on screen when it was picked', async () => {
    await add(await dark('001_input.png'));
    const before = currentCase(app).id;
    const opening = app.commands.addFiles([await dark('002_input.png', 2)]);
    const adding = app.commands.addFiles([await bright('lamp.png')], 'gt');
    await Promise.all([opening, adding]);
    await app.idle();
    const gts = app.state.cases.map(({ id, gt }) => [id === before, gt?.name ?? null]);
    expect(gts).toEqual([
      [true, 'lamp.png'],
      [false, null],
    ]);
  });

  test('a lone picture of the same scene, or a black and white one, is asked about', async () => {
    await add(await dark('photo.png'));
    await add(await bright('lamp.png'));
    await add(await mask('shape.png'));
    expect(guesses()).toEqual({ 'lamp.png': 'gt', 'shape.png': 'mask' });
    await choose('lamp.png', 'gt');
    await choose('shape.png', 'mask');
    expect(app.state.unclear).toEqual([]);
    expect(namesOf(currentCase(app))).toMatchObject({ gt: 'lamp.png', mask: 'shape.png' });
    expect(currentCase(app).metrics.status).toBe('done');
  });

  test('several unclear files are asked about; in whatever order they are answered they meet', async () => {
    await add(await bright('b.png'), await dark('a.png'), await mask('c.png'));
    expect(guesses()).toEqual({ 'b.png': 'gt', 'a.png': 'input', 'c.png': 'mask' });
    expect(app.state.unclear[0]).toMatchObject({ width: 12, height: 16 });
    expect(app.state.unclear[0]?.previewUrl).toMatch(/^blob:/);
    await choose('c.png', 'mask');
    await choose('b.png', 'gt');
    await choose('a.png', 'input');
    expect(titles()).toEqual(['a']);
    expect(namesOf(currentCase(app))).toEqual({
      input: 'a.png',
      output: 'a_restored.png',
      gt: 'b.png',
      mask: 'c.png',
    });
  });

  test('a file that is left out in the chooser changes nothing', async () => {
    await add(await dark('a.png'), await bright('b.png'));
    await choose('a.png', null);
    expect(app.state.cases).toEqual([]);
    expect(guesses()).toEqual({ 'b.png': 'gt' });
  });

  test('the one file without a role beside its ground truth and mask is the input', async () => {
    await add(await mask('001_mask.png'), await dark('001.png'), await bright('001_gt.png'));
    expect(app.state.unclear).toEqual([]);
    expect(namesOf(currentCase(app))).toMatchObject({ input: '001.png', gt: '001_gt.png' });
  });

  test('beside a named mask the same scene is asked about, another scene takes the mask along', async () => {
    await add(await dark('first.png'));
    await add(await bright('lamp.png'), await mask('mask.png'));
    expect(guesses()).toEqual({ 'lamp.png': 'gt' });
    expect(titles()).toEqual(['first']);
    expect(currentCase(app).mask?.name).toBe('mask.png');
    await choose('lamp.png', 'gt');
    await add(await dark('second.png', 5), await mask('somebody_mask.png'));
    expect(titles()).toEqual(['first', 'second']);
    expect(namesOf(currentCase(app))).toMatchObject({
      input: 'second.png',
      mask: 'somebody_mask.png',
    });
  });

  test('a file that is added as a role is that for the case on screen, whatever its name', async () => {
    await add(await dark('001_input.png'));
    await app.commands.addFiles([await bright('somebody_input.png')], 'gt');
    await app.idle();
    expect(titles()).toEqual(['001']);
    expect(currentCase(app).gt?.name).toBe('somebody_input.png');
    expect(currentCase(app).metrics.status).toBe('done');
  });

  test('a lone unclear file that is already here is quietly the same', async () => {
    await add(await dark('photo.png'));
    await add(await dark('photo.png'));
    await add(await dark('copy of photo.png'));
    expect(app.state.unclear).toEqual([]);
    expect(titles()).toEqual(['photo']);
    expect(app.state.notices).toEqual([]);
  });

  test('a mask of another region is that region’s, never the person’s', async () => {
    await add(await dark('001_input.png'), await mask('001_hairmask.png'));
    expect(app.state.notices).toEqual([]);
    expect(currentCase(app)).toMatchObject({
      mask: null,
      regionMasks: { hair: { name: '001_hairmask.png' } },
    });
  });
});

test('which file is being read is shown, and no longer than it takes', async () => {
  const files = [await dark('001_input.png'), await bright('001_gt.png')];
  const seen: string[] = [];
  for (const file of files) {
    const read = file.arrayBuffer.bind(file);
    file.arrayBuffer = () => {
      seen.push(`${app.state.job?.label}, ${app.state.job?.detail}`);
      return read();
    };
  }
  await add(...files);
  expect(seen.slice(0, 2)).toEqual([
    'Reading 001_input.png, file 1 of 2',
    'Reading 001_gt.png, file 2 of 2',
  ]);
  expect(app.state.job).toBeNull();
});

describe('cases', () => {
  test('later files go to the case with their stem, others to the case on screen', async () => {
    await add(await dark('001_input.png'), await dark('002_input.png', 2));
    await add(await bright('002_gt.png', 2));
    expect(app.state.cases[1]?.gt?.name).toBe('002_gt.png');
    const first = app.state.cases[0];
    if (first === undefined) throw new Error('case 001 is missing');
    await app.commands.selectCase(first.id);
    await add(await mask('somebody_mask.png'));
    expect(app.state.cases[0]?.mask?.name).toBe('somebody_mask.png');
    expect(currentCase(app).title).toBe('001');
  });

  test('ground truths that come first wait for their inputs', async () => {
    await add(await bright('001_gt.png'), await bright('002_gt.png', 2));
    expect(titles()).toEqual(['001', '002']);
    expect(noticesOf(app, 'info')[0]).toMatch(/001_gt\.png” waits for its input/);
    await add(await dark('002_input.png', 2), await dark('001_input.png'));
    expect(titles()).toEqual(['001', '002']);
    expect(app.state.cases.map(({ metrics }) => metrics.status)).toEqual(['done', 'done']);
  });

  test('a dropped output takes the place of the restored one; restoring brings that back', async () => {
    await add(await dark('001_input.png'), await bright('001_gt.png'));
    const restored = currentCase(app).output?.picture.sha256;
    await add(await bright('001_output.png'));
    expect(currentCase(app).output).toMatchObject({
      picture: { name: '001_output.png' },
      origin: { kind: 'dropped' },
    });
    expect(currentCase(app).metrics).toMatchObject({ values: { psnr: { global: 100 } } });
    await app.commands.restore();
    await app.idle();
    expect(currentCase(app).output).toMatchObject({
      picture: { sha256: restored },
      origin: { kind: 'restored', fromCache: true },
    });
  });

  test('an output that comes with its input is measured and not overwritten', async () => {
    await add(
      await dark('001_input.png'),
      await bright('001_output.png'),
      await bright('001_gt.png'),
    );
    expect(currentCase(app).output?.origin).toEqual({ kind: 'dropped' });
    expect(currentCase(app).metrics.status).toBe('done');
    await add(await bright('001_result.png', 2));
    expect(noticesOf(app, 'info')[0]).toMatch(/001_result\.png.*instead of.*001_output\.png/);
  });

  test('removing the input takes the restored output along, not a dropped one', async () => {
    await add(await dark('001_input.png'), await bright('001_gt.png'));
    await app.commands.removePicture(currentCase(app).id, 'input');
    expect(namesOf(currentCase(app))).toMatchObject({ input: null, output: null });
    await app.commands.removePicture(currentCase(app).id, 'gt');
    expect(app.state.cases).toEqual([]);
  });

  test('a name that is nothing but a role still has a title and a download name', async () => {
    await add(await dark('input.png'), await bright('gt.png'));
    expect(titles()).toEqual(['input']);
    expect(currentCase(app).gt?.name).toBe('gt.png');
    expect((await app.commands.outputFile())?.name).toBe('input_restored.png');
  });
});

describe('bad input', () => {
  test('what is no picture is named, and the rest of the drop goes on', async () => {
    const png = new Uint8Array(await (await dark('x.png')).arrayBuffer());
    await add(
      new File(['hello'], 'notes_gt.txt'),
      new File([], 'empty_mask.png'),
      new File([png.slice(0, png.length - 30)], 'cut_gt.png'),
      await dark('001_input.png'),
    );
    const errors = noticesOf(app, 'error');
    expect(errors).toHaveLength(3);
    for (const name of ['notes_gt.txt', 'empty_mask.png', 'cut_gt.png']) {
      expect(errors.filter((text) => text.includes(name))).toHaveLength(1);
    }
    expect(currentCase(app).output).not.toBeNull();
  });

  test.each(['001_gt.png', '001_output.png'])(
    '%s of another size is refused with both names and sizes; what was there stays',
    async (name) => {
      await add(await dark('001_input.png'));
      const before = currentCase(app);
      await add(await bright(name, 1, [10, 16]));
      const [error] = noticesOf(app, 'error');
      for (const part of [name, '10×16', '001_input.png', '12×16']) expect(error).toContain(part);
      expect(namesOf(currentCase(app))).toEqual(namesOf(before));
    },
  );

  test('a mask of another size but the same shape is scaled, one of another shape refused', async () => {
    await add(await dark('001_input.png'), await bright('001_gt.png'));
    await add(await mask('001_mask.png', [16, 12]));
    expect(noticesOf(app, 'error')[0]).toMatch(/001_mask\.png.*16×12.*001_input\.png.*12×16/);
    expect(currentCase(app).mask).toBeNull();
    await add(await mask('001_mask.png', [24, 33]));
    expect(noticesOf(app, 'info')[0]).toMatch(/001_mask\.png.*24×33.*nearest neighbour/);
    expect(currentCase(app).mask?.width).toBe(24);
    const { metrics } = currentCase(app);
    expect(metrics.status === 'done' && metrics.values.psnr?.person).toBeGreaterThan(0);
  });

  test.each([
    ['mask', 'mask', mask],
    ['gt', 'ground truth', bright],
  ] as const)('a second %s replaces nothing and names both', async (token, word, make) => {
    await add(await dark('001_input.png'), await make(`001_${token}.png`));
    const other =
      token === 'mask'
        ? await mask('001_mask (2).png', [12, 16], 6)
        : await bright('001_gt (2).png', 4);
    await add(other);
    expect(noticesOf(app, 'error')[0]).toMatch(
      new RegExp(`001_${token} \\(2\\)\\.png.*${word} .*001_${token}\\.png.*Remove that one first`),
    );
    expect(currentCase(app)[token]?.name).toBe(`001_${token}.png`);
  });

  test('an input of another size than its waiting ground truth is refused', async () => {
    await add(await bright('001_gt.png'));
    await add(await dark('001_input.png', 1, [8, 8]));
    expect(noticesOf(app, 'error')[0]).toMatch(/001_input\.png.*8×8.*001_gt\.png.*12×16/);
    expect(namesOf(currentCase(app))).toMatchObject({ input: null, gt: '001_gt.png' });
  });
});

describe('files that come while the page is still opening what is stored', () => {
  /** As long as it takes IndexedDB to answer so many times. */
  const turns = async (count: number) => {
    for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  test.each([0, 1, 4, 12, 32])(
    'are all there and on screen, %i turns after it began',
    async (count) => {
      const bench = testBench();
      const early = bench.start();
      await turns(count);
      await early.commands.addFiles([await bright('001_gt.png')]);
      await early.idle();
      expect(currentCase(early)).toMatchObject({ title: '001', input: null });
      expect(currentCase(early).gt?.bitmap).not.toBeNull();
      await early.close();

      const again = bench.start();
      await turns(count);
      const added = again.commands.addFiles([await dark('001_input.png')]);
      const more = again.commands.addFiles([
        await dark('002_input.png', 5),
        await bright('002_gt.png', 5),
      ]);
      await Promise.all([added, more, again.opened]);
      await again.idle();
      expect(again.state.cases.map(({ title }) => title)).toEqual(['001', '002']);
      expect(currentCase(again)).toMatchObject({ title: '002', metrics: { status: 'done' } });
      expect(currentCase(again).gt?.bitmap).not.toBeNull();
      await again.commands.selectCase(again.state.cases[0]?.id ?? '');
      await again.idle();
      const first = currentCase(again);
      expect([first.input?.bitmap, first.gt?.bitmap]).not.toContain(null);
      expect(first.metrics.status).toBe('done');
      expect(noticesOf(again, 'error')).toEqual([]);
      await again.close();
    },
  );
});
