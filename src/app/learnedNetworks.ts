import { type LearnedMetricId, LPIPS_CONTRACT } from '../core/metrics/learned.ts';
import type { MetricNetwork } from '../protocol/learned.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredNetwork } from '../storage/records.ts';
import type { StoredWorkspace } from '../storage/workspace.ts';
import type { AppContext } from './context.ts';
import { callCancellable } from './engineCall.ts';
import { sha256Of } from './hash.ts';
import { keep, refreshStorageLine } from './keep.ts';
import {
  contractOf,
  LEARNED_METRICS,
  learnedDefinition,
  missingNetwork,
} from './learnedDefinitions.ts';
import type { LearnedMetricView } from './model.ts';
import { showMore } from './more.ts';
import { sentenceOf } from './sentences.ts';

/** LPIPS as the page shows it: it is there also where its network is not. */
function lpipsView(context: AppContext, building: boolean): LearnedMetricView {
  const stored = context.networks.get('lpips');
  const waiting = context.weights.waiting?.file.name ?? null;
  let network: LearnedMetricView['network'] = missingNetwork(waiting);
  if (stored !== undefined) network = { status: 'ready', ...stored };
  if (building) network = { status: 'building' };
  return { id: 'lpips', definition: LEARNED_METRICS.lpips, contract: LPIPS_CONTRACT, network };
}

/** Shows the learned metrics: LPIPS, then the others by their ids. */
export function showLearned(context: AppContext, building = false): void {
  const others = [...context.networks].flatMap(([id, stored]): LearnedMetricView[] => {
    const contract = contractOf(id, stored);
    if (id === 'lpips' || contract === null) return [];
    const definition = learnedDefinition(id, contract);
    return [{ id, definition, contract, network: { status: 'ready', ...stored } }];
  });
  context.store.set({ learnedMetrics: [lpipsView(context, building), ...others] });
}

/** A weight file that waits is kept, so that a reload does not lose it. */
export async function setWaiting(
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

const isLearnedId = (id: string): id is LearnedMetricId => id === 'lpips' || id.startsWith('onnx:');

/** Brings back what the networks of metrics were when the page was closed. */
export async function openNetworks(context: AppContext, stored: StoredWorkspace): Promise<void> {
  for (const [id, network] of stored.networks) {
    if (isLearnedId(id) && contractOf(id, network) !== null) context.networks.set(id, network);
  }
  const waiting = stored.waiting.get('lpips');
  if (waiting !== undefined) {
    const { sha256, name, kind } = waiting;
    const file = await context.storage.getFile('weights', sha256);
    if (file !== null) context.weights.waiting = { file: new File([file], name), kind };
  }
  showLearned(context);
}

/** Networks stand in the order in which storage gives them back: by their ids, LPIPS first. */
function putNetwork({ networks }: AppContext, id: LearnedMetricId, network: StoredNetwork): void {
  const all = [...networks.set(id, network)].sort(([a], [b]) => (a < b ? -1 : 1));
  networks.clear();
  for (const [known, one] of all) networks.set(known, one);
}

/** Keeps a network and says that it is ready, or what is wrong with its file. */
export async function takeNetwork(
  context: AppContext,
  built: Result<MetricNetwork>,
  name: string,
): Promise<void> {
  if (!built.ok) {
    context.store.notify('error', sentenceOf(built.error, name));
    return;
  }
  const { id, contract, onnx, ...rest } = built.value;
  const stated = id === 'lpips' ? {} : { contract };
  const network = { ...rest, ...stated, bytes: onnx.length };
  const title = id === 'lpips' ? 'LPIPS' : contract.title;
  const before = context.networks.get(id);
  const kept = await keep(context, `the network of ${title}`, () =>
    context.storage.putNetwork(id, network, new Blob([onnx])),
  );
  if (kept && before !== undefined && before.sha256 !== network.sha256) {
    await context.storage.removeFile('network', before.sha256).catch(() => undefined);
  }
  putNetwork(context, id, network);
  if (id === 'lpips') await setWaiting(context, null);
  const from = network.sources.map((source) => source.name).join(' and ');
  context.store.notify('info', `${title} is ready, from ${from}.`);
  if (network.warning !== null) context.store.notify('warning', network.warning);
}

/** Takes a dropped network in as a metric; where it cannot be used, the answer says why. */
export async function takeMetric(
  context: AppContext,
  file: File,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { name } = file;
  const opened = await callCancellable(context, signal, (api, jobId) =>
    api.openMetric({ file, name }, jobId),
  );
  if (!opened.ok) return opened;
  await takeNetwork(context, opened, name);
  await showNetworks(context);
  return { ok: true, value: undefined };
}

/** Brings what hangs on the networks of metrics up to date. */
export async function showNetworks(context: AppContext): Promise<void> {
  showLearned(context);
  await refreshStorageLine(context);
  const { currentCaseId } = context.store.state;
  if (currentCaseId !== null) await showMore(context, currentCaseId);
}

/** Forgets the network of a metric; with LPIPS' a file that waits for the other one. */
export async function removeLearnedMetric(context: AppContext, id: LearnedMetricId): Promise<void> {
  const network = context.networks.get(id);
  if (id === 'lpips') await setWaiting(context, null);
  context.networks.delete(id);
  if (network !== undefined) {
    const title = contractOf(id, network)?.title ?? id;
    await keep(context, `the removal of ${title}`, () =>
      context.storage.removeNetwork(id, network.sha256),
    );
  }
  await showNetworks(context);
}

/** As if no network and no weight file had ever come. */
export function forgetNetworks(context: AppContext): void {
  context.networks.clear();
  context.weights.waiting = null;
  showLearned(context);
}
