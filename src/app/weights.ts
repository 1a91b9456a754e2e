import { hexOf } from '../core/bytes.ts';
import type { MetricNetwork, WeightKind } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredWorkspace } from '../storage/workspace.ts';
import type { AppContext } from './context.ts';
import { sha256Of } from './hash.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { LEARNED_METRICS, missingNetwork } from './learnedDefinitions.ts';
import type { LearnedMetricId, LearnedMetricView } from './model.ts';
import { showMore } from './more.ts';
import { sentenceOf } from './sentences.ts';

const NAMES = /\.(pth|pt)$/i;
/** What a checkpoint of old PyTorch begins with: a pickle of its magic number. */
const LEGACY = '80028a0a6cfc9c46f9206aa85019';
/** What a zip archive begins with; a checkpoint's first member is `<name>/data.pkl`. */
const ZIP = '504b0304';

/** Whether a file is a PyTorch checkpoint, by its name or by how it begins. */
export async function isWeightFile(file: File): Promise<boolean> {
  if (NAMES.test(file.name)) return true;
  // A file that cannot be read is no concern of this: its decoder says so, by name.
  const start = await file
    .slice(0, 256)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const bytes = new Uint8Array(start);
  const hex = hexOf(bytes);
  if (hex.startsWith(LEGACY)) return true;
  return hex.startsWith(ZIP) && new TextDecoder('latin1').decode(bytes).includes('/data.pkl');
}

/** The learned metrics as the page shows them. */
function showLearned(context: AppContext, building = false): void {
  const stored = context.networks.get('lpips');
  const waiting = context.weights.waiting?.file.name ?? null;
  let network: LearnedMetricView['network'] = missingNetwork(waiting);
  if (stored !== undefined) network = { status: 'ready', ...stored };
  if (building) network = { status: 'building' };
  context.store.set({
    learnedMetrics: [{ id: 'lpips', definition: LEARNED_METRICS.lpips, network }],
  });
}

/** A weight file that waits is kept, so that a reload does not lose it. */
async function setWaiting(
  context: AppContext,
  waiting: AppContext['weights']['waiting'],
): Promise<void> {
  const { weights, storage } = context;
  if (waiting === null && weights.waiting === null) return;
  weights.waiting = waiting;
  if (waiting === null) {
    await keep(context, 'the weights of LPIPS', () => storage.putWaiting('lpips', null));
    return;
  }
  const { file, kind } = waiting;
  const { name } = file;
  await keep(context, `“${name}”`, async () => {
    const sha256 = await sha256Of(file);
    await storage.putWaiting('lpips', { sha256, name, kind }, file);
  });
}

/** Brings back what the networks of metrics were when the page was closed. */
export async function openNetworks(context: AppContext, stored: StoredWorkspace): Promise<void> {
  for (const [id, network] of stored.networks) context.networks.set(id, network);
  const waiting = stored.waiting.get('lpips');
  if (waiting !== undefined) {
    const { sha256, name, kind } = waiting;
    const file = await context.storage.getFile('weights', sha256);
    if (file !== null) context.weights.waiting = { file: new File([file], name), kind };
  }
  showLearned(context);
}

async function take(context: AppContext, built: Result<MetricNetwork>, name: string) {
  if (!built.ok) {
    context.store.notify('error', sentenceOf(built.error, name));
    return;
  }
  const { onnx, ...rest } = built.value;
  const network = { ...rest, bytes: onnx.length };
  const before = context.networks.get('lpips');
  const kept = await keep(context, 'the LPIPS network', () =>
    context.storage.putNetwork('lpips', network, new Blob([onnx])),
  );
  if (kept && before !== undefined && before.sha256 !== network.sha256) {
    await context.storage.removeFile('network', before.sha256).catch(() => undefined);
  }
  context.networks.set('lpips', network);
  await setWaiting(context, null);
  context.store.notify('info', `LPIPS is ready, from ${sourcesOf(network)}.`);
  if (network.warning !== null) context.store.notify('warning', network.warning);
}

function sourcesOf({ sources }: Pick<MetricNetwork, 'sources'>): string {
  return sources.map(({ name }) => name).join(' and ');
}

const OTHER: Readonly<Record<WeightKind, string>> = {
  alexnet: 'holds AlexNet. LPIPS also needs its linear heads: drop alex.pth from LPIPS v0.1 too.',
  heads:
    'holds the linear heads of LPIPS. It also needs AlexNet: drop alexnet-owt-7be5be79.pth from torchvision too.',
};

/** Takes an exported network in as a metric; where it cannot be used, the answer says why. */
export async function takeMetric(context: AppContext, file: File): Promise<Result<void>> {
  const { name } = file;
  const opened = await context.engine.call((api) => api.openLpips({ file, name }));
  if (!opened.ok) return opened;
  await take(context, opened, name);
  await showNetworks(context);
  return { ok: true, value: undefined };
}

async function readOne(context: AppContext, file: File): Promise<void> {
  const { engine, store, weights } = context;
  const { name } = file;
  const kind = await engine.call((api) => api.identifyWeights({ file, name }));
  if (!kind.ok) {
    store.notify('error', sentenceOf(kind.error, name));
    return;
  }
  const first = weights.waiting;
  if (first === null || first.kind === kind.value) {
    await setWaiting(context, { file, kind: kind.value });
    return;
  }
  showLearned(context, true);
  const files = [
    { file: first.file, name: first.file.name },
    { file, name },
  ] as const;
  await take(context, await engine.call((api) => api.buildLpips(files)), name);
}

async function read(context: AppContext, files: readonly File[]): Promise<void> {
  for (const file of files) {
    await readOne(context, file);
    showLearned(context);
  }
  const { waiting } = context.weights;
  if (waiting !== null) {
    context.store.notify('info', `“${waiting.file.name}” ${OTHER[waiting.kind]}`);
  }
  await showNetworks(context);
}

/** Brings what hangs on the networks of metrics up to date. */
async function showNetworks(context: AppContext): Promise<void> {
  showLearned(context);
  await refreshStorageLine(context);
  const { currentCaseId } = context.store.state;
  if (currentCaseId !== null) await showMore(context, currentCaseId);
}

/** Takes weight files in, in whatever order they come; the first of two waits for the other. */
export function addWeights(context: AppContext, files: readonly File[]): void {
  const names = files.map(({ name }) => name).join(', ');
  context.jobs.add({
    kind: 'network',
    caseId: '',
    label: `Reading ${names}`,
    cancellable: false,
    run: () => read(context, files),
  });
}

/** Forgets the network of a metric, and a file that waits for the other one. */
export async function removeLearnedMetric(context: AppContext, id: LearnedMetricId): Promise<void> {
  const network = context.networks.get(id);
  await setWaiting(context, null);
  forgetNetworks(context);
  if (network !== undefined) {
    await keep(context, 'the removal of LPIPS', () =>
      context.storage.removeNetwork(id, network.sha256),
    );
  }
  await showNetworks(context);
}

/** As if no weight file had ever come. */
export function forgetNetworks(context: AppContext): void {
  context.networks.clear();
  context.weights.waiting = null;
  showLearned(context);
}
