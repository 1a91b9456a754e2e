import { proxy } from 'comlink';
import type { SetCase } from '../../core/dataset/survey.ts';
import { binariseMask, greyFromRgba } from '../../core/image/mask.ts';
import type { RestoreOutcome, RestoreSettings } from '../../protocol/engine.ts';
import type { MethodRef } from '../../protocol/models.ts';
import { callCancellable } from '../engineCall.ts';
import { methodRef, methodTitle } from '../methodRef.ts';
import type { MethodId } from '../modelsModel.ts';
import { restorationKey } from '../resultKeys.ts';
import { type BenchContext, makeRunControl, type RunControl, type RunMethod } from './context.ts';
import { CaseFailure, decodeFile, keepMade, valueOrFail } from './made.ts';
import { pairAnew } from './pairing.ts';
import { makeRunProgress } from './runProgress.ts';
import { keepSettings } from './settings.ts';

/** The page's lists are brought up to date after this many outputs. */
const SHOW_EVERY = 20;

const outputPath = (method: MethodId, entry: SetCase) => `made here/${method}/${entry.title}.png`;

interface Made {
  readonly outcome: RestoreOutcome | null;
  readonly settings: RestoreSettings;
}

/** Restores one input; nothing is computed where the output that is there was made from the same. */
async function restoreCase(
  context: BenchContext,
  entry: SetCase,
  method: MethodId,
  ref: MethodRef,
  signal: AbortSignal,
): Promise<Made> {
  const { app, files } = context;
  const inputId = entry.input ?? '';
  const input = await decodeFile(context, inputId);
  const mask = entry.mask === null ? null : await decodeFile(context, entry.mask);
  const settings = valueOrFail(
    await app.engine.call((api) => api.settingsFor(ref, mask?.sha256 ?? null)),
    inputId,
  );
  const from = restorationKey(input.sha256, settings);
  const path = outputPath(method, entry);
  if (files.get(path)?.record.made?.from === from) return { outcome: null, settings };
  const { pixels } = input;
  const seen =
    mask === null || settings.mask === undefined
      ? null
      : {
          pixels: binariseMask(greyFromRgba(mask.pixels), pixels.width, pixels.height),
          sha256: mask.sha256,
        };
  const outcome = valueOrFail(
    await callCancellable(app, signal, (api, jobId) =>
      api.restore(
        { jobId, fileName: inputId, method: ref, pixels, mask: seen },
        proxy(() => undefined),
      ),
    ),
    inputId,
  );
  const png = valueOrFail(
    await context.pool.call((api) => api.encodePng(outcome.pixels, null)),
    inputId,
  );
  await keepMade(context, path, png, pixels, { made: { method, caseId: entry.id, from } });
  return { outcome, settings };
}

function runNote(context: BenchContext, method: MethodId, { outcome, settings }: Made): RunMethod {
  const view = context.app.store.state.methods.find(({ id }) => id === method);
  const { engine } = context.app.store.state;
  const onDevice = settings.provider === 'webgpu' && engine.status === 'ready';
  const builtIn = engine.status === 'ready' ? engine.models.find(({ id }) => id === method) : null;
  const megapixels = outcome === null ? 0 : (outcome.pixels.width * outcome.pixels.height) / 1e6;
  return {
    title: methodTitle(context.app, method),
    sha256: settings.modelSha256 === '' ? null : settings.modelSha256,
    provider: settings.provider,
    adapter: onDevice ? engine.info.adapter : null,
    // A built-in model's file is looked into when its card is opened; the list says it always.
    parameters: view?.facts?.parameters ?? builtIn?.parameters ?? null,
    macs720p: view?.macs720p ?? null,
    secondsPerMegapixel:
      outcome === null
        ? (context.settings.runs[method]?.secondsPerMegapixel ?? null)
        : outcome.seconds / Math.max(megapixels, 1e-6),
  };
}

async function runOver(
  context: BenchContext,
  cases: readonly SetCase[],
  method: MethodId,
  ref: MethodRef,
  control: RunControl,
): Promise<void> {
  const title = methodTitle(context.app, method);
  const progress = makeRunProgress(
    context,
    `Running ${title} over ${cases.length} cases`,
    cases.length,
  );
  for (const [index, entry] of cases.entries()) {
    await control.going();
    if (control.signal.aborted) break;
    try {
      const made = await restoreCase(context, entry, method, ref, control.signal);
      if (made.outcome !== null || context.settings.runs[method] === undefined) {
        const runs = { ...context.settings.runs, [method]: runNote(context, method, made) };
        await keepSettings(context, { runs });
      }
    } catch (caught) {
      if (!(caught instanceof CaseFailure)) throw caught;
      if (!control.signal.aborted) progress.failed(entry.id, method, caught.message);
    }
    progress.step();
    if (index % SHOW_EVERY === SHOW_EVERY - 1) pairAnew(context);
  }
  pairAnew(context);
  progress.end(control.signal.aborted ? 'idle' : 'done');
}

/** Runs a method over all inputs of the set; its outputs join the set as that method's. */
export async function runOverSet(context: BenchContext, method: MethodId): Promise<void> {
  if (context.run !== null) return;
  const ref = methodRef(context.app, method);
  const cases = context.survey.cases.filter(({ input }) => input !== null);
  if (ref === null || cases.length === 0) {
    const why =
      ref === null
        ? `There is no method “${method}” any more.`
        : 'The set has no inputs to run a method on: drop a folder called “input”.';
    context.app.store.notify('error', why);
    return;
  }
  const control = makeRunControl();
  context.run = control;
  try {
    await keepSettings(context, { running: method });
    await runOver(context, cases, method, ref, control);
  } finally {
    context.run = null;
    await keepSettings(context, { running: null });
  }
}
