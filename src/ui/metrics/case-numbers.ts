import type { CaseView, LearnedMetricView, MeasuredView, PictureRef } from '../../app/model.ts';
import { APP_VERSION } from '../../app/version.ts';
import { overlapOf } from '../../core/inspect/alignment.ts';
import { comparedUnder } from '../../core/inspect/shiftWords.ts';
import { METRICS, NO_REFERENCE_METRICS } from '../../core/metrics/definitions.ts';
import { METRIC_IDS, REGION_IDS } from '../../core/metrics/types.ts';
import { writeTable } from '../../core/text/csv.ts';
import { originWord } from '../origins.ts';

/** One measured value of a case. */
export interface CaseNumber {
  readonly metric: string;
  readonly version: number;
  readonly region: string;
  readonly of: 'output' | 'input' | 'gt';
  /** Null: there is no value. */
  readonly value: number | null;
  readonly unit: string;
}

const SUBJECTS = ['output', 'input', 'gt'] as const;

function regionNumbers(measured: MeasuredView): CaseNumber[] {
  return METRIC_IDS.flatMap((metric) => {
    const { version, unit } = METRICS[metric];
    const one = (region: string, of: 'output' | 'input', value: number | null | undefined) =>
      value === undefined ? [] : [{ metric, version, region, of, value, unit }];
    return [
      ...REGION_IDS.flatMap((region) => [
        ...one(region, 'output', measured.values[metric]?.[region]),
        ...one(region, 'input', measured.inputValues?.[metric]?.[region]),
      ]),
      ...measured.regions.flatMap(({ id, values, inputValues }) => [
        ...one(id, 'output', values[metric]),
        ...one(id, 'input', inputValues?.[metric]),
      ]),
    ];
  });
}

/** Every value on screen of a case. */
export function caseNumbers(item: CaseView, learned: readonly LearnedMetricView[]): CaseNumber[] {
  const measured = item.metrics.status === 'done' ? regionNumbers(item.metrics) : [];
  const niqe = SUBJECTS.flatMap((of): CaseNumber[] => {
    const { version, unit } = NO_REFERENCE_METRICS.niqe;
    const result = item.niqe[of];
    return result
      ? [{ metric: 'niqe', version, region: 'global', of, value: result.value, unit }]
      : [];
  });
  const networks = item.learned.flatMap(({ id, region, values }) => {
    const definition = learned.find((metric) => metric.id === id)?.definition;
    return SUBJECTS.flatMap((of): CaseNumber[] => {
      const value = values[of];
      if (value === undefined || !definition) return [];
      const { version, unit } = definition;
      return [{ metric: id, version, region, of, value, unit }];
    });
  });
  return [...measured, ...niqe, ...networks];
}

const AS_THEY_ARE = 'as they are';

/** Under what output and ground truth were compared. */
function comparisonOf({ shift, gt, output }: CaseView): string {
  return shift && gt && output ? comparedUnder(shift, gt, output.picture) : AS_THEY_ARE;
}

const HEADER = 'case metric version region of value unit comparison mask'.split(' ');

/** A value a line, each with how it was compared and whose mask its regions rest on. */
export function numbersCsv(item: CaseView, learned: readonly LearnedMetricView[]): string {
  const mask = item.mask ? (originWord(item.mask) ?? 'from a file') : 'none';
  const lines = caseNumbers(item, learned).map(({ metric, version, region, of, value, unit }) =>
    [item.title, metric, version, region, of, value ?? '', unit, comparisonOf(item), mask].map(
      String,
    ),
  );
  return writeTable([HEADER, ...lines]);
}

const fileOf = (picture: PictureRef | null | undefined) =>
  picture && { name: picture.name, sha256: picture.sha256, made: originWord(picture) };

/** The numbers with everything that they rest on, as JSON. */
export function numbersJson(item: CaseView, learned: readonly LearnedMetricView[]): string {
  const { shift, gt, output, metrics } = item;
  const overlap = shift && gt && output && overlapOf(gt, output.picture, shift);
  const shown = item.methods.find(({ methodId }) => methodId === item.shownMethod);
  const provenance = {
    app: { name: 'Loupe', version: APP_VERSION },
    case: item.title,
    method: shown?.title ?? null,
    strength: item.strength,
    files: {
      input: fileOf(item.input),
      output: fileOf(output?.picture),
      groundTruth: fileOf(gt),
      mask: fileOf(item.mask),
      regionMasks: Object.fromEntries(
        Object.entries(item.regionMasks).map(([region, mask]) => [region, fileOf(mask)]),
      ),
    },
    comparison: {
      kind: shift ? 'shifted' : AS_THEY_ARE,
      shift: shift && { dx: shift.dx, dy: shift.dy },
      groundTruthPart: overlap?.first ?? null,
      outputPart: overlap?.second ?? null,
    },
    measuredBy:
      metrics.status === 'done'
        ? { backend: metrics.backend, adapter: metrics.adapter, checked: metrics.checked }
        : null,
  };
  return `${JSON.stringify({ provenance, numbers: caseNumbers(item, learned) }, null, 2)}\n`;
}
