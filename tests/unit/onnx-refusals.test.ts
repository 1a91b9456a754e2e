import { openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OnnxFiles } from '../../src/models/onnx/inspect/inspection.ts';
import { inspectOnnx } from '../../src/models/onnx/inspect/inspectOnnx.ts';
import { integerField, messageField, textField } from '../../src/models/onnx/protobuf.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';
import {
  dropped,
  graphBytes,
  type ModelSpec,
  modelBytes,
  nodeFields,
} from '../helpers/onnxModel.ts';

const FOLDER = 'tests/fixtures/onnx/';

async function refusal(files: OnnxFiles) {
  const found = await inspectOnnx(files);
  if (found.ok) throw new Error(`${files.name} was taken`);
  return found.error;
}

const fixture = async (name: string): Promise<OnnxFiles> => ({
  name,
  file: blobAccess(await openAsBlob(FOLDER + name)),
  externalData: [],
});

const text = (start: string) => dropped(new TextEncoder().encode(start), 'face.onnx');

const FREE = [1, 3, 'h', 'w'];
const conv = { op: 'Conv', in: ['x', 'w'], out: ['y'], with: { pads: [1, 1, 1, 1] } };
const PLAIN: ModelSpec = {
  nodes: [conv],
  weights: { w: [3, 3, 3, 3] },
  inputs: { x: FREE },
  outputs: { y: FREE },
};

const model = (change: Partial<ModelSpec>) =>
  dropped(modelBytes({ ...PLAIN, ...change }), 'm.onnx');

describe('files that are no model', () => {
  it.each([
    [
      'random bytes',
      dropped(
        Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 251),
        'face.onnx',
      ),
      /^face\.onnx is not an ONNX model/,
    ],
    ['nothing', dropped(new Uint8Array(), 'face.onnx'), /^face\.onnx is empty/],
    [
      'a Git LFS pointer',
      text('version https://git-lfs.github.com/spec/v1\noid'),
      /pointer of Git LFS/,
    ],
    ['a web page', text('<!DOCTYPE html><html>'), /a web page/],
    ['a zip archive', text('PK\u0003\u0004 and more of it'), /PyTorch checkpoint/],
  ])('%s', async (_, files, sentence) => {
    expect((await refusal(files)).message).toMatch(sentence);
  });

  it('a model that is cut short', async () => {
    const bytes = new Uint8Array(readFileSync(`${FOLDER}curve.onnx`));
    const { kind, message } = await refusal(dropped(bytes.slice(0, 20_000), 'curve.onnx'));
    expect(kind).toBe('model-load');
    expect(message).toMatch(/^curve\.onnx is cut short.*again\.$/);
  });

  it('more than two gigabytes, without reading them', async () => {
    const read = () => Promise.reject(new Error('was read'));
    const files = { name: 'big.onnx', file: { size: 3 * 2 ** 30, read }, externalData: [] };
    expect(await refusal(files)).toEqual({
      kind: 'too-large',
      message:
        'big.onnx is 3.0 GiB large; a browser runs models up to 2 GiB. Export it as fp16 or quantise it.',
    });
  });
});

describe('models that restore no pictures', () => {
  it.each([
    ['classifier.onnx', /gives numbers, not a picture .*classifier or a metric/],
    ['dynamic-rank.onnx', /does not state how many axes its input “input” has/],
    ['unknown-op.onnx', /uses “example\.org\.Relight”, which ONNX Runtime does not have/],
    ['external.onnx', /keeps weights in external\.onnx\.data, which was not dropped with it/],
    ['metric-pair.onnx', /gives numbers, not a picture/],
  ])('%s', async (name, sentence) => {
    const { kind, message } = await refusal(await fixture(name));
    expect(kind).toBe(name === 'external.onnx' ? 'missing-file' : 'model-load');
    expect(message).toMatch(sentence);
    expect(message.startsWith(name)).toBe(true);
    expect(message.endsWith('.')).toBe(true);
  });

  it.each<[string, Partial<ModelSpec>, RegExp]>([
    ['no outputs', { outputs: {} }, /has no outputs/],
    ['no inputs', { inputs: {} }, /has no inputs/],
    ['no operators', { nodes: [] }, /has no operators/],
    ['tokens in', { inputs: { x: [1, 77] } }, /takes no picture: its input is “x” \[1, 77\]/],
    [
      'grey pictures',
      { inputs: { x: [1, 1, 'h', 'w'] }, weights: { w: [3, 1, 3, 3] } },
      /pictures of one channel/,
    ],
    [
      'three pictures',
      { inputs: { x: FREE, y: FREE, z: FREE } },
      /takes several pictures \(“x” and “y” and “z”\)/,
    ],
    [
      'two pictures and a mask',
      { inputs: { x: FREE, z: FREE, mask: [1, 1, 'h', 'w'] } },
      /takes two pictures \(“x” and “z”\)/,
    ],
    ['two of different kinds', { inputs: { x: FREE, z: [1, 4, 'h', 'w'] } }, /takes two pictures/],
    [
      'a strength',
      { inputs: { x: FREE, sigma: [1] } },
      /also takes “sigma” \[1\], which Loupe cannot fill/,
    ],
    ['a batch', { inputs: { x: [8, 3, 'h', 'w'] } }, /takes 8 pictures at once/],
    [
      'a mask out',
      { weights: { w: [1, 3, 3, 3] }, outputs: { y: [1, 1, 'h', 'w'] } },
      /gives no picture of 3 channels/,
    ],
    ['float64', { element: 11 }, /“x” as float64/],
    ['an operator of no standard', { nodes: [{ ...conv, op: 'Convolve' }] }, /uses “Convolve”/],
  ])('%s', async (_, change, sentence) => {
    expect((await refusal(model(change))).message).toMatch(sentence);
  });

  it('a training graph', async () => {
    const more = [messageField(20, [messageField(1, [])])];
    expect((await refusal(model({ more }))).message).toMatch(/is a training graph/);
  });

  it('a metric by its own word', async () => {
    const metadata = { loupe: JSON.stringify({ version: 1, task: 'metric' }) };
    expect((await refusal(model({ metadata }))).message).toMatch(/says that it is a metric/);
  });
});

