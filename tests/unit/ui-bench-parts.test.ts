import { describe, expect, it } from 'vitest';
import type { BenchMethodView, BenchRunView } from '../../src/app/bench/model.ts';
import { RAIM2026_FORMULA } from '../../src/core/bench/formula.ts';
import { sensitivityOf } from '../../src/core/bench/sensitivity.ts';
import type { Column, ScoreTable } from '../../src/core/bench/types.ts';
import { CHALLENGE_IDS } from '../../src/core/challenges/types.ts';
import type { PairingProblem, SetCase } from '../../src/core/dataset/survey.ts';
import {
  changePart,
  newPart,
  numberOf,
  problemOf,
  withoutPart,
} from '../../src/ui/bench/formula-edit.ts';
import {
  filesOfCase,
  groupProblems,
  leftOut,
  placeOf,
  placeOptions,
  problemWords,
  surveyWords,
} from '../../src/ui/bench/pairing.ts';
import {
  costData,
  distributionData,
  nearestPoint,
  pointBeside,
  scatterData,
  trendData,
} from '../../src/ui/bench/plot-data.ts';
import {
  measurable,
  partTitles,
  RANKINGS,
  rankingIdOf,
  sensitivityInput,
} from '../../src/ui/bench/ranking-view.ts';
import { progressWords, unmeasured } from '../../src/ui/bench/run-words.ts';
import { destinationOf, sourcesOfFiles, sourcesOfFolder } from '../../src/ui/bench/sources.ts';
import { TAB_IDS, tabOf } from '../../src/ui/bench/tabs.ts';

const problem = (kind: PairingProblem['kind'], files: readonly string[] = []): PairingProblem => ({
  kind,
  files,
  caseId: null,
  method: null,
  sentence: `${kind}.`,
});

const setCase = (id: string, gt: string | null, outputs: SetCase['outputs']): SetCase => ({
  id,
  title: id,
  imageId: id,
  input: null,
  gt,
  mask: null,
  regionMasks: {},
  outputs,
});

const method = (id: string, macs720p: number | null = null): BenchMethodView => ({
  id,
  title: id,
  origin: 'dropped',
  outputs: 2,
  hidden: false,
  parameters: null,
  macs720p,
  secondsPerMegapixel: null,
});

describe('the pairing report', () => {
  it('groups problems, the gravest first', () => {
    const groups = groupProblems([
      problem('missing-output'),
      problem('duplicate'),
      problem('missing-output'),
      problem('unreadable'),
    ]);
    expect(groups.map(({ kind, problems }) => [kind, problems.length])).toEqual([
      ['unreadable', 1],
      ['duplicate', 1],
      ['missing-output', 2],
    ]);
    expect(problemWords(groups)).toBe('1 unreadable, 1 duplicate, 2 missing output');
    expect(problemWords([])).toBe('Everything fits.');
  });

  it('counts cases and matched outputs', () => {
    const cases = [
      setCase('001', 'gt/001', { a: 'a/001', b: 'b/001' }),
      setCase('002', 'gt/002', { a: 'a/002' }),
    ];
    expect(surveyWords({ cases, methods: [method('a'), { ...method('b'), outputs: 1 }] })).toBe(
      '2 cases · 2 methods · 3 of 4 outputs matched',
    );
    expect(surveyWords({ cases: cases.slice(0, 1), methods: [] })).toBe('1 case · 0 methods');
  });

  it('lists the files of a case with what each is', () => {
    const entry = { ...setCase('001', 'gt/001', { a: 'a/001' }), regionMasks: { hair: 'h/001' } };
    expect(filesOfCase(entry, (method) => `Method ${method}`)).toEqual([
      { what: 'Ground truth', path: 'gt/001' },
      { what: 'Hair mask', path: 'h/001' },
      { what: 'Method a', path: 'a/001' },
    ]);
  });

  it('offers places that can be read back, whatever a method is called', () => {
    const options = placeOptions([{ id: 'gt', title: 'gt' }]);
    expect(options.map(({ value }) => placeOf(value))).toContainEqual({ role: 'gt' });
    expect(placeOf(options.at(-1)?.value ?? '')).toEqual({ role: 'output', method: 'gt' });
    expect(options.every(({ value }) => placeOf(value) !== null)).toBe(true);
    expect(placeOf('')).toBeNull();
  });

  it('lets pictures come back that were left out, and only counts what is no picture', () => {
    const file = (path: string) =>
      ({ id: path, path, bytes: 1, kept: 'copied', size: null }) as const;
    const files = {
      'a/1.png': file('a/1.png'),
      'a/2.webp': file('a/2.webp'),
      t: file('notes.txt'),
    };
    const { pictures, others } = leftOut(['a/1.png', 'a/2.webp', 't', 'gone'], files);
    expect(pictures.map(({ id }) => id)).toEqual(['a/1.png', 'a/2.webp']);
    expect(others).toBe(1);
  });
});

