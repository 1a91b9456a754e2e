import { describe, expect, it } from 'vitest';
import { classicalMethods } from '../../src/app/classical.ts';
import type { ContractGuess, MethodView, ModelContract, ModelFacts } from '../../src/app/model.ts';
import { formatExact } from '../../src/ui/format.ts';
import { lastRun, runState } from '../../src/ui/methods/runs.ts';
import { budgetBar, budgetWords, MACS_BUDGET } from '../../src/ui/models/budget.ts';
import {
  confirmation,
  describeRange,
  guessWords,
  knowledgeOf,
  maskUseOf,
  maskUses,
  openGuesses,
  pictureInputs,
  rangeOf,
  suggestions,
} from '../../src/ui/models/contract.ts';
import { groupsOf, openMethod } from '../../src/ui/models/groups.ts';
import { scoreRows } from '../../src/ui/models/scores.ts';

const UNIT = { mean: [0, 0, 0], std: [1, 1, 1] } as const;

const contract: ModelContract = {
  input: {
    name: 'x',
    layout: 'NCHW',
    channels: 'RGB',
    element: 'float32',
    normalisation: UNIT,
    fixedSize: null,
    sizeMultiple: 8,
    minSize: 8,
  },
  thumbnail: null,
  mask: null,
  output: {
    kind: 'image',
    name: 'y',
    layout: 'NCHW',
    channels: 'RGB',
    element: 'float32',
    normalisation: UNIT,
    scale: 1,
  },
  tile: { size: 512, overlap: 32, whole: false },
};

const facts: ModelFacts = {
  opset: 17,
  producer: null,
  parameters: 721_464,
  macs720p: null,
  macsComplete: true,
  peakActivationBytes720p: null,
  precision: 'float32',
  operators: [],
  missingOnWebGpu: [],
  globalOperators: [],
  inputs: [{ name: 'x', element: 'float32', dims: [1, 3, 'h', 'w'] }],
  outputs: [],
};

const guess = (
  property: ContractGuess['property'],
  known: ContractGuess['known'] = 'guess',
): ContractGuess => ({ property, known, reason: 'Because.' });

const [classical] = classicalMethods();
if (!classical) throw new Error('there is no classical method');

const model: MethodView = {
  ...classical,
  id: 'user-1',
  title: 'curve',
  kind: 'user-model',
  facts,
  contract,
  guesses: [guess('layout', 'graph'), guess('channels'), guess('range')],
};

describe('value ranges', () => {
  it('are known by their numbers', () => {
    expect(rangeOf(UNIT)).toBe('unit');
    expect(rangeOf({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] })).toBe('signed');
    expect(rangeOf({ mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] })).toBe('byte');
    expect(rangeOf({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] })).toBe('imagenet');
  });

  it('say their numbers where they are a network’s own', () => {
    const own = { mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.25] } as const;
    expect(rangeOf(own)).toBeNull();
    expect(describeRange(own)).toBe('mean 0.4, 0.4, 0.4, deviation 0.2, 0.2, 0.25');
    expect(describeRange(UNIT)).toBe('[0, 1]');
  });
});