describe('models that ask for too much', () => {
  it('more nodes than any network for pictures', async () => {
    const nodes = Array.from({ length: 20_001 }, (_, i) => ({
      op: 'Relu',
      in: [i === 0 ? 'x' : `r${i - 1}`],
      out: [`r${i}`],
    }));
    expect((await refusal(model({ nodes }))).message).toMatch(/more than 20,000 nodes/);
  });

  it('branches within branches', async () => {
    let inner = graphBytes({ nodes: [] });
    for (let depth = 0; depth < 6; depth++) {
      inner = graphBytes({
        nodes: [{ op: 'If', in: ['c'], out: ['o'], with: { then_branch: inner } }],
      });
    }
    const nodes = [conv, { op: 'If', in: ['c'], out: ['z'], with: { then_branch: inner } }];
    expect((await refusal(model({ nodes }))).message).toMatch(/levels deep/);
  });

  it('a function that calls itself stops, and the figures are lower bounds', async () => {
    const call = { op: 'Again', domain: 'own', in: ['a'], out: ['b'] };
    const body = messageField(25, [
      textField(1, 'Again'),
      textField(4, 'a'),
      textField(5, 'b'),
      messageField(7, nodeFields(call)),
      messageField(7, nodeFields({ ...call, out: ['c'] })),
      textField(10, 'own'),
    ]);
    const nodes = [conv, { op: 'Again', domain: 'own', in: ['y'], out: ['z'] }];
    const found = await inspectOnnx(model({ nodes, more: [body], domains: ['own'] }));
    expect(found).toMatchObject({ ok: true, value: { facts: { macsComplete: false } } });
  });

  it('a weight that claims more than it has', async () => {
    const bytes = modelBytes(PLAIN);
    // The first side of the weight, in its list of sides [3, 3, 3, 3], becomes 4.
    const at = bytes.findIndex((_, i) => bytes.slice(i, i + 6).join() === '10,4,3,3,3,3');
    bytes[at + 2] = 4;
    expect((await refusal(dropped(bytes))).message).toMatch(
      /is damaged .* the size of the weights w/,
    );
  });

  it('weights beyond the end of the file beside it', async () => {
    const spec: ModelSpec = {
      ...PLAIN,
      nodes: [{ ...conv, in: ['x', 'external0'] }],
      external: { location: 'deep/er/w.bin', shapes: [[3, 3, 3, 3]] },
    };
    const beside = (size: number) => [
      { name: 'w.bin', file: blobAccess(new Blob([new Uint8Array(size)])) },
    ];
    const short = await refusal(dropped(modelBytes(spec), 'm.onnx', beside(100)));
    expect(short.message).toMatch(/needs 324 bytes of w\.bin, which has 100/);
    const found = await inspectOnnx(dropped(modelBytes(spec), 'm.onnx', beside(324)));
    expect(found).toMatchObject({
      ok: true,
      value: { externalFiles: [{ location: 'deep/er/w.bin', name: 'w.bin' }] },
    });
  });

  it('millions of copies of the picture: the figures say so before anything runs', async () => {
    const found = await inspectOnnx(await fixture('huge.onnx'));
    if (!found.ok) throw new Error(found.error.message);
    expect(found.value.figures(64, 48).peakActivationBytes).toBeGreaterThan(2 ** 37);
  });

  it('a producer without a graph', async () => {
    const head = new Uint8Array([...integerField(1, 8), ...textField(2, 'pytorch')]);
    expect((await refusal(dropped(head))).message).toMatch(/is cut short/);
  });
});