describe('files on their way in', () => {
  it('go where their names say, and into the set from within folders', () => {
    expect(destinationOf('attributes.CSV')).toBe('table');
    expect(destinationOf('my.loupe')).toBe('workspace');
    expect(destinationOf('net.onnx')).toBe('method');
    expect(destinationOf('net/attributes.csv')).toBe('set');
    expect(destinationOf('001.png')).toBe('set');
    expect(destinationOf('submission.zip')).toBe('set');
  });

  it('leave clutter behind', () => {
    const files = ['.DS_Store', '001.png', 'Thumbs.db'].map((name) => new File([], name));
    expect(sourcesOfFiles(files).map(({ path }) => path)).toEqual(['001.png']);
  });

  it('are found below folders with their handles, in the order of their names', async () => {
    const folder = directory('set', [
      directory('gt', [file('10.png'), file('2.png'), file('gone.png', false)]),
      file('.hidden'),
      file('readme.txt'),
    ]);
    const counts: number[] = [];
    const sources = await sourcesOfFolder(folder, (count) => counts.push(count));
    expect(sources.map(({ path }) => path)).toEqual([
      'set/readme.txt',
      'set/gt/2.png',
      'set/gt/10.png',
    ]);
    expect(sources.every(({ handle }) => handle !== undefined)).toBe(true);
    expect(counts).toEqual([1, 3]);
  });
});

/** Handles as a browser gives them, over nothing but names. */
function file(name: string, readable = true): FileSystemFileHandle {
  const getFile = () =>
    readable ? Promise.resolve(new File(['x'], name)) : Promise.reject(new Error('gone'));
  return { kind: 'file', name, getFile } as FileSystemFileHandle;
}

function directory(name: string, children: FileSystemHandle[]): FileSystemDirectoryHandle {
  async function* values() {
    yield* children;
  }
  return { kind: 'directory', name, values } as FileSystemDirectoryHandle;
}

const PSNR: Column = {
  id: 'psnr:global',
  title: 'PSNR, all',
  unit: 'dB',
  direction: 'higher-is-better',
  digits: 2,
  version: '1',
  imported: false,
};
const DELTA: Column = { ...PSNR, id: 'deltae:person', title: 'ΔE', direction: 'lower-is-better' };

const table: ScoreTable = {
  cases: ['001', '002'],
  methods: ['net_1', 'net_2'],
  columns: [PSNR, DELTA],
  values: new Map([
    [
      'net_1',
      new Map([
        [PSNR.id, Float64Array.of(20, 30)],
        [DELTA.id, Float64Array.of(5, 3)],
      ]),
    ],
    ['net_2', new Map([[PSNR.id, Float64Array.of(22, Number.NaN)]])],
  ]),
};
const input = {
  table,
  methods: [method('net_1', 30e9), method('net_2', 10e9)],
  titles: ['001', '002'],
};

describe('plots', () => {
  it('have a point for each case and method that has both numbers', () => {
    const { series } = scatterData(input, PSNR, DELTA);
    expect(series.map(({ points }) => points.length)).toEqual([2, 0]);
    expect(series[0]?.points[1]).toMatchObject({ x: 30, y: 3, caseId: '002', method: 'net_1' });
  });

  it('join the methods that none beats in cost and quality', () => {
    const data = costData(input, 'macs720p', PSNR, 'mean');
    expect(data.series[0]?.points.map((point) => point.method)).toEqual(['net_2', 'net_1']);
    const first = pointBeside(data, null, 1);
    const second = pointBeside(data, first, 1);
    expect([first?.x, second?.x, pointBeside(data, second, 1)?.x]).toEqual([10, 30, 30]);
    expect(pointBeside(data, second, -1)).toBe(first);
    expect(costData(input, 'parameters', PSNR, 'mean').series).toHaveLength(1);
  });

  it('spread a row for each method, the first on top', () => {
    const data = distributionData(input, PSNR);
    expect(data.rows).toEqual(['net_1', 'net_2']);
    expect(data.boxes[0]).toMatchObject({ y: 1.2, quantiles: [20.5, 22.5, 25, 27.5, 29.5] });
    expect(data.series[1]?.points).toHaveLength(1);
  });

  it('follow checkpoints over their steps', () => {
    const [series] = trendData(input, PSNR, 'mean').series;
    expect(series?.points.map(({ x, y }) => [x, y])).toEqual([
      [1, 25],
      [2, 22],
    ]);
  });

  it('give the point under the pointer, within reach', () => {
    const data = scatterData(input, PSNR, DELTA);
    const at = (x: number, y: number) =>
      nearestPoint(data, (point) => [point.x * 10, point.y * 10], [x, y], 14)?.caseId;
    expect(at(205, 52)).toBe('001');
    expect(at(250, 40)).toBeUndefined();
  });
});

