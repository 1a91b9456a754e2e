import { imageId } from './ids.ts';
import { placeFiles } from './placeFiles.ts';
import type { RegionName } from './roles.ts';

/*
 * What a heap of files is as a data set: cases, methods, and everything that does not fit. Nothing is
 * ever paired by position.
 */

/** A file of the set, wherever it came from. */
export interface SetFile {
  /** Unique in the set. */
  readonly id: string;
  /** Below what was dropped, with "/"; an archive is a folder of its name. */
  readonly path: string;
  readonly bytes: number;
}

/** What a file is: its part in a case, or a method's output. */
export type SetPlace =
  | { readonly role: 'input' | 'gt' | 'mask' }
  | { readonly role: 'region'; readonly region: RegionName }
  | { readonly role: 'output'; readonly method: string };

/** What the user decided about a file, in place of what its name says. */
export interface Correction {
  readonly excluded?: boolean;
  readonly place?: SetPlace;
  /** The case it belongs to, by the case's id. */
  readonly caseId?: string;
  /** Of several files for one place, this one is it. */
  readonly preferred?: boolean;
}

/** By file id. */
export type Corrections = Readonly<Record<string, Correction>>;

/** The files of one case, by file id. */
export interface SetCase {
  /** The stem in lower case, after its folder where two folders have the same stem. */
  readonly id: string;
  readonly title: string;
  /** Three digits by the rule of the RAIM scoring program; null where it finds none. */
  readonly imageId: string | null;
  readonly input: string | null;
  readonly gt: string | null;
  readonly mask: string | null;
  readonly regionMasks: Readonly<Partial<Record<RegionName, string>>>;
  /** By method. */
  readonly outputs: Readonly<Record<string, string>>;
}

export type PairingProblemKind =
  /** Several files for the same place of a case. */
  | 'duplicate'
  /** An output without a case, or a case without a ground truth that others have. */
  | 'unmatched'
  /** A method has no output for a case. */
  | 'missing-output'
  /** The stems pair files that the three-digit rule does not, or two cases have one ID. */
  | 'id-disagreement'
  | 'size-mismatch'
  | 'unreadable';

export interface PairingProblem {
  readonly kind: PairingProblemKind;
  /** Files it is about, the one that is used first where one is. */
  readonly files: readonly string[];
  readonly caseId: string | null;
  readonly method: string | null;
  /** A finished sentence that names the files. */
  readonly sentence: string;
}

export interface Survey {
  /** With an input or a ground truth; sorted by title, numbers by value. */
  readonly cases: readonly SetCase[];
  /** Outputs and masks of one name that no case has. */
  readonly strays: readonly SetCase[];
  /** In the order in which they first appear. */
  readonly methods: readonly string[];
  readonly problems: readonly PairingProblem[];
  /** Files that were left out by the user, or are no pictures. */
  readonly excluded: readonly string[];
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const isCase = ({ gt, input }: SetCase): boolean => gt !== null || input !== null;

function idProblems(cases: readonly SetCase[], paths: ReadonlyMap<string, string>) {
  const problems: PairingProblem[] = [];
  const byId = new Map<string, SetCase>();
  for (const own of cases) {
    const { gt, outputs, imageId: id } = own;
    if (gt === null || id === null) continue;
    const twin = byId.get(id);
    if (twin) {
      problems.push({
        kind: 'id-disagreement',
        files: [gt, twin.gt ?? gt],
        caseId: own.id,
        method: null,
        sentence: `Cases ${twin.title} and ${own.title} share the three-digit ID ${id}, so the organisers’ program refuses the set; all other numbers are not affected.`,
      });
    } else byId.set(id, own);
    for (const [method, output] of Object.entries(outputs)) {
      const path = paths.get(output) ?? '';
      const other = imageId(path);
      if (other === id) continue;
      problems.push({
        kind: 'id-disagreement',
        files: [output, gt],
        caseId: own.id,
        method,
        sentence: `${nameOf(path)} of ${method} belongs to ${own.title} by its name, but its three-digit ID is ${other ?? 'missing'} and not ${id}: the organisers’ program would pair it differently.`,
      });
    }
  }
  return problems;
}

function missingOutputs(cases: readonly SetCase[], methods: readonly string[]): PairingProblem[] {
  return methods.flatMap((method) => {
    const missing = cases.filter(({ outputs }) => outputs[method] === undefined);
    return missing.map((own) => ({
      kind: 'missing-output' as const,
      files: [],
      caseId: own.id,
      method,
      sentence: `${method} has no output for ${own.title}.`,
    }));
  });
}

function unmatched(cases: readonly SetCase[], paths: ReadonlyMap<string, string>) {
  const someGt = cases.some(({ gt }) => gt !== null);
  return cases.flatMap((own): PairingProblem[] => {
    const files = [own.input, own.mask, ...Object.values(own.outputs)].filter((id) => id !== null);
    if (own.gt !== null || (own.input !== null && !someGt) || files.length === 0) return [];
    const names = files.slice(0, 3).map((id) => nameOf(paths.get(id) ?? ''));
    const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
    return [
      {
        kind: 'unmatched',
        files,
        caseId: own.id,
        method: null,
        sentence: `${names.join(', ')}${more}: there is no ${someGt ? 'ground truth' : 'input or ground truth'} called ${own.title}.`,
      },
    ];
  });
}

/**
 * Sorts files into cases and methods by folder and file names (`guessRole`), and says what does not
 * fit. Files are told apart by stem, extension and case ignored; folders only where two folders hold
 * the same stem in the same role.
 */
export function surveyFiles(files: readonly SetFile[], corrections: Corrections = {}): Survey {
  const paths = new Map(files.map(({ id, path }) => [id, path]));
  const { groups, methods, duplicates, excluded } = placeFiles(files, corrections);
  const cases = groups.filter(isCase);
  const problems = [
    ...duplicates,
    ...unmatched(groups, paths),
    ...missingOutputs(
      cases.filter(({ gt }) => gt !== null || cases.every((other) => other.gt === null)),
      methods,
    ),
    ...idProblems(cases, paths),
  ];
  const strays = groups.filter((own) => !isCase(own));
  return { cases, strays, methods, problems, excluded };
}
