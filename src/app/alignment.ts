import type { Alignment } from '../core/inspect/alignment.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredCase } from '../storage/records.ts';
import { isStoredAlignment } from '../storage/reviewRecords.ts';
import { pictureOf, resourcesOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { loadRole, MeasureFailure } from './measured.ts';
import type { AlignedWith, AlignmentView } from './model.ts';
import { recall, remember } from './remembered.ts';
import { alignmentKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { trimPictures } from './show.ts';

/*
 * Whether the shown output lies where its reference does. Beside a ground truth this is looked at by
 * itself, after everything else; beside an input alone only when it is asked for.
 */

/** From this confidence on a shift is said without being asked for. */
const CONFIDENT = 0.5;
/** Smaller pictures have too little structure for an unasked word. */
const LEAST_SIDE = 64;

interface AlignmentWish {
  readonly key: string;
  readonly record: StoredCase;
  readonly against: AlignedWith;
}

function wishOf(context: AppContext, id: string): AlignmentWish | null {
  const record = context.records.get(id);
  if (record === undefined || context.store.state.currentCaseId !== id) return null;
  const against = record.gt === null ? 'input' : 'gt';
  const [output, reference] = [pictureOf(record, 'output'), pictureOf(record, against)];
  if (output === null || reference === null) return null;
  return { key: alignmentKey(output.sha256, reference.sha256), record, against };
}

function viewOf({ record, against }: AlignmentWish, found: Alignment | null): AlignmentView {
  const output = pictureOf(record, 'output');
  const side = Math.min(output?.width ?? 0, output?.height ?? 0);
  const confident = found !== null && found.confidence >= CONFIDENT && side >= LEAST_SIDE;
  return { status: 'done', against, found, confident };
}

function show(context: AppContext, wish: AlignmentWish, alignment: AlignmentView): void {
  if (resourcesOf(context, wish.record.id).alignment !== wish.key) return;
  context.store.patchCase(wish.record.id, { alignment });
}

async function look(context: AppContext, wish: AlignmentWish): Promise<void> {
  const known = await recall(context, wish.key, (stored) =>
    isStoredAlignment(stored) ? stored : null,
  );
  if (known !== null) return show(context, wish, viewOf(wish, known.found));
  try {
    const reference = await loadRole(context, wish.record, wish.against);
    const output = await loadRole(context, wish.record, 'output');
    const found: Result<Alignment | null> = await context.review.call((api) =>
      api.findShift(reference.pixels, output.pixels),
    );
    if (!found.ok) throw new MeasureFailure(sentenceOf(found.error, titleOf(wish.record)));
    await remember(context, wish.key, 'the alignment', { found: found.value });
    show(context, wish, viewOf(wish, found.value));
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    show(context, wish, { status: 'failed', message: error.message });
  } finally {
    trimPictures(context);
  }
}

function queue(context: AppContext, wish: AlignmentWish, asked: boolean): void {
  const { id } = wish.record;
  if (asked) show(context, wish, { status: 'checking', against: wish.against });
  // What was to be done in a quiet moment is wanted now.
  if (asked) context.jobs.drop(id, 'alignment');
  if (context.jobs.isWaiting('alignment', id, wish.key)) return;
  context.jobs.add({
    kind: 'alignment',
    caseId: id,
    part: wish.key,
    label: `Looking for a shift in ${titleOf(wish.record)}`,
    cancellable: false,
    ...(asked ? {} : { background: true, silent: true }),
    async run(_, signal) {
      const now = wishOf(context, id);
      if (now?.key === wish.key && !signal.aborted) await look(context, now);
    },
  });
}

/** Brings what is said of a case's alignment in line with its pictures. */
export function showAlignment(context: AppContext, id: string): void {
  const wish = wishOf(context, id);
  const resources = resourcesOf(context, id);
  if (resources.alignment === (wish?.key ?? null)) return;
  resources.alignment = wish?.key ?? null;
  context.store.patchCase(id, { alignment: { status: 'unknown' } });
  if (wish?.against === 'gt') queue(context, wish, false);
}

/** Looks at the alignment of the case on screen because the user asked. */
export async function checkAlignment(context: AppContext): Promise<void> {
  const id = context.store.state.currentCaseId ?? '';
  showAlignment(context, id);
  const wish = wishOf(context, id);
  const view = context.store.state.cases.find((entry) => entry.id === id)?.alignment;
  if (wish === null || view?.status === 'done' || view?.status === 'checking') return;
  queue(context, wish, true);
}
