import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LPIPS_CONTRACT, learnedMetricId } from '../../src/core/metrics/learned.ts';
import { readMetricContract } from '../../src/models/metricContract.ts';
import { readMetricFile } from '../../src/models/metricFile.ts';
import { writeOnnx } from '../../src/models/onnx/model.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';

const STATED = {
  version: 1,
  task: 'metric',
  title: 'Embedding distance',
  input: { name: 'a', layout: 'NCHW', channels: 'BGR', range: [-1, 1], sizeMultiple: 4 },
  metric: {
    id: 'pair',
    kind: 'full-reference',
    direction: 'lower-is-better',
    unit: 'steps',
    range: [0, null],
    crop: { region: 'person', pad: 8 },
    resize: { height: 32, width: 64, method: 'area' },
    minSide: 16,
    inputs: ['a', 'b'],
    output: 'scalar',
    source: 'A paper',
  },
};

/** The metadata with parts of `metric` and `input` put in place of others. */
const changed = (metric: object, input: object = {}) => ({
  ...STATED,
  input: { ...STATED.input, ...input },
  metric: { ...STATED.metric, ...metric },
});

describe('what a metric says of itself', () => {
  it('is read whole', () => {
    expect(readMetricContract(STATED, 'loupe')).toEqual({
      id: 'pair',
      title: 'Embedding distance',
      kind: 'full-reference',
      direction: 'lower-is-better',
      unit: 'steps',
      range: [0, null],
      crop: { region: 'person', pad: 8 },
      resize: { height: 32, width: 64, method: 'area' },
      minSide: 16,
      sizeMultiple: 4,
      inputs: ['a', 'b'],
      layout: 'NCHW',
      channels: 'BGR',
      normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
      output: 'scalar',
      source: 'A paper',
    });
  });

  it('may leave out what has a usual value', () => {
    const { title, ...rest } = changed({ resize: null, unit: undefined, minSide: undefined });
    const contract = readMetricContract(rest, 'loupe');
    expect(contract).toMatchObject({ title: 'pair', unit: '', minSide: 1, resize: null });
    expect(title).toBe('Embedding distance');
  });

  it.each([
    [{ id: 'Pair one' }, {}, 'loupe.metric.id is not of lower-case letters'],
    [{ kind: 'half-reference' }, {}, 'loupe.metric.kind is not "full-reference" or'],
    [{ inputs: ['a'] }, {}, 'loupe.metric.inputs does not name two inputs'],
    [{ inputs: ['a', 'a'] }, {}, 'loupe.metric.inputs does not name two inputs'],
    [{ inputs: ['b', 'a'] }, {}, 'loupe.input.name is not the first of loupe.metric.inputs'],
    [{ output: 'embedding' }, {}, 'embeddings and identity belong together'],
    [{ kind: 'identity', inputs: ['a'] }, {}, 'embeddings and identity belong together'],
    [{ crop: { region: 'face' } }, {}, 'loupe.metric.crop.region is not "whole" or "person"'],
    [{ crop: { region: 'person' } }, {}, 'loupe.metric.crop.pad is not a whole number'],
    [{ resize: { height: 32, width: 64, method: 'lanczos' } }, {}, 'loupe.metric.resize.method'],
    [{ resize: { height: 32, width: 1e6, method: 'area' } }, {}, 'resize.width is more than'],
    [{ resize: { height: 30, width: 64, method: 'area' } }, {}, 'is no multiple of loupe.input'],
    [{ range: [1, 0] }, {}, 'loupe.metric.range is empty'],
    [{ range: [0, 'much'] }, {}, 'loupe.metric.range is not two numbers, or null'],
    [{ minSide: 1e5 }, {}, 'loupe.metric.minSide is over 2048'],
    [{}, { channels: 'RGBRGB' }, 'loupe.input.channels is not "RGB" or "BGR"'],
    [{}, { range: [1, 1] }, 'loupe.input.range is empty'],
  ])('is refused where %j %j contradicts itself', (metric, input, complaint) => {
    expect(() => readMetricContract(changed(metric, input), 'loupe')).toThrow(complaint);
  });
});

const port = (name: string, shape: (number | string)[] = [1, 3, 'h', 'w']) => ({ name, shape });

/** A graph of one operator, with metadata. */
function graph(metadata: unknown, inputs = [port('a'), port('b')], output = 'value') {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  const nodes = [
    { operator: 'Add', inputs: inputs.slice(0, 2).map(({ name }) => name), outputs: [output] },
  ];
  const outputs = [port(output)];
  const meta = metadata === undefined ? {} : { loupe: text };
  const bytes = writeOnnx({ name: 't', nodes, constants: [], inputs, outputs, metadata: meta });
  return blobAccess(new Blob([bytes]));
}
const read = (...args: Parameters<typeof graph>) => readMetricFile(graph(...args), 'metric.onnx');
const fixture = (name: string) =>
  blobAccess(new Blob([new Uint8Array(readFileSync(`tests/fixtures/onnx/${name}`))]));

describe('a metric’s file', () => {
  const free = changed({ resize: null });

  it.each([
    [undefined, undefined, 'it says nothing of itself and gives value'],
    ['{', undefined, 'the metadata “loupe” is no JSON'],
    [{ task: 'restoration' }, undefined, 'loupe.task is not "metric"'],
    [free, [port('a'), port('c')], 'it takes a, c, not a, b'],
    [
      free,
      [port('a', [1, 3, 32, 64]), port('b')],
      'is 1×3×32×64 and its metadata states no resize',
    ],
    [STATED, [port('a', [1, 3, 64, 64]), port('b')], 'states a resize to 64×32'],
    [
      free,
      [port('a', [1, 4, 'h', 'w']), port('b')],
      'its input a is 1×4×h×w, not one NCHW picture',
    ],
  ])('is held against its graph: %j', async (metadata, inputs, complaint) => {
    await expect(read(metadata, inputs)).rejects.toThrow(complaint);
  });

  it('may have its channels last', async () => {
    const last = ['a', 'b'].map((name) => port(name, [1, 'h', 'w', 3]));
    const contract = await read(changed({ resize: null }, { layout: 'NHWC' }), last);
    expect(contract.layout).toBe('NHWC');
  });

  it.each(['nan.onnx', 'curve.onnx'])('of a restoring network is none: %s', async (name) => {
    await expect(readMetricFile(fixture(name), name)).rejects.toThrow(/cannot be used as a metric/);
  });

  it('must hold its weights', async () => {
    const read = readMetricFile(fixture('external.onnx'), 'external.onnx');
    await expect(read).rejects.toThrow('keeps its weights in another file');
  });

  it('is LPIPS by its output’s name, or where it says the same of itself', async () => {
    const own = LPIPS_CONTRACT.inputs.map((name) => port(name));
    expect(await read(undefined, own, 'lpips')).toBe(LPIPS_CONTRACT);
    const input = { layout: 'NCHW', channels: 'RGB', range: [0, 1] };
    const { normalisation, layout, channels, sizeMultiple, title, ...metric } = LPIPS_CONTRACT;
    const said = { task: 'metric', title: 'Theirs', input, metric: { ...metric, unit: '' } };
    const same = await read(said, own, 'd');
    expect(learnedMetricId(same, 'ab'.repeat(32))).toBe('lpips');
    const other = { ...said, metric: { ...metric, crop: { region: 'whole' } } };
    const id = learnedMetricId(await read(other, own, 'd'), 'ab'.repeat(32));
    expect(id).toBe('onnx:lpips@abababab');
    expect([normalisation.mean, layout, channels, sizeMultiple, title]).toHaveLength(5);
  });
});
