import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectOnnx } from '../../src/models/onnx/inspect/inspectOnnx.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';
import type { ContractGuess } from '../../src/protocol/models.ts';
import { dropped, type ModelSpec, modelBytes } from '../helpers/onnxModel.ts';

const FOLDER = 'tests/fixtures/onnx/';

interface Expected {
  readonly file: string;
  readonly refused?: string;
  readonly parameters: number;
  readonly global?: boolean;
  readonly radius?: number;
  readonly contract: { readonly task: string };
  readonly macs: { readonly width: number; readonly height: number; readonly value: number };
}

const { models }: { models: Record<string, Expected> } = JSON.parse(
  readFileSync(`${FOLDER}expected.json`, 'utf8'),
);
const taken = Object.values(models).filter(
  ({ refused, contract }) => refused === undefined && contract.task === 'restoration',
);

async function open(path: string) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const data = `${path}.data`;
  const externalData = existsSync(data)
    ? [{ name: `${name}.data`, file: blobAccess(await openAsBlob(data)) }]
    : [];
  const found = await inspectOnnx({
    name,
    file: blobAccess(await openAsBlob(path)),
    externalData,
  });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const known = (guesses: readonly ContractGuess[], property: ContractGuess['property']) =>
  guesses.filter((guess) => guess.property === property).map((guess) => guess.known);

const near = (list: readonly number[]) => list.map((x) => expect.closeTo(x, 6));

