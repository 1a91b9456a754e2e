import { describe, expect, it } from 'vitest';
import {
  LEARNED_METRICS,
  learnedDefinition,
  missingNetwork,
} from '../../src/app/learnedDefinitions.ts';
import type { CaseView, LearnedMetricView, MeasuredView, RegionView } from '../../src/app/model.ts';
import { LPIPS_CONTRACT, type MetricContract } from '../../src/core/metrics/learned.ts';
import { METRIC_IDS, RAIM_METRIC_IDS } from '../../src/core/metrics/types.ts';
import { formatDeviation, formatRectangle, shortHash } from '../../src/ui/format.ts';
import { numbersCsv, numbersJson } from '../../src/ui/metrics/case-numbers.ts';
import {
  cellAt,
  hasInputRow,
  hasTruthRow,
  mainRows,
  niqeDoubt,
  otherBackend,
  regionRows,
  regionTables,
  rowNote,
} from '../../src/ui/metrics/numbers.ts';
import { colourBarTicks } from '../../src/ui/viewer/colour-bar.ts';
import { nextMap } from '../../src/ui/viewer/map-state.ts';
import { EMPTY_CASE, pictureNamed } from '../helpers/caseView.ts';

const picture = pictureNamed('001.png');

const region = (id: RegionView['id'], psnr: number | null): RegionView => ({
  id,
  title: id,
  rule: { kind: 'rectangle', x: 0, y: 0, width: 2, height: 2 },
  sentence: 'A part of the picture.',
  values: { psnr },
  inputValues: null,
});

const measured: MeasuredView = {
  status: 'done',
  values: {
    psnr: { person: 20, background: null, global: 22 },
    mae: { person: 3, background: 2, global: 2.5 },
  },
  backend: 'wgsl',
  adapter: null,
  backends: { psnr: 'wgsl', mae: 'reference' },
  seconds: 1,
  fromCache: false,
  inputValues: { psnr: { person: 10, background: null, global: 12 } },
  checked: 'exact',
  regions: [region('hair', 30), region('boundary', null)],
};

const item: CaseView = {
  ...EMPTY_CASE,
  input: picture,
  gt: picture,
  mask: picture,
  output: { picture, origin: { kind: 'dropped' } },
  metrics: measured,
};

const lpips = (network: LearnedMetricView['network']): LearnedMetricView[] => [
  { id: 'lpips', definition: LEARNED_METRICS.lpips, contract: LPIPS_CONTRACT, network },
];
const ready: LearnedMetricView['network'] = {
  status: 'ready',
  sha256: 'b'.repeat(64),
  bytes: 1,
  sources: [],
  warning: null,
};
const learned = lpips(missingNetwork(null));

describe('rows of the table of metrics', () => {
  it('are the RAIM set until more is asked for', () => {
    expect(mainRows(item, learned, 'raim')).toEqual(['psnr', 'ssim', 'deltae']);
    expect(mainRows(item, learned, 'all')).toEqual([...METRIC_IDS, 'lpips', 'niqe']);
  });

  it('have LPIPS as soon as one of its files is here', () => {
    expect(mainRows(item, lpips(missingNetwork('alex.pth')), 'raim')).toContain('lpips');
    expect(mainRows(item, lpips(ready), 'raim')).toContain('lpips');
  });

  it('are NIQE alone without a ground truth', () => {
    const alone: CaseView = { ...item, gt: null, metrics: { status: 'no-reference' } };
    expect(mainRows(alone, lpips(ready), 'all')).toEqual(['niqe']);
    expect(mainRows(alone, lpips(ready), 'raim')).toEqual([]);
  });

  it('leave out of a region what only the whole picture has', () => {
    expect(regionRows('all')).not.toContain('ms-ssim');
    expect(regionRows('raim')).toEqual(['psnr', 'ssim', 'deltae']);
  });
});

