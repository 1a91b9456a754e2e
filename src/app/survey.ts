import type { LearnedMetricId, MetricContract } from '../core/metrics/learned.ts';
import type { MetricId, MetricValues, NiqeResult } from '../core/metrics/types.ts';
import type { MetricsBackend } from '../protocol/engine.ts';
import {
  isStoredLearned,
  isStoredNiqe,
  isStoredRegionMetrics,
  readStoredMetrics,
  type StoredCase,
  type StoredLearned,
  type StoredVerdict,
} from '../storage/records.ts';
import { pictureOf, ROLES } from './cases.ts';
import type { AppContext } from './context.ts';
import { backendFor, checkedOf } from './device.ts';
import { filesOf, type Measured } from './measured.ts';
import type { FurtherRegionId, LearnedSubject, RegionMetricValues } from './model.ts';
import type { Region } from './regions.ts';
import { recall } from './remembered.ts';
import {
  type LearnedFiles,
  learnedKey,
  type MeasuredFiles,
  metricsKey,
  niqeKey,
  regionKey,
} from './resultKeys.ts';
import { type Wish, wishesOf } from './wishes.ts';

type Backends = Readonly<Partial<Record<MetricId, MetricsBackend>>>;

/** What of the wishes is known, and what is not. */
export interface Survey {
  /** Changes with everything that decides what is wished for. */
  readonly key: string;
  readonly record: StoredCase;
  readonly values: Readonly<Record<Measured, MetricValues>>;
  readonly backends: Backends;
  readonly regions: ReadonlyMap<
    FurtherRegionId,
    { readonly region: Region; readonly values: Readonly<Record<Measured, RegionMetricValues>> }
  >;
  readonly learned: ReadonlyMap<
    LearnedMetricId,
    Readonly<Partial<Record<LearnedSubject, StoredLearned>>>
  >;
  readonly niqe: Readonly<Partial<Record<'output' | 'input' | 'gt', NiqeResult>>>;
  readonly missing: readonly Missing[];
}

/** A wish, and the part of it that is not known. */
export interface Missing {
  readonly wish: Wish;
  /** The groups to measure; empty where the wish has no groups. */
  readonly groups: readonly (readonly MetricId[])[];
}

/** The files a region's numbers hang on: its own mask in the place of the person's. */
export function regionFiles(files: MeasuredFiles, region: Region): MeasuredFiles {
  return { ...files, mask: region.mask?.sha256 ?? null };
}

export type LearnedWish = Extract<Wish, { kind: 'learned' }>;

/** What a picture is compared with by a metric of this kind. */
export const REFERENCES: Readonly<Record<MetricContract['kind'], 'gt' | 'input' | null>> = {
  'full-reference': 'gt',
  'no-reference': null,
  identity: 'input',
};

/** The files that a learned metric's value hangs on. */
export function learnedFiles(record: StoredCase, { of, contract }: LearnedWish): LearnedFiles {
  const reference = REFERENCES[contract.kind];
  const shift = filesOf(record, 'output')?.shift;
  return {
    measured: pictureOf(record, of)?.sha256 ?? '',
    reference: reference && (pictureOf(record, reference)?.sha256 ?? null),
    mask: contract.crop.region === 'person' ? (record.mask?.sha256 ?? null) : null,
    ...(reference === 'gt' && of === 'output' && shift !== undefined ? { shift } : {}),
  };
}

function wishesNow(context: AppContext, record: StoredCase): Wish[] {
  return wishesOf(record, context.store.state.view, context.networks);
}

/** What is wished for of the case on screen, as a string; null for any other case. */
export function wishKey(context: AppContext, id: string): string | null {
  const record = context.records.get(id);
  if (record === undefined || context.store.state.currentCaseId !== id) return null;
  const files = ROLES.map((role) => pictureOf(record, role)?.sha256 ?? null);
  return JSON.stringify([files, wishesNow(context, record), backendFor(context, 'psnr')]);
}

/** The backend that would measure first; either one where the engine has not started. */
function backendsFor(context: AppContext, id: MetricId): readonly MetricsBackend[] {
  const now = backendFor(context, id) ?? 'wgsl';
  return now === 'wgsl' ? ['wgsl', 'reference'] : ['reference', 'wgsl'];
}