describe('models made with PyTorch', () => {
  it.each(taken)('$file: parameters, multiply-accumulates and global operators', async (model) => {
    const { facts, figures, receptiveRadius } = await open(FOLDER + model.file);
    const { width, height, value } = model.macs;
    expect(facts.parameters).toBe(model.parameters);
    expect(figures(width, height)).toMatchObject({ macs: value, stoppedAt: null });
    expect(facts.macsComplete).toBe(true);
    if (model.radius !== undefined) expect(receptiveRadius).toBe(model.radius);
    if (!model.file.startsWith('lut')) {
      expect(facts.globalOperators.length > 0).toBe(model.global === true);
    }
  });

  it('Flash S is what its manifest says', async () => {
    const { contract, facts, figures, guesses } = await open('public/models/flash-s.onnx');
    const manifest = JSON.parse(readFileSync('public/models/manifest.json', 'utf8'));
    const [entry] = manifest.models;
    expect(facts.macs720p).toBe(entry.macs720p);
    expect(facts.parameters).toBe(entry.parameters);
    expect(contract.input).toMatchObject({
      name: 'input',
      sizeMultiple: entry.input.sizeMultiple,
      minSize: entry.input.minSize,
    });
    expect(contract.thumbnail).toEqual(entry.thumbnail);
    expect(contract.region).toEqual(entry.region);
    // Means over the cells of the light's grid: a tile has its part of them, which no graph tells.
    expect(facts.globalOperators).toEqual(['ReduceSum', 'MatMul']);
    expect([facts.missingOnWebGpu, facts.doubtfulOnWebGpu]).toEqual([[], []]);
    expect(known(guesses, 'sizeMultiple')).toEqual(['graph']);
    expect(figures(1300, 700)).toMatchObject({ width: 1312, height: 704 });
  });

  it('channels last and bytes', async () => {
    const { contract, guesses } = await open(`${FOLDER}nhwc.onnx`);
    const std = near([1 / 255, 1 / 255, 1 / 255]);
    expect(contract.input).toMatchObject({
      layout: 'NHWC',
      normalisation: { mean: [0, 0, 0], std },
    });
    expect(contract.output).toMatchObject({ layout: 'NHWC', normalisation: { std }, scale: 1 });
    expect(known(guesses, 'range')).toEqual(['graph', 'graph']);
  });

  it('[−1, 1] from the last operator, the input’s to be confirmed', async () => {
    const { contract, guesses, rangeCandidates } = await open(`${FOLDER}minus-one.onnx`);
    const half = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
    expect(contract.output).toMatchObject({ normalisation: half });
    expect(contract.input.normalisation).toEqual(half);
    expect(known(guesses, 'range')).toEqual(['guess', 'graph']);
    expect(rangeCandidates[0]).toEqual(half);
    expect(rangeCandidates).toHaveLength(4);
  });

  it('fp16, a mask of its own, a fourth channel, a scale of two at a fixed size', async () => {
    const half = await open(`${FOLDER}illumination-fp16.onnx`);
    expect(half.contract.input.element).toBe('float16');
    expect(half.facts.precision).toBe('float16');
    const second = await open(`${FOLDER}masked2.onnx`);
    expect(second.contract.mask).toMatchObject({ kind: 'tensor', name: 'mask' });
    expect(known(second.guesses, 'mask')).toEqual(['guess']);
    const fourth = await open(`${FOLDER}masked4.onnx`);
    expect(fourth.contract.mask).toEqual({ kind: 'channel' });
    const double = await open(`${FOLDER}upscale2.onnx`);
    expect(double.contract.output).toMatchObject({ kind: 'image', scale: 2 });
    expect(double.contract.input.fixedSize).toEqual([64, 64]);
    // 1280×720 in pieces of 64×64: 20 by 12, the last row not full.
    expect(double.facts.macs720p).toBe(240 * 21_430_272);
  });

  it('what the file says of itself is believed', async () => {
    const { contract, guesses, licence, title } = await open(`${FOLDER}mean-std.onnx`);
    expect(contract.input.normalisation.mean).toEqual([0.485, 0.456, 0.406]);
    expect(known(guesses, 'range')).toEqual(['metadata']);
    expect([title, licence]).toEqual(['mean-std', 'MIT']);
    expect((await open(`${FOLDER}six-channel.onnx`)).contract.input.copies).toBe(2);
    expect((await open(`${FOLDER}restormer.onnx`)).contract).toMatchObject({
      input: { sizeMultiple: 8 },
      tile: { whole: true },
    });
  });

  it('but sizes that the graph does not take are not', async () => {
    const half = { kernel_shape: [2, 2], strides: [2, 2] };
    const picture = { name: 'x', layout: 'NCHW', channels: 'RGB', range: [0, 255] };
    const stated = { version: 1, task: 'restoration', input: { ...picture, sizeMultiple: 6 } };
    const output = { ...picture, name: 'y', kind: 'image', scale: 1 };
    const open = (input: object) =>
      contractOf({
        nodes: [
          { op: 'MaxPool', in: ['x'], out: ['s'], with: half },
          { op: 'Resize', in: ['s', '', 'two'], out: ['u'] },
          { op: 'Add', in: ['u', 'x'], out: ['a'] },
          { ...filter, out: ['y'] },
        ],
        weights,
        floats: { two: [1, 1, 2, 2] },
        inputs: { x: FREE },
        outputs: { y: FREE },
        metadata: { loupe: JSON.stringify({ ...stated, input, output }) },
      });
    const six = await open(stated.input);
    expect(six.contract.input).toMatchObject({ sizeMultiple: 6, minSize: 6 });
    expect(known(six.guesses, 'sizeMultiple')).toEqual(['metadata']);
    expect(six.contract.tile.size % 6).toBe(0);
    const missing = await open(picture);
    expect(missing.contract.input.sizeMultiple).toBe(2);
    expect(known(missing.guesses, 'sizeMultiple')).toEqual(['graph']);
    const wrong = await open({ ...picture, layout: 'CHW' });
    expect(wrong.contract.input.normalisation.std).toEqual([1, 1, 1]);
    expect(wrong.warnings[0]).toMatch(/^What the file says of itself is not used: loupe\.input/);
  });

  it('a table, a grid, external data, 8-bit weights', async () => {
    expect((await open(`${FOLDER}lut.onnx`)).contract.output).toMatchObject({ kind: 'lut' });
    expect((await open(`${FOLDER}grid.onnx`)).contract.output).toMatchObject({ kind: 'grid' });
    const { externalFiles, bytes } = await open(`${FOLDER}external.onnx`);
    expect(externalFiles).toEqual([{ location: 'external.onnx.data', name: 'external.onnx.data' }]);
    expect(bytes).toBe(2519 + 22_092);
    const six = await open(`${FOLDER}six-channel.onnx`);
    expect(six.facts.doubtfulOnWebGpu).toEqual(['6 to 16 channels by 3×3']);
    expect(six.warnings.join()).toContain('computes wrongly on WebGPU');
    const { facts, warnings } = await open(`${FOLDER}quantised.onnx`);
    expect(facts.precision).toBe('int8 (QDQ)');
    expect(facts.missingOnWebGpu).toEqual(['QuantizeLinear']);
    expect(warnings[0]).toMatch(/WASM/);
  });
});

const filter = { op: 'Conv', in: ['a', 'w'], out: ['b'], with: { pads: [1, 1, 1, 1] } };
const weights = { w: [3, 3, 3, 3] };
const FREE = [1, 3, 'h', 'w'];

