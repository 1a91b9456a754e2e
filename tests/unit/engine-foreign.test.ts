import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadOrtInNode } from '../../cli/ort.ts';
import { Failure } from '../../src/engine/failure.ts';
import { feedsFor } from '../../src/engine/feeds.ts';
import { runFeeds } from '../../src/engine/runFeeds.ts';
import { externalDataFor, inspectFiles, tryModel } from '../../src/engine/trial.ts';
import { readContract } from '../../src/models/contractJson.ts';
import { createSession } from '../../src/models/session.ts';
import type { ModelContract, ModelFiles } from '../../src/protocol/models.ts';
import {
  distanceFrom,
  fixtureMask,
  fixturePicture,
  type OnnxFixture,
} from '../helpers/onnxFixtures.ts';
import { modelBytes } from '../helpers/onnxModel.ts';

const FOLDER = 'tests/fixtures/onnx/';
const { models }: { models: Readonly<Record<string, OnnxFixture>> } = JSON.parse(
  readFileSync(`${FOLDER}expected.json`, 'utf8'),
);
/** Two that must be ended from outside, and one whose values are of two different frames. */
const NOT_HERE = ['endless', 'huge', 'six-channel'];
const all = Object.entries(models).filter(
  ([name, { contract }]) => contract.task === 'restoration' && !NOT_HERE.includes(name),
);
const running = all.filter(([, { refused }]) => refused === undefined);

const blobOf = (name: string) => new Blob([new Uint8Array(readFileSync(FOLDER + name))]);

function filesOf({ file }: OnnxFixture, beside = true): ModelFiles {
  const data = `${file}.data`;
  const externalData =
    beside && file === 'external.onnx' ? [{ name: data, file: blobOf(data) }] : [];
  return { name: file, file: blobOf(file), externalData };
}

const tried = (fixture: OnnxFixture, beside = true) =>
  tryModel(filesOf(fixture, beside), null, loadOrtInNode, () => undefined);

/** The contract that the fixture was made by; what it leaves out is in its graph. */
async function statedBy(fixture: OnnxFixture): Promise<ModelContract> {
  const { contract } = await inspectFiles(filesOf(fixture));
  const { input, output, mask } = contract;
  const element = output.kind === 'image' ? output.element : 'float32';
  const elements = mask?.kind === 'tensor' ? { [mask.name]: mask.element } : {};
  return readContract(fixture.contract, 'contract', {
    input: { name: input.name, element: input.element },
    output: { name: output.name, element },
    fixedSize: input.fixedSize,
    elements,
    coloured: mask?.kind === 'tensor' && mask.copies === 3 ? [mask.name] : [],
  });
}

describe('a foreign network', () => {
  it.each(running)('%s gives on WASM what PyTorch gives', async (_, fixture) => {
    const files = filesOf(fixture);
    const contract = await statedBy(fixture);
    const externalData = externalDataFor(await inspectFiles(files), files);
    const onnx = new Uint8Array(await files.file.arrayBuffer());
    const ort = await loadOrtInNode();
    const session = await createSession(ort, { onnx, externalData }, contract, { device: null });
    for (const expected of fixture.cases ?? []) {
      const { width, height } = expected;
      const mask = fixture.contract.mask === undefined ? null : fixtureMask(width, height);
      const feeds = feedsFor(contract, { picture: fixturePicture(width, height), mask });
      const { values, dims } = await runFeeds(session, contract, feeds, null);
      expect(dims).toEqual(expected.dims);
      expect(distanceFrom(expected, values)).toBeLessThan(fixture.tolerance);
    }
    await session.release();
  });

  it.each(running)('%s is taken in with the contract it was made by', async (name, fixture) => {
    const found = await tried(fixture);
    const stated = await statedBy(fixture);
    expect(found.contract.input).toMatchObject({
      name: stated.input.name,
      layout: stated.input.layout,
      fixedSize: stated.input.fixedSize,
      element: fixture.half ? 'float16' : 'float32',
    });
    const { output } = stated;
    const told = output.kind === 'image' ? { ...output, normalisation: {} } : output;
    expect(found.contract.output).toMatchObject(told);
    expect(found.contract.mask).toEqual(stated.mask);
    expect(found.contract.tile.whole).toBe(fixture.global ?? false);
    expect(found.facts.parameters).toBe(fixture.parameters);
    const range = found.guesses.find(({ property }) => property === 'range');
    if (range?.known !== 'guess') {
      expect(found.contract.input.normalisation, name).toEqual(stated.input.normalisation);
    }
  });

  it('that gives no numbers, or numbers out of range, is taken in with a warning', async () => {
    const warnings = async (name: string) => {
      const fixture = models[name];
      if (!fixture) throw new Error(`there is no ${name}`);
      return (await tried(fixture)).warnings.join(' ');
    };
    expect(await warnings('nan')).toContain('not numbers');
    expect(await warnings('out-of-range')).toContain('outside its range');
    expect(await warnings('curve')).toBe('');
  });
});

describe('a network with two inputs that are alike', () => {
  /** Brightens one input by half where the other is 1. */
  const brighten = (shown: string, other: string) =>
    modelBytes({
      nodes: [
        { op: 'Mul', in: [shown, 'half'], out: ['h'] },
        { op: 'Mul', in: ['h', other], out: ['m'] },
        { op: 'Add', in: [shown, 'm'], out: ['y'] },
      ],
      floats: { half: [0.5] },
      inputs: { a: [1, 3, 'h', 'w'], b: [1, 3, 'h', 'w'] },
      outputs: { y: [1, 3, 'h', 'w'] },
    });

  it.each([
    ['a', 'b', 'both have 3 channels'],
    ['b', 'a', 'came back looking like itself through “b”'],
  ])('is given the picture where a small one comes back: “%s”', async (shown, other, reason) => {
    const file = new Blob([brighten(shown, other)]);
    const files = { name: 'two.onnx', file, externalData: [] };
    const { contract, guesses } = await tryModel(files, null, loadOrtInNode, () => undefined);
    expect(contract.input.name).toBe(shown);
    expect(contract.mask).toMatchObject({ kind: 'tensor', name: other, copies: 3 });
    const guess = guesses.find(({ property }) => property === 'mask');
    expect(guess).toMatchObject({ known: 'guess', reason: expect.stringContaining(reason) });
  });
});

describe('a file that cannot restore pictures', () => {
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const caught = await work.catch((error: unknown) => error);
    if (!(caught instanceof Failure)) throw new Error('it was taken in');
    return caught.message;
  };
  const fixture = (name: string): OnnxFixture =>
    models[name] ?? ({ ...all[0]?.[1], file: name } as OnnxFixture);

  it('has a sentence of its own', async () => {
    const sentences = await Promise.all([
      ...['classifier', 'unknown-op', 'dynamic-rank'].map((name) => refusal(tried(fixture(name)))),
      refusal(tried(fixture('external'), false)),
      refusal(
        tryModel(
          { name: 'text.onnx', file: new Blob(['not a network']), externalData: [] },
          null,
          loadOrtInNode,
          () => undefined,
        ),
      ),
      refusal(
        tryModel(
          // A Blob that says it has 2 GB is refused before a byte of it is read.
          {
            name: 'big.onnx',
            file: Object.create(Blob.prototype, { size: { value: 2 ** 31 } }),
            externalData: [],
          },
          null,
          loadOrtInNode,
          () => undefined,
        ),
      ),
    ]);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[\w.-]+\.onnx .+\.$/);
  });
});
