import { HINTS } from '../core/inspect/hints/registry.ts';
import type { Result } from '../protocol/result.ts';
import type { ReviewApi, TileRecord } from '../protocol/review.ts';
import type { StoredCase } from '../storage/records.ts';
import { isStoredFindings } from '../storage/reviewRecords.ts';
import { pictureOf, resourcesOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import type { JobProgress } from './jobs.ts';
import { loadMask, loadRole, MeasureFailure } from './measured.ts';
import type { Findings, HintsView } from './model.ts';
import { shownOutput } from './outputs.ts';
import { recall, remember } from './remembered.ts';
import { hintsKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { trimPictures } from './show.ts';

interface HintsWish {
  readonly key: string;
  readonly record: StoredCase;
}

/** How the shown output was tiled; null where it was not, or where that is not known (any more). */
function tilesOf(context: AppContext, record: StoredCase): TileRecord | null {
  const origin = shownOutput(record)?.origin;
  const { engine } = context.store.state;
  if (origin?.kind !== 'restored' || origin.tiles < 2) return null;
  const { settings } = origin;
  const model =
    engine.status === 'ready' && engine.models.find(({ id }) => id === settings.modelId);
  if (!model || model.sha256 !== settings.modelSha256 || settings.tileSize === 0) return null;
  const input = (settings.contract ?? model.contract).input;
  return {
    contract: { input: { ...input } },
    size: settings.tileSize,
    overlap: settings.tileOverlap,
    margin: model.source.kind === 'user' ? settings.tileOverlap >> 2 : 0,
    wholePixels: settings.wholePixels ?? null,
  };
}

function wishOf(context: AppContext, id: string): HintsWish | null {
  const record = context.records.get(id);
  if (record === undefined || context.store.state.currentCaseId !== id) return null;
  const address = (role: 'output' | 'input' | 'gt' | 'mask') =>
    pictureOf(record, role)?.sha256 ?? null;
  const output = address('output');
  if (output === null) return null;
  const [input, truth, mask] = [address('input'), address('gt'), address('mask')];
  const tiles = tilesOf(context, record);
  return { key: hintsKey({ output, input, truth, mask, tiles }), record };
}

function show(context: AppContext, { key, record }: HintsWish, hints: HintsView): void {
  if (resourcesOf(context, record.id).hints === key) context.store.patchCase(record.id, { hints });
}

/** Hints that were measured before; null where they were not. */
function knownOf(context: AppContext, { key }: HintsWish) {
  return recall(context, key, (stored) => (isStoredFindings(stored) ? stored : null));
}

async function hold(context: AppContext, { record }: HintsWish): Promise<void> {
  const load = async (role: 'input' | 'gt') =>
    pictureOf(record, role) === null ? null : (await loadRole(context, record, role)).pixels;
  const { pixels: output } = await loadRole(context, record, 'output');
  const mask = await loadMask(context, record, output);
  const [input, truth, tiles] = [await load('input'), await load('gt'), tilesOf(context, record)];
  const pictures = { output, input, truth, mask, tiles };
  await answer(context, record, (api) => api.hold(pictures));
}

/** @throws {MeasureFailure} */
async function answer<T>(
  context: AppContext,
  record: StoredCase,
  ask: (api: ReviewApi) => Promise<Result<T>>,
): Promise<T> {
  const result = await context.review.call(ask);
  if (!result.ok) throw new MeasureFailure(sentenceOf(result.error, titleOf(record)));
  return result.value;
}

/** One hint after the other, each on screen as soon as it is measured. */
async function measure(
  context: AppContext,
  wish: HintsWish,
  report: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const findings: Record<string, Findings[string]> = {};
  try {
    await hold(context, wish);
    for (const [done, { id, title }] of HINTS.entries()) {
      if (signal.aborted) {
        show(context, wish, { status: 'cancelled', findings: { ...findings } });
        return;
      }
      report({ stage: 'hints', detail: title, done, total: HINTS.length });
      findings[id] = await answer(context, wish.record, (api) => api.hint(id));
      show(context, wish, { status: 'measuring', findings: { ...findings } });
    }
    await remember(context, wish.key, 'the hints', { findings });
    show(context, wish, { status: 'done', findings });
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    show(context, wish, { status: 'failed', message: error.message });
  } finally {
    trimPictures(context);
  }
}

function queue(context: AppContext, wish: HintsWish): void {
  const { id } = wish.record;
  show(context, wish, { status: 'measuring', findings: {} });
  if (context.jobs.isWaiting('hints', id, wish.key)) return;
  context.jobs.add({
    kind: 'hints',
    caseId: id,
    part: wish.key,
    label: `Measuring hints of ${titleOf(wish.record)}`,
    cancellable: true,
    async run(report, signal) {
      // What has changed meanwhile has a job of its own.
      if (wishOf(context, id)?.key === wish.key) await measure(context, wish, report, signal);
    },
    skipped: () => show(context, wish, { status: 'cancelled', findings: {} }),
  });
}

/** Brings the hints of a case in line with its pictures; measured where the settings ask for them. */
export async function showHints(context: AppContext, id: string): Promise<void> {
  const wish = wishOf(context, id);
  const resources = resourcesOf(context, id);
  const { hints: wanted } = context.store.state.view;
  const view = context.store.state.cases.find((entry) => entry.id === id)?.hints;
  const isNew = resources.hints !== (wish?.key ?? null);
  if (!isNew && !(wanted && view?.status === 'none')) return;
  resources.hints = wish?.key ?? null;
  if (isNew) context.store.patchCase(id, { hints: { status: 'none' } });
  if (wish === null || !wanted) return;
  const known = await knownOf(context, wish);
  if (known !== null) show(context, wish, { status: 'done', findings: known.findings });
  else if (resources.hints === wish.key) queue(context, wish);
}

/** Measures the hints of the case on screen because the user asked. */
export async function measureHints(context: AppContext): Promise<void> {
  const id = context.store.state.currentCaseId ?? '';
  await showHints(context, id);
  const wish = wishOf(context, id);
  const view = context.store.state.cases.find((entry) => entry.id === id)?.hints;
  if (wish === null || view?.status === 'done' || view?.status === 'measuring') return;
  const known = await knownOf(context, wish);
  if (known === null) queue(context, wish);
  else show(context, wish, { status: 'done', findings: known.findings });
}