describe('rankings', () => {
  it('can be chosen for every challenge and the own formula', () => {
    expect(RANKINGS.map(({ value }) => rankingIdOf(value))).toEqual([...CHALLENGE_IDS, 'formula']);
  });

  it('say what a larger set of metrics measures, and what must come from a table', () => {
    const ranking = { by: 'raim2024', title: '', definition: '', rows: [] } as const;
    const missing = ['SSIM', 'LPIPS', 'DISTS', 'NIQE'];
    expect(measurable({ ...ranking, missing })).toEqual([
      { column: 'SSIM', set: 'All' },
      { column: 'NIQE', set: 'All + NIQE' },
    ]);
    expect(measurable({ ...ranking, by: 'raim2026', missing: ['LPIPS_person'] })).toEqual([]);
  });

  it('list each part once, in the order of the rows', () => {
    const row = { method: 'a', title: 'a', published: false, score: 1, final: null } as const;
    const parts = (...titles: string[]) => titles.map((title) => ({ title, value: 1 }));
    const rest = { eligible: true, rank: 1, remarks: [] } as const;
    expect(
      partTitles({
        by: 'formula',
        title: '',
        definition: '',
        missing: [],
        rows: [
          { ...row, ...rest, parts: parts('x', 'y') },
          { ...row, ...rest, parts: parts('y', 'z') },
        ],
      }),
    ).toEqual(['x', 'y', 'z']);
  });

  it('test RAIM 2026 on the scoring program’s own columns, imports first', () => {
    const means = {
      'raim2026:PSNR_bg': 25,
      'raim2026:SSIM_global': 0.8,
      'raim2026:DeltaE_person': 8,
      'import:LPIPS_person': 0.05,
      'psnr:background': 1,
    };
    const found = sensitivityInput('raim2026', RAIM2026_FORMULA, [method('a')], () => means);
    expect(found?.methods[0]?.means).toEqual({
      'psnr:background': 25,
      'ssim:global': 0.8,
      'deltae:person': 8,
      'lpips:person': 0.05,
    });
    const [unchanged] = sensitivityOf(
      RAIM2026_FORMULA,
      (found?.methods ?? []).map((own) => own.means),
    );
    expect(unchanged?.scores[0]).toBeGreaterThan(60);
    expect(sensitivityInput('face2025', RAIM2026_FORMULA, [], () => ({}))).toBeNull();
    expect(sensitivityInput('formula', RAIM2026_FORMULA, [], () => ({}))?.formula).toBe(
      RAIM2026_FORMULA,
    );
  });
});

describe('the formula builder', () => {
  it('starts a part from what was measured', () => {
    expect(newPart(table, DELTA, ['net_1', 'net_2'])).toMatchObject({
      low: 3.1,
      high: 4.9,
      inverted: true,
    });
    expect(newPart(table, DELTA, ['net_2'])).toMatchObject({ low: 0, high: 1 });
    const same = { ...table, values: new Map([['a', new Map([[PSNR.id, Float64Array.of(7)]])]]) };
    expect(newPart(same, PSNR, ['a'])).toMatchObject({ low: 7, high: 8 });
  });

  it('changes and removes one part, and says what keeps a formula from being used', () => {
    const changed = changePart(RAIM2026_FORMULA, 1, { weight: 2 });
    expect(changed.parts.map(({ weight }) => weight)).toEqual([0.3, 2, 0.4, 0.4]);
    expect(withoutPart(changed, 1).parts.map(({ weight }) => weight)).toEqual([0.3, 0.4, 0.4]);
    expect(problemOf(changed)).toBeNull();
    expect(problemOf(changePart(changed, 0, { low: 1, high: 0 }))).toContain('lpips:person');
    expect(problemOf({ ...changed, title: '' })).toContain('title');
  });

  it('reads numbers only', () => {
    expect(['', ' ', 'x', '1e400', '-2.5'].map(numberOf)).toEqual([null, null, null, null, -2.5]);
  });
});

describe('the words of a run', () => {
  const run: BenchRunView = {
    status: 'running',
    label: '',
    done: 1200,
    total: 6000,
    perSecond: 12.4,
    secondsLeft: 400,
    failures: [],
  };

  it('say how far, how fast and how long', () => {
    expect(progressWords(run)).toBe('1,200 of 6,000 · 12 a second · about 7 min left');
    expect(progressWords({ ...run, perSecond: 0.05, secondsLeft: null })).toBe(
      '1,200 of 6,000 · 3.0 a minute',
    );
    expect(progressWords({ ...run, status: 'paused' })).toBe('1,200 of 6,000 · paused');
    expect(progressWords({ ...run, status: 'done', done: 6000 })).toBe('6,000 of 6,000 · done');
  });
});

it('counts outputs without a number, but not those without a ground truth', () => {
  const cases = [
    setCase('001', 'gt/001', { net_1: 'a', net_2: 'b' }),
    setCase('002', 'gt/002', { net_1: 'c', net_2: 'd' }),
    setCase('extra', null, { net_1: 'e' }),
  ];
  expect(unmeasured(cases, table)).toBe(1);
  const imported = table.columns.map((column) => ({ ...column, imported: true }));
  expect(unmeasured(cases, { ...table, columns: imported })).toBe(4);
});

it('opens the tab an address names, else the last one', () => {
  for (const id of TAB_IDS) expect(tabOf(id, 'plots')).toBe(id);
  expect(tabOf(null, 'plots')).toBe('plots');
  expect(tabOf('nowhere', 'methods')).toBe('methods');
});
