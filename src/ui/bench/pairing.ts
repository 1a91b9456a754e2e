import type { BenchFileView, BenchState } from '../../app/bench/model.ts';
import { isPictureName } from '../../core/dataset/ids.ts';
import type {
  PairingProblem,
  PairingProblemKind,
  SetCase,
  SetPlace,
} from '../../core/dataset/survey.ts';

export interface ProblemGroup {
  readonly kind: PairingProblemKind;
  readonly title: string;
  /** What it means and what goes on all the same. */
  readonly meaning: string;
  readonly problems: readonly PairingProblem[];
}

/** The gravest first: what keeps numbers from being right before what keeps them from being there. */
const GROUPS: readonly Omit<ProblemGroup, 'problems'>[] = [
  {
    kind: 'unreadable',
    title: 'Unreadable',
    meaning: 'These files are damaged or of a kind this browser cannot read.',
  },
  {
    kind: 'size-mismatch',
    title: 'Wrong size',
    meaning: 'Output and ground truth differ in size. Nothing is rescaled: these are not measured.',
  },
  {
    kind: 'duplicate',
    title: 'Duplicate',
    meaning:
      'Several files for one place. One of them is used; choose which, or leave the rest out.',
  },
  {
    kind: 'unmatched',
    title: 'Unmatched',
    meaning: 'These files belong to no case by their names.',
  },
  {
    kind: 'missing-output',
    title: 'Missing output',
    meaning: 'A method lacks a case; its means are over fewer cases than the others’.',
  },
  {
    kind: 'id-disagreement',
    title: 'ID disagreement',
    meaning: 'Names and the organisers’ three-digit IDs pair these differently.',
  },
];

/** The problems by kind, without kinds that have none. */
export function groupProblems(problems: readonly PairingProblem[]): ProblemGroup[] {
  return GROUPS.map((group) => ({
    ...group,
    problems: problems.filter(({ kind }) => kind === group.kind),
  })).filter(({ problems: own }) => own.length > 0);
}

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** "60 cases · 3 methods · 179 of 180 outputs matched" */
export function surveyWords({ cases, methods }: Pick<BenchState, 'cases' | 'methods'>): string {
  const matched = methods.reduce((sum, { outputs }) => sum + outputs, 0);
  const parts = [counted(cases.length, 'case'), counted(methods.length, 'method')];
  if (methods.length > 0) {
    parts.push(`${matched} of ${cases.length * methods.length} outputs matched`);
  }
  return parts.join(' · ');
}

/** "1 duplicate, 2 missing outputs", or that everything fits. */
export function problemWords(groups: readonly ProblemGroup[]): string {
  if (groups.length === 0) return 'Everything fits.';
  return groups
    .map(({ title, problems }) => `${problems.length} ${title.toLowerCase()}`)
    .join(', ');
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const PLACES: readonly (Option & { readonly place: SetPlace })[] = [
  { value: 'input', label: 'Input', place: { role: 'input' } },
  { value: 'gt', label: 'Ground truth', place: { role: 'gt' } },
  { value: 'mask', label: 'Person mask', place: { role: 'mask' } },
  { value: 'hair', label: 'Hair mask', place: { role: 'region', region: 'hair' } },
  { value: 'skin', label: 'Skin mask', place: { role: 'region', region: 'skin' } },
  { value: 'face-skin', label: 'Facial skin mask', place: { role: 'region', region: 'face-skin' } },
  { value: 'sky', label: 'Sky mask', place: { role: 'region', region: 'sky' } },
];

/** The files of a case with what each is; a file's id is its path. */
export function filesOfCase(
  { input, gt, mask, regionMasks, outputs }: SetCase,
  titleOf: (method: string) => string,
): { readonly what: string; readonly path: string }[] {
  const named = (what: string, path: string | null | undefined) =>
    path === null || path === undefined ? [] : [{ what, path }];
  const labelOf = (value: string) => PLACES.find((own) => own.value === value)?.label ?? value;
  return [
    ...named(labelOf('input'), input),
    ...named(labelOf('gt'), gt),
    ...named(labelOf('mask'), mask),
    ...Object.entries(regionMasks).flatMap(([region, path]) => named(labelOf(region), path)),
    ...Object.entries(outputs).flatMap(([method, path]) => named(titleOf(method), path)),
  ];
}

const OUTPUT = 'output ';

/** What a file may be, for menus: a role, or the output of one of the methods. */
export function placeOptions(methods: readonly { id: string; title: string }[]): Option[] {
  return [
    ...PLACES.map(({ value, label }) => ({ value, label })),
    ...methods.map(({ id, title }) => ({ value: `${OUTPUT}${id}`, label: `Output of ${title}` })),
  ];
}

/** The place a menu's value stands for; null for none. */
export function placeOf(value: string): SetPlace | null {
  if (value.startsWith(OUTPUT)) return { role: 'output', method: value.slice(OUTPUT.length) };
  return PLACES.find((known) => known.value === value)?.place ?? null;
}

/** Files that were left out by hand, and how many are no pictures at all. */
export function leftOut(
  excluded: readonly string[],
  files: Readonly<Record<string, BenchFileView>>,
): { readonly pictures: readonly BenchFileView[]; readonly others: number } {
  const known = excluded.map((id) => files[id]).filter((file) => file !== undefined);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const pictures = known.filter(
    ({ path }) => isPictureName(nameOf(path)) || /\.(webp|avif)$/i.test(path),
  );
  return { pictures, others: known.length - pictures.length };
}

/** "48 × 36, 1.2 kB" without what is not known yet. */
export function sizeWords(file: BenchFileView, formatBytes: (bytes: number) => string): string {
  const pixels = file.size === null ? [] : [`${file.size[0]} × ${file.size[1]}`];
  return [...pixels, formatBytes(file.bytes)].join(', ');
}
