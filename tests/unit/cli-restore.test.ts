import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/codecs/png/encode.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { type OnnxPort, writeOnnx } from '../../src/models/onnx/model.ts';
import { GOLDEN, runCli, temporaryFolder, writeFile } from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

const root = temporaryFolder();
const input = join(root, 'input');
mkdirSync(input);
for (const name of ['003.png', '013.jpg', '019.bmp']) {
  copyFileSync(join(GOLDEN, 'gt', name), join(input, name));
}
const out = (name: string) => join(root, name);

const ANY = [1, 3, 'height', 'width'] as const;

/** A network that gives its first input back, however many it takes. */
function echo(name: string, inputs: readonly OnnxPort[]) {
  const outputs = [{ name: 'y', shape: inputs[0]?.shape ?? ANY }];
  const nodes = [{ operator: 'Identity', inputs: [inputs[0]?.name ?? ''], outputs: ['y'] }];
  const graph = { name, nodes, constants: [], inputs, outputs, metadata: {} };
  return writeFile(out(name), writeOnnx(graph));
}

async function pixelsOf(file: string): Promise<Rgba8> {
  return (await decodeInNode(new Uint8Array(readFileSync(file)), file)).pixels;
}

const restore = (name: string, ...options: string[]) => [
  ...['restore', '--input', input, '--out', out(name)],
  ...options,
];

describe('restore', () => {
  it('runs the default model over every picture', async () => {
    const { code, stdout, stderr } = await runCli(restore('default'));
    expect([code, stdout], stderr).toEqual([0, '']);
    expect(stderr).toContain('3 pictures restored with');
    expect(readdirSync(out('default')).toSorted()).toEqual(['003.png', '013.png', '019.png']);
    for (const name of ['003.png', '013.jpg', '019.bmp']) {
      const [before, after] = [
        await pixelsOf(join(input, name)),
        await pixelsOf(out(`default/${name.slice(0, 3)}.png`)),
      ];
      expect([after.width, after.height]).toEqual([before.width, before.height]);
      expect(after.data).not.toEqual(before.data);
    }
  });

  it('takes the shipped file as the model it is', async () => {
    const file = 'public/models/flash-s.onnx';
    expect((await runHere(restore('file', '--model', file))).code).toBe(0);
    const bytes = (folder: string) => readFileSync(out(`${folder}/003.png`));
    expect(bytes('file').equals(bytes('default'))).toBe(true);
  });

  it.each([
    ['any-size.onnx', [{ name: 'picture', shape: ANY }]],
    ['fixed-size.onnx', [{ name: 'x', shape: [1, 3, 32, 32] }]],
    ['wide.onnx', [{ name: 'x', shape: [1, 3, 32, 64] }]],
    [
      'thumbnail.onnx',
      [
        { name: 'x', shape: ANY },
        { name: 'small', shape: [1, 3, 8, 12] },
      ],
    ],
  ] as const)('runs a network from outside: %s', async (name, inputs) => {
    const args = restore(`${name}-out`, '--model', echo(name, inputs));
    const { code, stderr } = await runHere(args);
    expect(code, stderr).toBe(0);
    for (const file of ['003.png', '013.jpg', '019.bmp']) {
      const before = await pixelsOf(join(input, file));
      expect(await pixelsOf(out(`${name}-out/${file.slice(0, 3)}.png`))).toEqual(before);
    }
  });
});

describe('restore without a network', () => {
  it.each(['auto-gamma', 'clahe'])('brightens by %s', async (method) => {
    const { code, stderr } = await runHere(restore(method, '--method', method));
    expect(code, stderr).toBe(0);
    const mean = ({ data }: Rgba8) => data.reduce((sum, value) => sum + value, 0) / data.length;
    const before = await pixelsOf(join(input, '003.png'));
    const after = await pixelsOf(out(`${method}/003.png`));
    expect(after.width).toBe(before.width);
    expect(mean(after)).not.toBe(mean(before));
  });

  it('applies a 3-D table', async () => {
    const colours = Array.from({ length: 8 }, (_, i) => `${1 - (i & 1)} ${(i >> 1) & 1} ${i >> 2}`);
    const file = writeFile(out('red.cube'), `LUT_3D_SIZE 2\n${colours.join('\n')}\n`);
    const { code, stderr } = await runHere(restore('table', '--method', file));
    expect(code, stderr).toBe(0);
    const before = await pixelsOf(join(input, '003.png'));
    const after = await pixelsOf(out('table/003.png'));
    // The table turns red around and leaves green and blue.
    const wanted = before.data.map((value, i) => (i % 4 === 0 ? 255 - value : value));
    expect(after.data).toEqual(wanted);
  });

  it('refuses what is no method, and a damaged table', async () => {
    expect(await refusal(restore('no', '--method', 'magic'))).toContain('choose one of auto-gamma');
    const file = writeFile(out('bad.cube'), 'LUT_3D_SIZE 2\n0 0 zero\n');
    expect(await refusal(restore('no', '--method', file))).toContain('Line 2');
    expect(await refusal(restore('no', '--method', 'clahe', '--model', 'flash-s'))).toContain(
      'exclude each other',
    );
    expect(existsSync(out('no'))).toBe(false);
  });
});