describe('cells', () => {
  const numbers = { case: item, learned };

  it('hold the number of a region, or say why there is none', () => {
    expect(cellAt(numbers, 'psnr', 'person', 'output')).toEqual({ kind: 'value', value: 20 });
    expect(cellAt(numbers, 'psnr', 'person', 'input')).toEqual({ kind: 'value', value: 10 });
    expect(cellAt(numbers, 'psnr', 'background', 'output')).toEqual({
      kind: 'none',
      reason: 'no value: the mask leaves no background',
    });
    expect(cellAt(numbers, 'rmse', 'global', 'output')).toEqual({
      kind: 'none',
      reason: 'no value: not measured',
    });
    expect(cellAt(numbers, 'ms-ssim', 'person', 'output')).toBeNull();
  });

  it('wait while something is measured', () => {
    const busy = { learned, case: { ...item, more: { status: 'measuring' } as const } };
    expect(cellAt(busy, 'rmse', 'global', 'output')).toEqual({ kind: 'pending' });
    expect(cellAt(busy, 'psnr', 'global', 'output')).toEqual({ kind: 'value', value: 22 });
  });

  it('find further regions by their names', () => {
    expect(cellAt(numbers, 'psnr', 'hair', 'output')).toEqual({ kind: 'value', value: 30 });
    expect(cellAt(numbers, 'psnr', 'boundary', 'output')).toEqual({
      kind: 'none',
      reason: 'no value: the region has no pixels',
    });
  });

  it('put LPIPS in the region it was measured in, and its absence into words', () => {
    const value = {
      id: 'lpips',
      region: 'person',
      values: { output: 0.1, input: null },
      networkSha256: 'b',
    } as const;
    const withValue = {
      learned: lpips(ready),
      case: { ...item, learned: [value] },
    };
    expect(cellAt(withValue, 'lpips', 'person', 'output')).toEqual({ kind: 'value', value: 0.1 });
    expect(cellAt(withValue, 'lpips', 'person', 'input')).toMatchObject({ kind: 'none' });
    expect(cellAt(withValue, 'lpips', 'global', 'output')).toBeNull();
    expect(cellAt(numbers, 'lpips', 'person', 'output')).toBeNull();
    const building = { case: item, learned: lpips({ status: 'building' }) };
    expect(cellAt(building, 'lpips', 'person', 'output')).toEqual({ kind: 'pending' });
  });

  it('have NIQE of every picture that there is', () => {
    const result = { value: 4, blocks: 9, usableBlocks: 9, flags: [] };
    const niqe = { input: null, output: result, gt: null };
    const alone = { learned, case: { ...item, input: null, niqe } };
    expect(cellAt(alone, 'niqe', 'global', 'output')).toEqual({ kind: 'value', value: 4 });
    expect(cellAt(alone, 'niqe', 'global', 'input')).toBeNull();
    expect(cellAt(alone, 'niqe', 'person', 'output')).toBeNull();
    expect(hasInputRow(alone, 'niqe')).toBe(false);
    expect(hasInputRow(numbers, 'psnr')).toBe(true);
  });
});

describe('learned metrics that compare with no ground truth', () => {
  const alone: CaseView = { ...item, gt: null, metrics: { status: 'no-reference' } };
  const metric = (kind: MetricContract['kind']): LearnedMetricView => {
    const id = `onnx:${kind}@367760e2` as const;
    const contract: MetricContract = {
      ...LPIPS_CONTRACT,
      id: kind,
      kind,
      crop: { region: 'whole' },
    };
    return { id, contract, definition: learnedDefinition(id, contract), network: ready };
  };
  const metrics = [metric('no-reference'), metric('identity'), metric('full-reference')];
  const values = { output: 3, input: 2 };
  const known = metrics.map(({ id }) => ({
    id,
    region: 'global' as const,
    values,
    networkSha256: 'b',
  }));
  const numbers = { learned: metrics, case: { ...alone, learned: known } };
  const [single, identity, pair] = metrics.map(({ id }) => id);
  if (!single || !identity || !pair) throw new Error('three metrics');

  it('have rows of their own', () => {
    expect(mainRows(alone, metrics, 'raim')).toEqual([single, identity]);
    expect(mainRows({ ...alone, input: null }, metrics, 'raim')).toEqual([single]);
    expect(mainRows(item, metrics, 'raim')).toEqual([...RAIM_METRIC_IDS, single, identity, pair]);
  });

  it('have values of each picture, or of the output alone', () => {
    expect(cellAt(numbers, single, 'global', 'input')).toEqual({ kind: 'value', value: 2 });
    expect(cellAt(numbers, single, 'global', 'gt')).toBeNull();
    expect(hasInputRow(numbers, single)).toBe(true);
    expect(hasTruthRow({ ...numbers, case: item }, single)).toBe(true);
    expect(cellAt(numbers, identity, 'global', 'output')).toEqual({ kind: 'value', value: 3 });
    expect(cellAt(numbers, identity, 'global', 'input')).toBeNull();
    expect(hasInputRow(numbers, identity)).toBe(false);
    expect(hasTruthRow({ ...numbers, case: item }, pair)).toBe(false);
    expect(rowNote(numbers, single)).toBeNull();
  });
});