async function recallGroup<T extends { readonly checked: StoredVerdict | null }>(
  context: AppContext,
  group: readonly MetricId[],
  keyFor: (backend: MetricsBackend) => string,
  read: (stored: unknown) => T | null,
): Promise<{ readonly found: T; readonly backend: MetricsBackend } | null> {
  for (const backend of backendsFor(context, group[0] ?? 'psnr')) {
    const found = await recall(context, keyFor(backend), read);
    if (found !== null && checkedOf(context, backend, found.checked) !== 'failed') {
      return { found, backend };
    }
  }
  return null;
}

const readRegion = (stored: unknown) => (isStoredRegionMetrics(stored) ? stored : null);
const readNiqe = (stored: unknown) => (isStoredNiqe(stored) ? stored : null);
const readLearned = (stored: unknown) => (isStoredLearned(stored) ? stored : null);

interface Draft {
  values: Record<Measured, MetricValues>;
  backends: Backends;
  readonly regions: Map<
    FurtherRegionId,
    { readonly region: Region; values: Record<Measured, RegionMetricValues> }
  >;
  readonly learned: Map<LearnedMetricId, Partial<Record<LearnedSubject, StoredLearned>>>;
  niqe: Partial<Record<'output' | 'input' | 'gt', NiqeResult>>;
}

type MetricsWish = Extract<Wish, { kind: 'metrics' }>;

async function surveyMetrics(
  context: AppContext,
  draft: Draft,
  files: MeasuredFiles,
  { measured, region, groups }: MetricsWish,
): Promise<(readonly MetricId[])[]> {
  const missing: (readonly MetricId[])[] = [];
  for (const group of groups) {
    if (region === null) {
      const keyFor = (backend: MetricsBackend) => metricsKey(files, backend, group);
      const known = await recallGroup(context, group, keyFor, readStoredMetrics);
      if (known === null) missing.push(group);
      else {
        draft.values[measured] = { ...draft.values[measured], ...known.found.values };
        const backends = group.map((id) => [id, known.backend]);
        if (measured === 'output') {
          draft.backends = { ...draft.backends, ...Object.fromEntries(backends) };
        }
      }
      continue;
    }
    const keyFor = (backend: MetricsBackend) =>
      regionKey(regionFiles(files, region), region.rule, backend, group);
    const known = await recallGroup(context, group, keyFor, readRegion);
    if (known === null) missing.push(group);
    else {
      const entry = draft.regions.get(region.id) ?? { region, values: { output: {}, input: {} } };
      entry.values[measured] = { ...entry.values[measured], ...known.found.values };
      draft.regions.set(region.id, entry);
    }
  }
  return missing;
}

/** What is missing of a wish; null where all of it is known, and then in the draft. */
async function surveyWish(
  context: AppContext,
  draft: Draft,
  record: StoredCase,
  wish: Wish,
): Promise<Missing | null> {
  if (wish.kind === 'niqe') {
    const sha256 = pictureOf(record, wish.role)?.sha256;
    const known = sha256 === undefined ? null : await recall(context, niqeKey(sha256), readNiqe);
    if (known === null) return { wish, groups: [] };
    draft.niqe[wish.role] = known.result;
    return null;
  }
  if (wish.kind === 'learned') {
    const { id, of, network } = wish;
    const key = learnedKey(id, network.sha256, learnedFiles(record, wish));
    const known = await recall(context, key, readLearned);
    if (known === null) return { wish, groups: [] };
    draft.learned.set(id, { ...draft.learned.get(id), [of]: known });
    return null;
  }
  const files = filesOf(record, wish.measured);
  if (files === null) return null;
  const groups = await surveyMetrics(context, draft, files, wish);
  return groups.length === 0 ? null : { wish, groups };
}

/** Looks up everything that is wished for of the case on screen; null where it is not on screen. */
export async function surveyOf(context: AppContext, id: string): Promise<Survey | null> {
  const key = wishKey(context, id);
  const record = context.records.get(id);
  if (key === null || record === undefined) return null;
  const draft: Draft = {
    values: { output: {}, input: {} },
    backends: {},
    regions: new Map(),
    learned: new Map(),
    niqe: {},
  };
  const missing: Missing[] = [];
  for (const wish of wishesNow(context, record)) {
    const lacking = await surveyWish(context, draft, record, wish);
    if (lacking !== null) missing.push(lacking);
  }
  return { ...draft, key, record, missing };
}