describe('restore runs what was exported elsewhere', () => {
  const fixture = (name: string) => join(import.meta.dirname, '../fixtures/onnx', `${name}.onnx`);

  it.each([
    ['upscale2', 2],
    ['external', 1],
    ['nhwc', 1],
    ['masked4', 1],
    ['grid', 1],
  ])('%s', async (name, scale) => {
    const { code, stderr } = await runHere(restore(name, '--model', fixture(name)));
    expect(code, stderr).toBe(0);
    const before = await pixelsOf(join(input, '003.png'));
    const after = await pixelsOf(out(`${name}/003.png`));
    expect([after.width, after.height]).toEqual([before.width * scale, before.height * scale]);
    expect(stderr.includes('person mask')).toBe(name === 'masked4');
  });

  it('by the contract that is given, and refuses one that makes no sense', async () => {
    const tensor = { layout: 'NCHW', channels: 'BGR', range: [0, 1] };
    const contract = JSON.stringify({ input: tensor, output: tensor });
    const run = (folder: string, ...rest: string[]) =>
      runHere(restore(folder, '--model', fixture('curve'), ...rest));
    expect((await run('bgr', '--contract', contract)).code).toBe(0);
    expect((await run('rgb')).code).toBe(0);
    const [bgr, rgb] = [await pixelsOf(out('bgr/003.png')), await pixelsOf(out('rgb/003.png'))];
    expect(bgr.data).not.toEqual(rgb.data);
    const bad = restore('no', '--model', fixture('curve'), '--contract', '{"input": {}}');
    expect(await refusal(bad)).toContain('docs/export.md');
    expect(await refusal(restore('no', '--contract', contract))).toContain('needs --model');
  });
});

describe('restore refuses', () => {
  const pictures: readonly OnnxPort[] = [
    { name: 'a', shape: ANY },
    { name: 'b', shape: ANY },
    { name: 'c', shape: ANY },
  ];

  it.each([
    ['grey.onnx', [{ name: 'x', shape: [1, 1, 'h', 'w'] }], 'pictures of one channel'],
    ['three.onnx', pictures, 'several pictures'],
  ] as const)('a network of another kind: %s', async (name, inputs, complaint) => {
    const sentence = await refusal(restore('no', '--model', echo(name, inputs)));
    expect(sentence).toContain(complaint);
    expect(existsSync(out('no'))).toBe(false);
  });

  it('models that are none', async () => {
    const file = writeFile(out('text.onnx'), 'not a network');
    expect(await refusal(restore('no', '--model', file))).toContain('not an ONNX model');
    expect(await refusal(restore('no', '--model', 'flash-xxl'))).toContain('choose one of flash-s');
    expect(await refusal(restore('no', '--model', out('none.onnx')))).toContain('does not exist');
    expect(existsSync(out('no'))).toBe(false);
  });

  it('a network that gives no numbers', async () => {
    const inputs: readonly OnnxPort[] = [{ name: 'x', shape: ANY }];
    const nodes = [
      { operator: 'Sub', inputs: ['x', 'x'], outputs: ['zero'] },
      { operator: 'Div', inputs: ['zero', 'zero'], outputs: ['y'] },
    ];
    const outputs: readonly OnnxPort[] = [{ name: 'y', shape: ANY }];
    const graph = { name: 'nan', nodes, constants: [], inputs, outputs, metadata: {} };
    const file = writeFile(out('nan.onnx'), writeOnnx(graph));
    expect(await refusal(restore('no', '--model', file))).toContain('it gives no numbers');
    expect(existsSync(out('no'))).toBe(false);
  });

  it('two inputs for one output, an empty folder and a damaged picture', async () => {
    const put = async (folder: string, name: string) => {
      const picture = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
      writeFile(join(out(folder), name), await encodePng(picture, null));
    };
    const args = (folder: string) => ['restore', '--input', out(folder), '--out', out('no')];
    await put('twins', 'a.png');
    await put('twins', 'a.jpg');
    expect(await refusal(args('twins'))).toContain('a.jpg and a.png would both');
    writeFile(out('empty/readme.txt'), 'text');
    expect(await refusal(args('empty'))).toContain('There is no PNG, JPEG or BMP picture');
    await put('damaged', 'a.png');
    writeFile(out('damaged/b.png'), '');
    expect(await refusal(args('damaged'))).toContain('is empty');
    expect(existsSync(out('no'))).toBe(false);
  });
});
