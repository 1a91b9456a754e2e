import { proxy } from 'comlink';
import type { Rgba8 } from '../core/image/types.ts';
import { updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { engineInfo } from './device.ts';
import { callCancellable } from './engineCall.ts';
import type { JobProgress } from './jobs.ts';
import { noteParity, parityHere, providerHere } from './methodDevice.ts';
import { methodRef, methodTitle } from './methodRef.ts';
import type { MethodId, ParityOutcome } from './model.ts';
import { queueRestore } from './restore.ts';
import { describe } from './restoreRun.ts';

/** Side of the crop that both providers run on, in pixels. */
const CROP = 256;

/** The middle of a picture, at most `CROP` pixels a side. */
function middleOf({ width, height, data }: Rgba8): Rgba8 {
  const size = { width: Math.min(CROP, width), height: Math.min(CROP, height) };
  const left = Math.floor((width - size.width) / 2);
  const top = Math.floor((height - size.height) / 2);
  const crop = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    const start = ((top + y) * width + left) * 4;
    crop.set(data.subarray(start, start + size.width * 4), y * size.width * 4);
  }
  return { ...size, data: crop };
}

/** A crop of the input on screen; null where none is decoded: a built-in picture then serves. */
function cropHere(context: AppContext): Rgba8 | null {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const sha256 = record?.input?.sha256;
  const decoded = sha256 === undefined ? null : context.pictures.peek(sha256);
  return decoded === null ? null : middleOf(decoded.pixels);
}

const isBad = (verdict: ParityOutcome['verdict']): boolean =>
  verdict === 'differ' || verdict === 'failed';

/** Notes the verdict with every output that this model made here, and makes wrong ones anew. */
async function judgeOutputs(
  context: AppContext,
  id: MethodId,
  verdict: ParityOutcome['verdict'],
): Promise<void> {
  const adapter = engineInfo(context)?.adapter ?? null;
  for (const record of [...context.records.values()]) {
    let isWrong = false;
    const outputs = record.outputs.map((output) => {
      const { origin, method } = output;
      if (origin.kind === 'dropped' || method !== id) return output;
      const onDevice = origin.settings.provider === 'webgpu';
      if (onDevice && origin.adapter !== adapter) return output;
      isWrong ||= onDevice && isBad(verdict);
      return { ...output, origin: { ...origin, parity: verdict } };
    });
    if (outputs.every((output, i) => output === record.outputs[i])) continue;
    await updateCase(context, record.id, { outputs });
    if (isWrong && record.id === context.store.state.currentCaseId) {
      await queueRestore(context, record.id, { method: id, replaces: false, resumable: true });
    }
  }
}

async function check(
  context: AppContext,
  id: MethodId,
  asked: boolean,
  report: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const title = methodTitle(context, id);
  const result = await callCancellable(context, signal, (api, jobId) =>
    api.checkParity(
      { jobId, modelId: id, crop: cropHere(context), mask: null },
      proxy((progress) => report({ ...progress, detail: describe(progress) })),
    ),
  );
  if (!result.ok) {
    if (asked && result.error.kind !== 'cancelled') {
      context.store.notify('error', result.error.message);
    }
    return;
  }
  const outcome = result.value;
  // What came to no end says nothing against what was found before.
  const tells = outcome.verdict !== 'not-applicable' || providerHere(context, id) === null;
  if (tells) await noteParity(context, id, outcome);
  // Where networks run on WASM anyway, a wrong WebGPU is no news that anybody waits for.
  const isNews = isBad(outcome.verdict) && engineInfo(context)?.provider === 'webgpu';
  if (asked || isNews) {
    const severity = isBad(outcome.verdict) ? 'warning' : 'info';
    context.store.notify(severity, `${title}: ${outcome.sentence}`);
  }
  if (tells) await judgeOutputs(context, id, outcome.verdict);
}

/**
 * Checks, when nothing else is to be done, every network of the user that was not checked on this device.
 * Where there is no adapter there is nothing to compare. A built-in network is checked when it is asked
 * for: its tests run on both providers, and by itself it would fetch the other runtime on every first
 * visit.
 */
export function queueMissingParity(context: AppContext): void {
  if ((engineInfo(context)?.adapter ?? null) === null) return;
  for (const { kind, id } of context.methods.values()) {
    if (kind !== 'model' || context.methodFailures.has(id)) continue;
    if (parityHere(context, id) === null) queueParity(context, id, false);
  }
}

/**
 * Holds a model's WebGPU output against its WASM output.
 * @param asked false: when nothing else is to be done, and only what is wrong is said
 */
export function queueParity(context: AppContext, id: MethodId, asked: boolean): void {
  if (methodRef(context, id)?.kind !== 'model') {
    if (asked) {
      context.store.notify('info', 'Only networks run on two providers that can be compared.');
    }
    return;
  }
  const { jobs } = context;
  // What was to be done in a quiet moment is wanted now; what was asked for before stays.
  if (asked) jobs.dropBackground('parity');
  if (!jobs.isWaiting('parity', '', id) && !jobs.isRunning('parity', '', id)) {
    jobs.add({
      kind: 'parity',
      caseId: '',
      // By itself it keeps nobody from using the network or changing its contract.
      methodId: asked ? id : null,
      part: id,
      label: `Comparing WebGPU and WASM for ${methodTitle(context, id)}`,
      cancellable: true,
      background: !asked,
      run: (report, signal) => check(context, id, asked, report, signal),
    });
  }
  if (asked) queueMissingParity(context);
}
