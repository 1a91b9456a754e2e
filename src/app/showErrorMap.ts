import { MAPS } from '../core/metrics/maps.ts';
import type { ErrorMapOutcome } from '../protocol/engine.ts';
import type { StoredCase } from '../storage/records.ts';
import { dropErrorMap, resourcesOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { backendFor, onCpu } from './device.ts';
import { callSteadily } from './engineCall.ts';
import { filesOf, loadPair, MeasureFailure } from './measured.ts';
import { loadRegionFor, mapRegionOf } from './regions.ts';
import { sentenceOf } from './sentences.ts';
import { partsOf } from './shifted.ts';
import { trimPictures } from './show.ts';

/** Everything the map on screen hangs on. */
interface MapWish {
  readonly key: string;
  readonly record: StoredCase;
  readonly map: keyof typeof MAPS;
}

/** The map that the settings ask for of the case on screen; null where there is none to draw. */
function wishOf(context: AppContext, id: string): MapWish | null {
  const record = context.records.get(id);
  const { view, currentCaseId } = context.store.state;
  const { errorMap: map, errorMapScale, errorMapColours } = view;
  if (record === undefined || map === null || currentCaseId !== id) return null;
  const files = filesOf(record, 'output');
  if (files === null) return null;
  const region = mapRegionOf(record, view.errorMapRegion, view);
  const { output, groundTruth, shift = null } = files;
  const backend = [backendFor(context, 'psnr') !== null, onCpu(context)];
  const mask = region?.mask?.sha256 ?? null;
  const looks = [shift, map, errorMapScale, errorMapColours, region?.rule ?? null, mask];
  return { key: JSON.stringify([output, groundTruth, looks, backend]), record, map };
}

async function compute(
  context: AppContext,
  { record, map }: MapWish,
  signal: AbortSignal,
): Promise<ErrorMapOutcome | null> {
  const { view } = context.store.state;
  const region = mapRegionOf(record, view.errorMapRegion, view);
  const { errorMapScale: scale, errorMapColours: colours } = view;
  const pair = await loadPair(context, record, 'output');
  const { rule, masks } =
    region === null
      ? { rule: null, masks: { person: null, named: {} } }
      : await loadRegionFor(context, record, region, 'output');
  const job = { ...pair, map, scale, colours, region: rule, masks };
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.errorMap({ ...job, jobId }),
  );
  if (result.ok) return mapInPlace(context, record, result.value);
  if (result.error.kind === 'cancelled') return null;
  throw new MeasureFailure(sentenceOf(result.error, pair.fileName));
}

/** A map of the part that is compared where that lies in the ground truth: nothing is drawn around it. */
export async function mapInPlace(
  { platform }: AppContext,
  record: StoredCase,
  outcome: ErrorMapOutcome,
): Promise<ErrorMapOutcome> {
  const [parts, { gt }] = [partsOf(record), record];
  if (parts === null || gt === null) return outcome;
  const bitmap = await platform.placeBitmap(outcome.bitmap, parts.truth, gt);
  outcome.bitmap.close();
  return { ...outcome, bitmap };
}

async function draw(context: AppContext, id: string, signal: AbortSignal): Promise<void> {
  const wish = wishOf(context, id);
  const resources = resourcesOf(context, id);
  if (wish === null || resources.errorMap?.key !== wish.key) return;
  const map = MAPS[wish.map];
  const { errorMapScale: scale } = context.store.state.view;
  try {
    const outcome = await compute(context, wish, signal);
    if (outcome === null) return;
    if (resources.errorMap?.key !== wish.key) {
      outcome.bitmap.close();
      return;
    }
    resources.errorMap = { ...resources.errorMap, bitmap: outcome.bitmap };
    context.store.patchCase(id, { errorMap: { status: 'done', map, scale, ...outcome } });
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    if (resources.errorMap?.key !== wish.key) return;
    context.store.patchCase(id, { errorMap: { status: 'failed', map, message: error.message } });
    context.store.notify('error', error.message);
  } finally {
    trimPictures(context);
  }
}

/**
 * Brings the error map of a case in line with the settings and its pictures: one that is not of these
 * leaves the screen at once, the new one is drawn by a job. Only the case on screen has one.
 */
export function showErrorMap(context: AppContext, id: string): void {
  const wish = wishOf(context, id);
  const resources = resourcesOf(context, id);
  if (wish !== null && resources.errorMap?.key === wish.key) return;
  dropErrorMap(context, id);
  if (wish === null) return;
  const abort = new AbortController();
  resources.errorMap = { key: wish.key, bitmap: null, end: () => abort.abort() };
  context.store.patchCase(id, { errorMap: { status: 'computing', map: MAPS[wish.map] } });
  context.jobs.add({
    kind: 'map',
    caseId: id,
    label: `Drawing the error map of ${titleOf(wish.record)}`,
    cancellable: false,
    run: () => draw(context, id, abort.signal),
    skipped: () => {
      // A newer map, or none, may be in its place by now.
      if (resources.errorMap?.key === wish.key) dropErrorMap(context, id);
    },
  });
}