describe('what was guessed of a contract', () => {
  it('is told apart from what is known', () => {
    expect(openGuesses(model).map(({ property }) => property)).toEqual(['channels', 'range']);
    expect(guessWords(model)).toBe('range [0, 1], RGB');
    expect(knowledgeOf(model, 'layout')).toEqual({
      words: 'from the graph',
      guess: false,
      reason: 'Because.',
    });
    expect(knowledgeOf(model, 'channels')?.guess).toBe(true);
    expect(knowledgeOf(model, 'mask')).toBeNull();
  });

  it('is also what only a trial told of the range', () => {
    const tried = [guess('range', 'dry-run'), guess('scale', 'dry-run')];
    const open = openGuesses({ ...model, guesses: tried }).map(({ property }) => property);
    expect(open).toEqual(['range']);
    expect(knowledgeOf({ ...model, guesses: tried }, 'range')?.words).toBe('tried out');
    const stated = [guess('range', 'metadata'), guess('channels', 'metadata')];
    expect(openGuesses({ ...model, guesses: stated })).toEqual([]);
  });

  it('speaks of the output’s range by itself', () => {
    const guesses = [guess('range'), { ...guess('range', 'graph'), reason: 'It ends in tanh.' }];
    expect(knowledgeOf({ ...model, guesses }, 'outputRange')).toMatchObject({
      words: 'from the graph',
      reason: 'It ends in tanh.',
    });
    expect(knowledgeOf(model, 'outputRange')).toBeNull();
    const stated = { ...model, guesses: [guess('range', 'metadata')] };
    expect(knowledgeOf(stated, 'outputRange')?.words).toBe('stated by the file');
  });

  it('offers the other ranges and the other order of channels', () => {
    expect(suggestions(model)).toEqual([
      { label: '[−1, 1]', change: { range: 'signed', outputRange: 'signed' } },
      { label: '[0, 255]', change: { range: 'byte', outputRange: 'byte' } },
      { label: 'ImageNet', change: { range: 'imagenet', outputRange: 'imagenet' } },
      { label: 'BGR', change: { channels: 'BGR' } },
    ]);
    expect(suggestions({ ...model, guesses: [guess('layout')] })).toEqual([
      { label: 'NHWC', change: { layout: 'NHWC' } },
    ]);
  });

  it('becomes the user’s own word with one click', () => {
    expect(confirmation(model)).toEqual({ channels: 'RGB', range: 'unit', outputRange: 'unit' });
    const all = [guess('tile'), guess('mask'), guess('sizeMultiple'), guess('layout')];
    expect(confirmation({ ...model, guesses: all })).toEqual({
      whole: false,
      mask: 'none',
      sizeMultiple: 8,
      layout: 'NCHW',
    });
    expect(confirmation({ ...model, guesses: [] })).toEqual({});
  });

  it('says nothing of tiles where the network takes one size only', () => {
    const fixed = { ...contract, input: { ...contract.input, fixedSize: [64, 64] as const } };
    const guesses = [guess('channels'), guess('tile')];
    expect(guessWords({ ...model, guesses })).toBe('RGB, in tiles');
    expect(guessWords({ ...model, guesses, contract: fixed })).toBe('RGB');
  });

  it('offers to exchange two inputs that are alike, and to leave the mask out', () => {
    const mask = { kind: 'tensor', name: 'z', layout: 'NCHW', element: 'float32' } as const;
    const guessed = { ...model, guesses: [guess('mask')] };
    const one = { ...guessed, contract: { ...contract, mask } };
    expect(pictureInputs(one.contract)).toEqual([]);
    expect(guessWords(one)).toBe('with the person mask');
    expect(suggestions(one)).toEqual([{ label: 'No mask', change: { mask: 'none' } }]);
    const two = { ...guessed, contract: { ...contract, mask: { ...mask, copies: 3 as const } } };
    expect(pictureInputs(two.contract)).toEqual(['x', 'z']);
    expect(guessWords(two)).toBe('the picture in “x”, the person mask in “z”');
    expect(suggestions(two)[0]).toEqual({ label: 'Swap inputs', change: { picture: 'z' } });
    const ones = { ...contract, mask: { kind: 'channel', ones: true } as const };
    expect(maskUseOf(ones)).toBe('none');
    expect(guessWords({ ...guessed, contract: ones })).toBe('without a mask');
  });

  it('offers nothing where nothing is open or nothing is known', () => {
    expect(suggestions({ ...model, guesses: [guess('range', 'metadata')] })).toEqual([]);
    expect(suggestions({ ...model, contract: null })).toEqual([]);
  });
});

describe('the ways a mask can take', () => {
  it('are none for one input of three channels', () => {
    expect(maskUses(model)).toEqual(['none']);
    expect(maskUseOf(contract)).toBe('none');
  });

  it('are a fourth channel or an input of its own where there is room', () => {
    const four = { ...facts, inputs: [{ name: 'x', element: 'float32', dims: [1, 4, 'h', 'w'] }] };
    expect(maskUses({ ...model, facts: four })).toEqual(['none', 'channel']);
    const second = { name: 'mask', element: 'float32', dims: [1, 1, 'h', 'w'] };
    const two = { ...facts, inputs: [...facts.inputs, second] };
    expect(maskUses({ ...model, facts: two })).toEqual(['none', 'tensor']);
    const thumbnail = { ...contract, thumbnail: { name: 'mask', size: [128, 128] as const } };
    expect(maskUses({ ...model, facts: two, contract: thumbnail })).toEqual(['none']);
  });
});

describe('the budget of multiply-accumulates', () => {
  it('is a line at the same place until a model is beyond it', () => {
    expect(budgetBar(1e9).budget).toBeCloseTo(0.8);
    expect(budgetBar(MACS_BUDGET)).toEqual({ macs: 0.8, budget: 0.8 });
    expect(budgetBar(80e9)).toEqual({ macs: 1, budget: 0.25 });
  });

  it('is said in words', () => {
    expect(budgetWords(13_212_059_904)).toBe('66 % of the budget');
    expect(budgetWords(11_059_200)).toBe('less than 1 % of the budget');
    expect(budgetWords(62.3e9)).toMatch(/^over the budget, 3\.1 times/);
    expect(budgetWords(MACS_BUDGET)).toBe('100 % of the budget');
  });
});