async function contractOf(spec: ModelSpec) {
  const found = await inspectOnnx(dropped(modelBytes(spec)));
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

describe('convolutions that WebGPU computes wrongly', () => {
  const doubts = async (shape: readonly number[], group?: number) => {
    const [, inputs = 0] = shape;
    const attributes = { pads: [1, 1, 1, 1], ...(group === undefined ? {} : { group }) };
    const kernel = shape[2] === 1 ? {} : attributes;
    const { facts, warnings } = await contractOf({
      nodes: [
        { op: 'Conv', in: ['x', 'into'], out: ['a'] },
        { op: 'Conv', in: ['a', 'w'], out: ['b'], with: kernel },
        { op: 'Conv', in: ['b', 'out'], out: ['y'] },
      ],
      weights: {
        into: [inputs * (group ?? 1), 3, 1, 1],
        w: shape,
        out: [3, shape[0] ?? 0, 1, 1],
      },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(warnings.length > 0).toBe((facts.doubtfulOnWebGpu ?? []).length > 0);
    return facts.doubtfulOnWebGpu;
  };

  it.each([
    [[16, 6, 3, 3], ['6 to 16 channels by 3×3']],
    [[8, 9, 3, 3], ['9 to 8 channels by 3×3']],
    [[4, 15, 3, 3], ['15 to 4 channels by 3×3']],
    [[16, 3, 3, 3], []],
    [[16, 12, 3, 3], []],
    [[16, 8, 3, 3], []],
    [[6, 6, 3, 3], []],
    [[16, 6, 1, 1], []],
  ])('of a filter %j', async (shape, words) => {
    expect(await doubts(shape)).toEqual(words);
  });

  it('not those in groups', async () => {
    expect(await doubts([12, 6, 3, 3], 2)).toEqual([]);
  });
});

describe('hints in a graph', () => {
  it('a normalisation that the network does itself', async () => {
    const nodes = [
      { op: 'Sub', in: ['x', 'mean'], out: ['m'] },
      { op: 'Div', in: ['m', 'std'], out: ['a'] },
      filter,
      { op: 'Sigmoid', in: ['b'], out: ['y'] },
    ];
    const { contract, guesses } = await contractOf({
      nodes,
      weights,
      floats: { mean: [0.5], std: [0.25] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(contract.input.normalisation.mean).toEqual([0, 0, 0]);
    expect(known(guesses, 'range')).toEqual(['graph', 'graph']);
  });

  it('a free channel axis, read from the first convolution behind a transposition', async () => {
    const nodes = [
      { op: 'Transpose', in: ['x'], out: ['a'], with: { perm: [0, 3, 1, 2] } },
      filter,
      { op: 'Transpose', in: ['b'], out: ['y'], with: { perm: [0, 2, 3, 1] } },
    ];
    const sides = ['n', 'h', 'w', 'c'];
    const { contract } = await contractOf({
      nodes,
      weights,
      inputs: { x: sides },
      outputs: { y: sides },
    });
    expect(contract.input.layout).toBe('NHWC');
    expect(contract.output).toMatchObject({ layout: 'NHWC', scale: 1 });
  });

  it('sides that must be multiples of 4, since a skip connection joins what was halved twice', async () => {
    const half = { kernel_shape: [2, 2], strides: [2, 2] };
    const nodes = [
      { op: 'MaxPool', in: ['x'], out: ['s'], with: half },
      { op: 'MaxPool', in: ['s'], out: ['t'], with: half },
      { op: 'Resize', in: ['t', '', 'four'], out: ['u'] },
      { op: 'Add', in: ['u', 'x'], out: ['a'] },
      { ...filter, out: ['y'] },
    ];
    const { contract, figures } = await contractOf({
      nodes,
      weights,
      floats: { four: [1, 1, 4, 4] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(contract.input.sizeMultiple).toBe(4);
    expect(figures(1279, 718)).toMatchObject({ width: 1280, height: 720 });
  });

  it('a receptive field by hand: windows, strides and what undoes them', async () => {
    const nodes = [
      { op: 'Conv', in: ['x', 'w'], out: ['a'], with: { pads: [1, 1, 1, 1] } },
      { op: 'MaxPool', in: ['a'], out: ['s'], with: { kernel_shape: [2, 2], strides: [2, 2] } },
      { op: 'Conv', in: ['s', 'w'], out: ['b'], with: { pads: [1, 1, 1, 1] } },
      { op: 'ConvTranspose', in: ['b', 'v'], out: ['y'], with: { strides: [2, 2] } },
    ];
    const { receptiveRadius, contract } = await contractOf({
      nodes,
      weights: { ...weights, v: [3, 3, 2, 2] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    // 1 at full size, 1 for the pool, 1 at half size, 1 for the two columns of the last window.
    expect(receptiveRadius).toBe(1 + 1 + 2 + 1);
    expect(contract.tile).toEqual({ size: 1024, overlap: 64, whole: false });
  });

  it('overlaps of twice the receptive radius, where that is more than usual', async () => {
    const nodes = [{ op: 'Conv', in: ['x', 'w'], out: ['y'], with: { pads: [40, 40, 40, 40] } }];
    const { contract } = await contractOf({
      nodes,
      weights: { w: [3, 3, 81, 81] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(contract.tile.overlap).toBe(80);
  });

  it.each<[string, readonly string[], string, string]>([
    ['the first of two that are alike', ['a', 'b'], 'a', 'b'],
    ['the one that is not called a mask', ['seg_map', 'photo'], 'photo', 'seg_map'],
    ['the first where both are', ['mask_in', 'mask'], 'mask_in', 'mask'],
  ])('the picture is %s; the other is offered the person mask', async (_, names, picture, mask) => {
    const [first = '', second = ''] = names;
    const nodes = [
      { op: 'Add', in: [first, second], out: ['a'] },
      { ...filter, out: ['y'] },
    ];
    const inputs = { [first]: FREE, [second]: FREE };
    const { contract, guesses } = await contractOf({
      nodes,
      weights,
      inputs,
      outputs: { y: FREE },
    });
    expect(contract.input.name).toBe(picture);
    const like = { layout: 'NCHW', element: 'float32', copies: 3 };
    expect(contract.mask).toEqual({ kind: 'tensor', name: mask, ...like });
    const guess = guesses.find(({ property }) => property === 'mask');
    expect(guess).toMatchObject({ known: 'guess' });
    expect(guess?.reason).toContain(`“${mask}” the person mask in each channel`);
  });

  it('of two fixed sizes the larger is the picture, the smaller its small copy', async () => {
    const nodes = [
      { op: 'GlobalAveragePool', in: ['s'], out: ['g'] },
      { op: 'Mul', in: ['x', 'g'], out: ['a'] },
      { ...filter, out: ['y'] },
    ];
    const inputs = { s: [1, 3, 64, 64], x: [1, 3, 256, 256] };
    const outputs = { y: [1, 3, 256, 256] };
    const { contract } = await contractOf({ nodes, weights, inputs, outputs });
    expect(contract.input).toMatchObject({ name: 'x', fixedSize: [256, 256] });
    expect(contract.thumbnail).toEqual({ name: 's', size: [64, 64] });
    expect(contract.mask).toBeNull();
  });

  it('what the file says of two that are alike is believed', async () => {
    const picture = { layout: 'NCHW', channels: 'RGB', range: [0, 1] };
    const stated = (more: object) =>
      contractOf({
        nodes: [
          { op: 'Add', in: ['a', 'b'], out: ['c'] },
          { ...filter, in: ['c', 'w'], out: ['y'] },
        ],
        weights,
        inputs: { a: FREE, b: FREE },
        outputs: { y: FREE },
        metadata: {
          loupe: JSON.stringify({
            ...{ version: 1, task: 'restoration', input: { ...picture, name: 'b' } },
            ...{ output: { ...picture, name: 'y', kind: 'image' }, ...more },
          }),
        },
      });
    for (const more of [{}, { mask: 'a' }]) {
      const { contract } = await stated(more);
      expect(contract.input.name).toBe('b');
      expect(contract.mask).toMatchObject({ kind: 'tensor', name: 'a', copies: 3 });
    }
  });

  it('the one size that a network takes whose sides are free by its word only', async () => {
    const nodes = [
      { ...filter, in: ['x', 'w'] },
      { op: 'Reshape', in: ['b', 'traced'], out: ['y'] },
    ];
    const { contract, guesses } = await contractOf({
      nodes,
      weights,
      integers: { traced: [1, 3, 256, 256] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(contract.input.fixedSize).toEqual([256, 256]);
    expect(known(guesses, 'sizeMultiple')).toEqual(['graph']);
  });

  it('a network that scales its input to a size of its own sees the whole picture', async () => {
    const nodes = [
      { op: 'Resize', in: ['x', '', '', 'small'], out: ['s'] },
      { op: 'GlobalAveragePool', in: ['s'], out: ['g'] },
      { op: 'Mul', in: ['x', 'g'], out: ['a'] },
      { ...filter, out: ['y'] },
    ];
    const { facts, contract } = await contractOf({
      nodes,
      weights,
      integers: { small: [1, 3, 64, 64] },
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(facts.globalOperators).toEqual(['Resize']);
    expect(contract.tile.whole).toBe(true);
  });

  it('what cannot be followed gives lower bounds and leaves the scale to a run', async () => {
    const nodes = [
      { ...filter, in: ['x', 'w'] },
      { op: 'NonMaxSuppression', in: ['b', 'b'], out: ['y'] },
    ];
    const { facts, guesses } = await contractOf({
      nodes,
      weights,
      inputs: { x: FREE },
      outputs: { y: FREE },
    });
    expect(facts).toMatchObject({ macsComplete: false, macs720p: 81 * 1280 * 720 });
    expect(facts.missingOnWebGpu).toEqual(['NonMaxSuppression']);
    expect(known(guesses, 'scale')).toEqual(['guess']);
  });
});
