import type { SetCase } from '../../core/dataset/survey.ts';
import type { MaskEntry } from '../../protocol/engine.ts';
import { callCancellable } from '../engineCall.ts';
import { finds } from '../personMask.ts';
import { type BenchContext, makeRunControl, type RunControl } from './context.ts';
import { CaseFailure, decodeFile, keepMade, valueOrFail } from './made.ts';
import { pairAnew } from './pairing.ts';
import { makeRunProgress } from './runProgress.ts';
import { keepSettings } from './settings.ts';

/** The page's lists are brought up to date after this many masks. */
const SHOW_EVERY = 20;

const maskPath = (entry: SetCase) => `made here/masks/${entry.id}_mask.png`;

/** What a mask is made from: the better lit picture. */
const sourceOf = ({ gt, input }: SetCase): string | null => gt ?? input;

/** Finds the person in one case; nothing is computed where the mask that is there is of the same picture. */
async function maskCase(
  context: BenchContext,
  entry: SetCase,
  { title, sha256: modelSha256 }: MaskEntry,
  signal: AbortSignal,
): Promise<void> {
  const id = sourceOf(entry) ?? '';
  const { pixels, sha256: from } = await decodeFile(context, id);
  const path = maskPath(entry);
  const known = context.files.get(path)?.record.automatic;
  if (known?.from === from && known.modelSha256 === modelSha256) return;
  const found = await callCancellable(context.app, signal, (api, jobId) =>
    api.personMask({ jobId, fileName: id, pixels }),
  );
  const { mask } = valueOrFail(found, id);
  if (!finds(mask)) throw new CaseFailure(`Nobody was found in “${id}”: it has no person mask.`);
  const png = valueOrFail(await context.pool.call((api) => api.encodeGrey(mask)), id);
  const automatic = { caseId: entry.id, modelTitle: title, modelSha256, from };
  await keepMade(context, path, png, mask, { automatic });
}

async function maskCases(
  context: BenchContext,
  cases: readonly SetCase[],
  network: MaskEntry,
  control: RunControl,
): Promise<void> {
  const people = cases.length === 1 ? 'the person in 1 case' : `people in ${cases.length} cases`;
  const progress = makeRunProgress(context, `Finding ${people}`, cases.length);
  for (const [index, entry] of cases.entries()) {
    await control.going();
    if (control.signal.aborted) break;
    try {
      await maskCase(context, entry, network, control.signal);
    } catch (caught) {
      if (!(caught instanceof CaseFailure)) throw caught;
      if (!control.signal.aborted) progress.failed(entry.id, '', caught.message);
    }
    progress.step();
    if (index % SHOW_EVERY === SHOW_EVERY - 1) pairAnew(context);
  }
  pairAnew(context);
  progress.end(control.signal.aborted ? 'idle' : 'done');
}

/**
 * Gives every case without a person mask one that a network finds in its ground truth, else in its
 * input. They are marked as automatic, and give way to masks that are added. Each is kept as soon as it is
 * made: what a closed page left undone is made when it is opened again.
 */
export async function makeMasks(context: BenchContext): Promise<void> {
  if (context.run !== null) return;
  const { app, survey } = context;
  // Starts the engine where it does not run: only then it is known which networks there are.
  await app.engine.call(async () => ({ ok: true, value: undefined }));
  const { engine } = app.store.state;
  const [network] = engine.status === 'ready' ? engine.masks : [];
  const cases = survey.cases.filter((entry) => entry.mask === null && sourceOf(entry) !== null);
  if (network === undefined) {
    app.store.notify('error', 'There is no network here that finds people.');
    return;
  }
  const control = makeRunControl();
  context.run = control;
  try {
    await keepSettings(context, { masking: true });
    await maskCases(context, cases, network, control);
  } finally {
    context.run = null;
    await keepSettings(context, { masking: false });
  }
}
