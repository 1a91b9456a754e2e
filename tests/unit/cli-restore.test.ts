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
function echo(name: string, inputs: readonly OnnxPort[], outputs: readonly string[] = ['y']) {
  const shape = inputs[0]?.shape ?? ANY;
  const nodes = outputs.map((output) => ({
    operator: 'Identity',
    inputs: [inputs[0]?.name ?? ''],
    outputs: [output],
  }));
  const ports = outputs.map((output) => ({ name: output, shape }));
  const graph = { name, nodes, constants: [], inputs, outputs: ports, metadata: {} };
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

describe('restore refuses', () => {
  const pictures: readonly OnnxPort[] = [
    { name: 'a', shape: ANY },
    { name: 'b', shape: ANY },
  ];

  it.each([
    ['grey.onnx', [{ name: 'x', shape: [1, 1, 'h', 'w'] }], ['y'], 'x is float32 [1, 1, h, w]'],
    ['wide.onnx', [{ name: 'x', shape: [1, 3, 32, 64] }], ['y'], 'not a square'],
    ['pair.onnx', pictures, ['y'], 'none of its two inputs is a thumbnail'],
    ['three.onnx', [...pictures, { name: 'c', shape: ANY }], ['y'], 'it has 3 inputs'],
    ['two.onnx', [{ name: 'x', shape: ANY }], ['y', 'z'], 'it has 2 outputs'],
  ] as const)('a network of another kind: %s', async (name, inputs, outputs, complaint) => {
    const sentence = await refusal(restore('no', '--model', echo(name, inputs, outputs)));
    expect(sentence).toContain(complaint);
    expect(existsSync(out('no'))).toBe(false);
  });

  it('models that are none', async () => {
    const file = writeFile(out('text.onnx'), 'not a network');
    expect(await refusal(restore('no', '--model', file))).toContain('not a network');
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
