import { type MetricValues, RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type { StoredCase } from '../storage/records.ts';
import { pictureOf, resourcesOf, titleOf } from './cases.ts';
import type { AppContext, MoreState } from './context.ts';
import type { Job, JobProgress } from './jobs.ts';
import { refreshStorageLine } from './keep.ts';
import { contractOf } from './learnedDefinitions.ts';
import { filesOf, MeasureFailure } from './measured.ts';
import { MeasureCancelled, measureMissing } from './measureMissing.ts';
import {
  FURTHER_REGION_IDS,
  type LearnedValue,
  type MoreMetricsView,
  type RegionView,
} from './model.ts';
import { trimPictures } from './show.ts';
import { type Missing, type Survey, surveyOf, wishKey } from './survey.ts';

/*
 * What is measured of the case on screen beyond the RAIM set: a survey of what is wished for and
 * known is put on screen, one missing thing is measured and remembered, and so on from the start, so
 * that whatever changes meanwhile is seen at the next step.
 */

function stateOf(context: AppContext, id: string): MoreState {
  const resources = resourcesOf(context, id);
  resources.more ??= { working: false, cancelledFor: null, failed: null };
  return resources.more;
}

const NAMES = { output: 'the output', input: 'the input', gt: 'the ground truth' } as const;

/** A network runs over such a picture for many seconds, and cannot be stopped within. */
const LARGE_PIXELS = 4e6;

function describe(record: StoredCase, { wish }: Missing): string {
  if (wish.kind === 'niqe') return `NIQE of ${NAMES[wish.role]}`;
  if (wish.kind === 'learned') {
    const { width, height } = pictureOf(record, wish.of) ?? { width: 0, height: 0 };
    const large = width * height > LARGE_PIXELS ? `, ${width}×${height}: this takes a while` : '';
    return `${wish.contract.title} of ${NAMES[wish.of]}${large}`;
  }
  const where = wish.region === null ? '' : `, ${wish.region.title.toLowerCase()}`;
  return `${NAMES[wish.measured]}${where}`;
}

function raimOf(values: MetricValues): MetricValues {
  return Object.fromEntries(RAIM_METRIC_IDS.map((id) => [id, values[id]]));
}

/** What is known of further regions; of those whose mask changed, what was known until then. */
function regionsOf(
  { regions, record, missing }: Survey,
  before: readonly RegionView[],
): RegionView[] {
  const known = [...regions.values()].flatMap(({ region, values }): RegionView[] => {
    if (Object.keys(values.output).length === 0) return [];
    const { id, title, rule, sentence } = region;
    const inputValues = record.input === null ? null : values.input;
    return [{ id, title, rule, sentence, values: values.output, inputValues }];
  });
  const wanted = missing.flatMap(({ wish }) =>
    wish.kind === 'metrics' && wish.region !== null ? [wish.region.title] : [],
  );
  const kept = before
    .filter(({ id, title }) => wanted.includes(title) && !known.some((own) => own.id === id))
    .map((region): RegionView => ({ ...region, stale: true }));
  const order = ({ id }: RegionView) => FURTHER_REGION_IDS.indexOf(id);
  return [...known, ...kept].sort((a, b) => order(a) - order(b));
}

function learnedOf({ networks }: AppContext, { learned, record }: Survey): LearnedValue[] {
  return [...learned].flatMap(([id, stored]): LearnedValue[] => {
    const network = networks.get(id);
    const contract = network === undefined ? null : contractOf(id, network);
    if (network === undefined || contract === null) return [];
    const ofPerson = contract.crop.region === 'person' && record.mask !== null;
    const values = Object.fromEntries(Object.entries(stored).map(([of, { value }]) => [of, value]));
    const region = ofPerson ? 'person' : 'global';
    return [{ id, region, values, networkSha256: network.sha256 }];
  });
}

/** Puts what is known on screen, beside the RAIM set where that is of the same files. */
function present(context: AppContext, id: string, survey: Survey, more: MoreMetricsView): void {
  const { output = null, input = null, gt = null } = survey.niqe;
  const learned = learnedOf(context, survey);
  context.store.patchCase(id, { more, niqe: { output, input, gt }, learned });
  const metrics = context.store.state.cases.find((entry) => entry.id === id)?.metrics;
  const files = JSON.stringify(filesOf(survey.record, 'output'));
  if (metrics?.status !== 'done' || resourcesOf(context, id).metricsOf !== files) return;
  const raimBackends = Object.fromEntries(RAIM_METRIC_IDS.map((raim) => [raim, metrics.backend]));
  context.store.patchCase(id, {
    metrics: {
      ...metrics,
      values: { ...raimOf(metrics.values), ...survey.values.output },
      backends: { ...raimBackends, ...survey.backends },
      inputValues: metrics.inputValues && {
        ...raimOf(metrics.inputValues),
        ...survey.values.input,
      },
      regions: regionsOf(survey, metrics.regions),
    },
  });
}

const nameOf = ({ wish }: Missing): string => JSON.stringify(wish);

/** What is missing and did not fail for this very wish. */
function nextOf(state: MoreState, { key, missing }: Survey): Missing | undefined {
  const failed = state.failed?.wish === key ? state.failed.items : null;
  return missing.find((entry) => !failed?.has(nameOf(entry)));
}

function statusOf(state: MoreState, survey: Survey): MoreMetricsView {
  if (survey.missing.length === 0) return { status: 'done' };
  if (state.cancelledFor === survey.key) return { status: 'cancelled' };
  const { failed } = state;
  if (nextOf(state, survey) === undefined && failed !== null) {
    return { status: 'failed', message: failed.message };
  }
  return { status: 'measuring' };
}

function noteFailure(
  context: AppContext,
  state: MoreState,
  { key }: Survey,
  missing: Missing,
  message: string,
): void {
  const before = state.failed?.wish === key ? state.failed : null;
  const items = new Set([...(before?.items ?? []), nameOf(missing)]);
  state.failed = { wish: key, items, message: before?.message ?? message };
  context.store.notify('error', message);
}

async function work(
  context: AppContext,
  id: string,
  report: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const state = stateOf(context, id);
  let done = 0;
  for (;;) {
    const survey = await surveyOf(context, id);
    if (survey === null) return;
    if (survey.key !== wishKey(context, id)) continue;
    if (signal.aborted) state.cancelledFor = survey.key;
    const next = signal.aborted ? undefined : nextOf(state, survey);
    if (next === undefined) state.working = false;
    present(context, id, survey, statusOf(state, survey));
    if (next === undefined) return;
    const total = done + survey.missing.length;
    report({ stage: 'measuring', detail: describe(survey.record, next), done, total });
    try {
      await measureMissing(context, survey.record, next, signal);
    } catch (error) {
      if (error instanceof MeasureFailure) {
        noteFailure(context, state, survey, next, error.message);
      } else if (!(error instanceof MeasureCancelled)) throw error;
    }
    done += 1;
  }
}

function jobFor(context: AppContext, id: string, title: string): Job {
  const state = stateOf(context, id);
  return {
    kind: 'more',
    caseId: id,
    label: `Measuring more of ${title}`,
    cancellable: true,
    async run(report, signal) {
      try {
        await work(context, id, report, signal);
      } finally {
        state.working = false;
        trimPictures(context);
        void refreshStorageLine(context);
      }
    },
    skipped() {
      state.working = false;
      state.cancelledFor = wishKey(context, id);
      context.store.patchCase(id, { more: { status: 'cancelled' } });
    },
  };
}

/**
 * Shows what is known of the case on screen beyond the RAIM set, and queues a job for what is not.
 * Nothing happens for other cases.
 */
export async function showMore(context: AppContext, id: string): Promise<void> {
  const survey = await surveyOf(context, id);
  if (survey === null || survey.key !== wishKey(context, id)) return;
  const state = stateOf(context, id);
  const status = statusOf(state, survey);
  present(context, id, survey, status);
  if (status.status !== 'measuring' || state.working) return;
  state.working = true;
  context.jobs.add(jobFor(context, id, titleOf(survey.record)));
}

/** Takes up what was cancelled or failed. */
export async function retryMore(context: AppContext, id: string): Promise<void> {
  const state = stateOf(context, id);
  state.cancelledFor = null;
  state.failed = null;
  await showMore(context, id);
}