describe('what is said beside the numbers', () => {
  it('names the files that LPIPS needs, or the one that waits', () => {
    expect(rowNote({ case: item, learned }, 'lpips')).toContain('alex.pth');
    const waiting = { case: item, learned: lpips(missingNetwork('alex.pth')) };
    expect(rowNote(waiting, 'lpips')).toBe('alex.pth is here and waits for the other file.');
    expect(rowNote({ case: item, learned: lpips(ready) }, 'lpips')).toBeNull();
  });

  it('tells a doubtful NIQE', () => {
    const result = { value: 4, blocks: 20, usableBlocks: 12, flags: ['few-blocks'] } as const;
    expect(niqeDoubt(result)).toBe('only 12 of its 20 blocks can be used');
    expect(niqeDoubt({ ...result, flags: [] })).toBeNull();
    const niqe = { input: null, output: result, gt: null };
    expect(rowNote({ case: { ...item, niqe }, learned }, 'niqe')).toBe(
      'Doubtful. Output: only 12 of its 20 blocks can be used.',
    );
  });

  it('tells what was measured in another way than the RAIM set', () => {
    expect(otherBackend(item, 'psnr')).toBeNull();
    expect(otherBackend(item, 'mae')).toBe('float64 on the CPU');
    expect(otherBackend(item, 'niqe')).toBeNull();
  });

  it('puts three regions in a table, in their own order', () => {
    const four = (['sky', 'boundary', 'hair', 'rectangle'] as const).map((id) => region(id, 1));
    expect(regionTables(four).map((table) => table.map(({ id }) => id))).toEqual([
      ['boundary', 'rectangle', 'hair'],
      ['sky'],
    ]);
  });

  it('writes deviations, rectangles and hashes short', () => {
    expect(formatDeviation(0)).toBe('0');
    expect(formatDeviation(3.14e-9)).toBe('3.1e-9');
    expect(formatDeviation(0.0312)).toBe('0.031');
    expect(formatDeviation(null)).toBe('no value');
    expect(formatRectangle({ x: 4, y: 5, width: 60, height: 7 })).toBe('60 × 7 at 4, 5');
    expect(shortHash('7be5be791159472b')).toBe('7be5be79');
  });
});

describe('error maps', () => {
  it('follow one another in a circle', () => {
    expect(nextMap('deltae', 1)).toBe('deltae2000');
    expect(nextMap('deltae', -1)).toBe('signed-luma');
    expect(nextMap('signed-luma', 1)).toBe('deltae');
    expect(nextMap(null, 1)).toBe('deltae');
    expect(nextMap(null, -1)).toBe('signed-luma');
  });

  it.each([
    [{ min: 0, max: 30 }, false, ['0', '7.5', '15', '22.5', '30']],
    [{ min: 0, max: 1 }, false, ['0', '0.25', '0.5', '0.75', '1']],
    [{ min: -64, max: 64 }, true, ['−64', '−32', '0', '+32', '+64']],
    [{ min: 0.9712, max: 0.9988 }, false, ['0.9712', '0.9781', '0.985', '0.9919', '0.9988']],
  ])('have numbers along the bar for %j', (range, signed, ticks) => {
    expect(colourBarTicks(range, signed)).toEqual(ticks);
  });
});

describe('the numbers as a file', () => {
  const lines = (one: CaseView) => numbersCsv(one, learned).trimEnd().split('\n');

  it('say for each value how it was compared and whose mask it rests on', () => {
    const [header, first] = lines(item);
    expect(header).toBe('case,metric,version,region,of,value,unit,comparison,mask');
    const value = measured.values.psnr?.person;
    expect(first).toBe(`001,psnr,1,person,output,${value},dB,as they are,from a file`);
    expect(lines(item).some((line) => line.startsWith('001,psnr,1,hair,output,30,'))).toBe(true);
    expect(lines(item).some((line) => line.startsWith('001,psnr,1,background,input,,'))).toBe(true);
  });

  it('carry the shift they were compared under', () => {
    const shifted = { ...item, shift: { dx: 3, dy: -2 } };
    const { width, height } = picture;
    const words = `shifted by (3, −2); ${width - 3}×${height - 2} pixels compared`;
    expect(lines(shifted)[1]).toContain(`,"${words}",`);
    expect(JSON.parse(numbersJson(shifted, learned))).toMatchObject({
      provenance: {
        case: '001',
        files: { output: { name: picture.name, sha256: picture.sha256 } },
        comparison: {
          kind: 'shifted',
          shift: { dx: 3, dy: -2 },
          outputPart: { x: 3, y: 0, width: width - 3, height: height - 2 },
        },
      },
      numbers: expect.arrayContaining([expect.objectContaining({ metric: 'psnr', of: 'output' })]),
    });
    expect(JSON.parse(numbersJson(item, learned)).provenance.comparison).toMatchObject({
      kind: 'as they are',
      shift: null,
    });
  });
});
