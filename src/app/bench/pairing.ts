import {
  type Correction,
  type Corrections,
  type PairingProblem,
  type SetCase,
  type Survey,
  surveyFiles,
} from '../../core/dataset/survey.ts';
import type { StoredBenchFile } from '../../storage/benchStorage.ts';
import type { BenchContext } from './context.ts';
import { fileView } from './files.ts';
import { caseFinder, importView, remarksOn } from './imports.ts';
import type { BenchFileView, BenchMethodView } from './model.ts';
import { allTagWords } from './remarks.ts';
import { shiftsOf } from './shifts.ts';
import { buildAttributes, buildTable } from './table.ts';

const sizeText = ([width, height]: readonly [number, number]) => `${width}×${height}`;

/** Outputs whose header says another size than the ground truth's. */
function sizeProblems({ files }: BenchContext, cases: readonly SetCase[]): PairingProblem[] {
  const sizeOf = (id: string | null) => (id === null ? null : (files.get(id)?.record.size ?? null));
  return cases.flatMap(({ id, title, gt, outputs }) => {
    const wanted = sizeOf(gt);
    if (gt === null || wanted === null) return [];
    return Object.entries(outputs).flatMap(([method, output]): PairingProblem[] => {
      const size = sizeOf(output);
      if (size === null || sizeText(size) === sizeText(wanted)) return [];
      return [
        {
          kind: 'size-mismatch',
          files: [output, gt],
          caseId: id,
          method,
          sentence: `The output of ${method} for ${title} is ${sizeText(size)} pixels, the ground truth ${sizeText(wanted)}: it has no numbers. Replace the file or leave it out.`,
        },
      ];
    });
  });
}

function unreadable({ files }: BenchContext, excluded: ReadonlySet<string>): PairingProblem[] {
  return [...files.values()].flatMap(({ record }): PairingProblem[] => {
    if (record.trouble === null || excluded.has(record.id)) return [];
    return [
      {
        kind: 'unreadable',
        files: [record.id],
        caseId: null,
        method: null,
        sentence: record.trouble,
      },
    ];
  });
}

/** What complexity tables say of a method, else what is known of it from running it here. */
function complexityOf({ settings, imports }: BenchContext, method: string) {
  const run = settings.runs[method];
  const known = {
    parameters: run?.parameters ?? null,
    macs720p: run?.macs720p ?? null,
    secondsPerMegapixel: run?.secondsPerMegapixel ?? null,
  };
  for (const { kind, columns, rows } of imports.values()) {
    if (kind !== 'complexity') continue;
    const row = rows.find((own) => own.method?.toLowerCase() === method.toLowerCase());
    row?.cells.forEach((cell, index) => {
      if (typeof cell !== 'number') return;
      const head = (columns[index] ?? '').toLowerCase();
      if (head.startsWith('param')) known.parameters = cell;
      else if (head === 'gmacs') known.macs720p = cell * 1e9;
      else if (head === 'macs') known.macs720p = cell;
      else known.secondsPerMegapixel = cell;
    });
  }
  return known;
}

function methodViews(context: BenchContext): BenchMethodView[] {
  const { survey, settings } = context;
  return survey.methods.map((method) => {
    const run = settings.runs[method];
    return {
      id: method,
      title: run?.title ?? method,
      origin: run === undefined ? ('dropped' as const) : ('run' as const),
      outputs: survey.cases.filter(({ outputs }) => outputs[method] !== undefined).length,
      hidden: settings.hidden.includes(method),
      ...complexityOf(context, method),
    };
  });
}

/** The numbers and what hangs on them, anew. */
export function showNumbers(context: BenchContext): void {
  context.store.set({ table: buildTable(context), attributes: buildAttributes(context) });
}

/** What was made here belongs where it was made for, whatever its name says. */
function placesOfMade(records: readonly StoredBenchFile[]): Corrections {
  return Object.fromEntries(
    records.flatMap(({ id, made }) =>
      made === undefined
        ? []
        : [[id, { caseId: made.caseId, place: { role: 'output', method: made.method } }]],
    ),
  );
}

/**
 * An automatic mask belongs to the case it was made for, and gives way to a mask that was added.
 * @param masked cases that have a mask of their own
 */
function placesOfMasks(
  records: readonly StoredBenchFile[],
  masked: ReadonlySet<string>,
): Corrections {
  return Object.fromEntries(
    records.flatMap(({ id, automatic }): [string, Correction][] => {
      if (automatic === undefined) return [];
      const { caseId } = automatic;
      return [[id, masked.has(caseId) ? { excluded: true } : { caseId, place: { role: 'mask' } }]];
    }),
  );
}

/** What the files are as a set. */
function surveyOf({ files, settings }: BenchContext): Survey {
  const records = [...files.values()].map(({ record }) => record);
  const places = { ...placesOfMade(records), ...settings.corrections };
  const own = records.filter(({ automatic }) => automatic === undefined);
  const survey = surveyFiles(own, places);
  if (own.length === records.length) return survey;
  const masked = new Set(survey.cases.flatMap(({ id, mask }) => (mask === null ? [] : [id])));
  return surveyFiles(records, { ...placesOfMasks(records, masked), ...places });
}

/** Sorts the files into cases and methods again and shows everything that hangs on it. */
export function pairAnew(context: BenchContext): void {
  const { files, settings, imports, store } = context;
  const survey = surveyOf(context);
  const { cases, methods } = survey;
  context.survey = survey;
  const excluded = new Set(survey.excluded);
  const findCase = caseFinder(cases);
  const views: Record<string, BenchFileView> = {};
  for (const [id, file] of files) views[id] = fileView(file);
  store.set({
    files: views,
    cases,
    methods: methodViews(context),
    problems: [
      ...survey.problems,
      ...sizeProblems(context, cases),
      ...unreadable(context, excluded),
    ],
    excluded: survey.excluded,
    imports: [...imports.values()].map((table) =>
      importView(table, remarksOn(table, findCase, methods, cases.length)),
    ),
    metricSet: settings.metricSet,
    remarks: settings.remarks,
    tags: allTagWords(settings.remarks),
    shifts: shiftsOf(context),
    formula: settings.formula,
    worstCases: settings.worstCases,
    storageSentence: storageSentence(context),
  });
  showNumbers(context);
}

const megabytes = (bytes: number) =>
  `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString('en')} MB`;

/** What is kept where, as one sentence. */
export function storageSentence({ files, storage, persisted }: BenchContext): string {
  if (files.size === 0) return '';
  const sum = {
    handle: { count: 0, bytes: 0 },
    copied: { count: 0, bytes: 0 },
    memory: { count: 0, bytes: 0 },
  };
  for (const file of files.values()) {
    const into = sum[file.memory ? 'memory' : file.record.kept];
    into.count += 1;
    into.bytes += file.record.bytes;
  }
  const parts = [
    sum.handle.count > 0 ? `${sum.handle.count} files are read where they lie` : '',
    sum.copied.count > 0
      ? `${sum.copied.count} files (${megabytes(sum.copied.bytes)}) are kept in this browser`
      : '',
    sum.memory.count > 0
      ? `${sum.memory.count} files (${megabytes(sum.memory.bytes)}) did not fit and are gone after a reload`
      : '',
  ].filter((part) => part !== '');
  const tail = storage.lasts ? 'numbers and settings are kept too' : 'nothing outlives this page';
  const promise = persisted
    ? 'The browser has promised to keep them.'
    : 'The browser may clear them where the disk gets full.';
  return `${parts.join(', ')}; ${tail}. ${storage.lasts ? `${promise} ` : ''}Nothing leaves this machine.`;
}