describe('the list of methods', () => {
  const methods = [
    ...classicalMethods(),
    model,
    { ...model, id: 'flash', kind: 'built-in' as const },
  ];

  it('stands in groups, without empty ones', () => {
    expect(groupsOf(methods).map(({ title, methods: list }) => [title, list.length])).toEqual([
      ['Built in', 1],
      ['Yours', 1],
      ['Classical baselines', classicalMethods().length],
    ]);
  });

  it('opens what the address names, else what is chosen', () => {
    expect(openMethod(methods, 'user-1', 'flash')?.id).toBe('user-1');
    expect(openMethod(methods, 'gone', 'flash')?.id).toBe('flash');
    expect(openMethod(methods, null, null)?.id).toBe(classical.id);
    expect(openMethod([], 'user-1', 'flash')).toBeNull();
  });
});

describe('a method’s run', () => {
  const item = { id: '1', methods: [] };
  const job = {
    id: 'j',
    kind: 'restore' as const,
    caseId: '1',
    methodId: 'user-1',
    label: 'Restoring 001_input.jpg with curve',
    detail: '',
    done: 0,
    total: 4,
    secondsLeft: null,
    cancellable: true,
  };

  it('is running only in its own case', () => {
    expect(runState({ job }, item, model)).toBe('running');
    expect(runState({ job }, { ...item, id: '2' }, model)).toBe('new');
    expect(runState({ job: null }, item, model)).toBe('new');
    expect(runState({ job }, item, { ...model, id: 'other' })).toBe('new');
  });

  it('waits for its turn where it was asked for', () => {
    const asked = new Set(['user-1']);
    expect(runState({ job: { ...job, caseId: '2' } }, item, model, asked)).toBe('waiting');
    expect(runState({ job }, item, model, asked)).toBe('running');
  });

  it('needs a method that is ready', () => {
    const failed = { ...model, status: { status: 'failed' as const, message: 'No.' } };
    expect(runState({ job }, item, failed)).toBe('failed');
  });

  it('says what made an output, where, and whether it was kept', () => {
    const picture = {
      sha256: 'a',
      name: 'a.png',
      bytes: 1,
      width: 1,
      height: 1,
      format: 'png' as const,
      bitDepth: 8,
      exact: true,
      profileName: null,
      bitmap: null,
    };
    const origin = {
      kind: 'restored' as const,
      settings: {
        modelId: 'flash',
        modelSha256: 'b',
        provider: 'webgpu' as const,
        tileSize: 512,
        tileOverlap: 32,
        pipelineVersion: 1,
      },
      modelTitle: 'Flash S',
      seconds: 2,
      tiles: 4,
      adapter: 'ACME 9000',
      parity: null,
      providerReason: null,
      warnings: [],
      fromCache: false,
    };
    const twin = { fileName: 'flash-fp16.onnx', bytes: 1, sha256: 'half' };
    const methods = [classical, { ...model, twin }];
    expect(lastRun({ picture, origin }, methods)).toBe(
      'Restored by Flash S in 2.00 s on WebGPU with ACME 9000, in 4 tiles.',
    );
    const settings = { ...origin.settings, modelSha256: 'half' };
    expect(lastRun({ picture, origin: { ...origin, settings } }, methods)).toBe(
      'Restored by Flash S in 2.00 s on WebGPU with ACME 9000 in half precision, in 4 tiles.',
    );
    expect(lastRun({ picture, origin: { ...origin, parity: 'differ' } }, methods)).toMatch(
      /in 4 tiles\. WebGPU was found to be wrong for it\.$/,
    );
    expect(lastRun({ picture, origin: { ...origin, fromCache: true } }, methods)).toMatch(
      /^From storage; Flash S made it in 2\.00 s on WebGPU with ACME 9000/,
    );
    expect(lastRun({ picture, origin: { kind: 'dropped' } }, methods)).toMatch(/file of yours/);
  });
});

it('calls scores by their names, and leaves unknown ones as they are', () => {
  expect(scoreRows({ psnr: 22.9478, lpipsHair: 0.1, set: 'val' })).toEqual([
    ['PSNR, dB', '22.9478'],
    ['lpipsHair', '0.1'],
    ['Measured on', 'val'],
  ]);
});

it('writes counts to the last digit', () => {
  expect(formatExact(721_464)).toBe('721,464');
});
