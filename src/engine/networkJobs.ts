import { shrinkTo } from '../core/image/shrink.ts';
import { maxBindingBytes } from '../gpu/rows.ts';
import type { RestorationSession } from '../models/session.ts';
import type {
  ModelEntry,
  Progress,
  RestoreJob,
  RestoreOutcome,
  RestoreSettings,
} from '../protocol/engine.ts';
import { toBitmap } from './bitmap.ts';
import type { Running } from './boot.ts';
import { makeCpuTiles } from './cpuTiles.ts';
import type { DeviceOutputs } from './deviceOutputs.ts';
import { Failure } from './failure.ts';
import { makeGpuTiles } from './gpuTiles.ts';
import { type ImageContract, seesPerson, type TransformContract } from './imageContract.ts';
import type { ModelRegistry } from './modelRegistry.ts';
import { makeStepProgress } from './progress.ts';
import { type ProviderDecision, providerFor } from './provider.ts';
import type { JobControl } from './queue.ts';
import { RESTORE_PIPELINE_VERSION, restorePicture } from './restore.ts';
import type { SessionPool } from './sessionPool.ts';
import { type TileBudget, tileBudget, tilesFor, tilingWarning } from './tilePlan.ts';
import { changeFor } from './transformJobs.ts';
import { hasHalf, twinOf } from './twin.ts';
import { changePicture } from './wholePicture.ts';

/** The device's memory in GiB, from browsers that tell; see `Machine`. */
function deviceMemory(): number | null {
  // Node has no navigator.
  const here: Partial<Navigator & { readonly deviceMemory: number }> = globalThis.navigator ?? {};
  return here.deviceMemory ?? null;
}

/** How a model is run here and now. */
interface Plan extends ProviderDecision {
  readonly entry: ModelEntry;
  readonly budget: TileBudget;
}

type Host = Pick<Running, 'info' | 'gpu'>;

function planFor({ info, gpu }: Host, registry: ModelRegistry, modelId: string): Plan {
  const { entry: known, provider: tied } = registry.get(modelId);
  const half = hasHalf(gpu);
  const decision = providerFor(info, known, tied, half);
  const entry = decision.provider === 'webgpu' && half ? twinOf(known) : known;
  const machine = {
    provider: decision.provider,
    softwareAdapter: info.softwareAdapter,
    bindingBytes: gpu ? maxBindingBytes(gpu.device) : null,
    memory: deviceMemory(),
  };
  return { ...decision, entry, budget: tileBudget(entry, machine) };
}

function settingsOf({ entry, provider, budget }: Plan, maskSha256: string | null): RestoreSettings {
  const common = {
    modelId: entry.id,
    modelSha256: entry.sha256,
    provider,
    tileSize: budget.size,
    tileOverlap: budget.overlap,
    pipelineVersion: RESTORE_PIPELINE_VERSION,
  };
  const { contract, source } = entry;
  const seen = !seesPerson(contract) || maskSha256 === null ? {} : { mask: maskSha256 };
  if (source.kind === 'built-in') return { ...common, ...seen };
  const { wholePixels } = budget;
  return { ...common, ...seen, contract, ...(wholePixels === null ? {} : { wholePixels }) };
}

/** What `restore` of this model would use now. @throws {Failure} `model-load` */
export function networkSettings(
  running: Host,
  registry: ModelRegistry,
  modelId: string,
  maskSha256: string | null,
): RestoreSettings {
  return settingsOf(planFor(running, registry, modelId), maskSha256);
}

/** Who is told of a restoration while it runs. */
export interface RestoreEvents {
  readonly onProgress: (progress: Progress) => void;
  readonly onPreview?: ((bitmap: ImageBitmap) => void) | undefined;
}

/** What networks are run with. */
export interface NetworkHost {
  readonly registry: ModelRegistry;
  readonly pool: SessionPool;
  readonly outputs: DeviceOutputs | null;
}

function requireMask({ fileName, pixels, mask }: RestoreJob): void {
  if (!mask) return;
  const { width, height } = mask.pixels;
  if (width === pixels.width && height === pixels.height) return;
  throw new Failure(
    'size-mismatch',
    `${fileName} is ${pixels.width}×${pixels.height}, its mask ${width}×${height}. Use a mask of the same size.`,
  );
}

function warningsFor({ entry }: Plan, { fileName, mask }: RestoreJob, tiles: number): string[] {
  const warnings: string[] = [];
  if (seesPerson(entry.contract) && !mask) {
    warnings.push(
      `${entry.title} takes a person mask and ${fileName} has none: it was told that the person is everywhere.`,
    );
  }
  const cut = tilingWarning(entry, tiles);
  return cut === null ? warnings : [...warnings, cut];
}

interface Loaded {
  readonly session: RestorationSession;
  readonly loadSeconds: number;
}

/** The session for tiles of this size. */
async function load(
  { registry, pool }: NetworkHost,
  { entry, provider }: Plan,
  size: { readonly width: number; readonly height: number },
  onProgress: (progress: Progress) => void,
): Promise<Loaded> {
  const loading = performance.now();
  const { files } = registry.get(entry.id);
  const session = await pool.get({ entry, files, provider, ...size }, onProgress);
  return { session, loadSeconds: (performance.now() - loading) / 1000 };
}

/** A network that gives a LUT or a grid, which is then applied at full size. */
async function restoreByTransform(
  { gpu }: Running,
  host: NetworkHost,
  plan: Plan & { readonly contract: TransformContract },
  job: RestoreJob,
  onProgress: (progress: Progress) => void,
  control: JobControl,
): Promise<RestoreOutcome> {
  const { entry, contract, provider } = plan;
  const { pixels: picture, fileName } = job;
  const [height, width] = contract.input.fixedSize ?? [picture.height, picture.width];
  const { session, loadSeconds } = await load(host, plan, { width, height }, onProgress);
  await control.checkpoint();
  const progress = makeStepProgress('restoring', 1, onProgress);
  const started = performance.now();
  const device = provider === 'webgpu' ? (gpu?.device ?? null) : null;
  const task = { title: entry.title, fileName, contract, session, device };
  const change = await changeFor(task, { picture, mask: null });
  await control.checkpoint();
  const { pixels, buffer } = await changePicture(device && gpu, picture, change);
  progress(1);
  return {
    pixels,
    settings: settingsOf(plan, null),
    warnings: [],
    providerReason: plan.reason,
    handle: buffer && (host.outputs?.keep(pixels, buffer) ?? null),
    seconds: (performance.now() - started) / 1000,
    loadSeconds,
    tiles: 1,
  };
}

type ImagePlan = Plan & { readonly contract: ImageContract };

/** A picture tile by tile. */
async function restoreTiles(
  { gpu }: Running,
  host: NetworkHost,
  plan: ImagePlan,
  { pixels: picture, fileName, mask }: Pick<RestoreJob, 'pixels' | 'fileName' | 'mask'>,
  onProgress: (progress: Progress) => void,
  control: JobControl,
) {
  const { entry, contract, provider, budget } = plan;
  const tiles = tilesFor(contract, budget, picture.width, picture.height);
  const [{ width, height } = { width: 0, height: 0 }] = tiles;
  const { session, loadSeconds } = await load(host, plan, { width, height }, onProgress);
  await control.checkpoint();
  const subject = { picture, mask: seesPerson(contract) ? (mask?.pixels ?? null) : null };
  const makeRunner = () =>
    provider === 'webgpu' && gpu
      ? makeGpuTiles(gpu, session, contract, subject)
      : makeCpuTiles(session, contract, subject);
  const task = { fileName, title: entry.title, provider, tiles, makeRunner, onProgress };
  return { ...(await restorePicture(task, control)), loadSeconds, tiles: tiles.length };
}

/** Longer side of the copy that a preview restores. */
const PREVIEW_SIDE = 512;

/**
 * The same network over a small copy, which has the same thumbnail: light and colour are those of the
 * restoration that follows, noise and detail are not.
 */
async function showPreview(
  running: Running,
  host: NetworkHost,
  plan: ImagePlan,
  { pixels, fileName, profile }: RestoreJob,
  { onProgress, onPreview }: RestoreEvents,
  control: JobControl,
): Promise<void> {
  const small = shrinkTo(pixels, PREVIEW_SIDE);
  if (!onPreview || small === pixels) return;
  const loading = (progress: Progress): void => {
    if (progress.stage !== 'restoring') onProgress(progress);
  };
  const job = { fileName, pixels: small };
  const restored = await restoreTiles(running, host, plan, job, loading, control);
  restored.buffer?.destroy();
  onPreview(await toBitmap(restored.pixels, profile));
}

async function restoreImage(
  running: Running,
  host: NetworkHost,
  plan: ImagePlan,
  job: RestoreJob,
  events: RestoreEvents,
  control: JobControl,
): Promise<RestoreOutcome> {
  if (job.preview && !seesPerson(plan.contract)) {
    await showPreview(running, host, plan, job, events, control);
  }
  const restored = await restoreTiles(running, host, plan, job, events.onProgress, control);
  const { pixels, seconds, buffer, warnings, loadSeconds, tiles } = restored;
  return {
    pixels,
    settings: settingsOf(plan, job.mask?.sha256 ?? null),
    warnings: [...warningsFor(plan, job, tiles), ...warnings],
    providerReason: plan.reason,
    handle: buffer && (host.outputs?.keep(pixels, buffer) ?? null),
    seconds,
    loadSeconds,
    tiles,
  };
}

/**
 * A picture through a network.
 * @throws {Failure} `model-load`, `model-run`, `size-mismatch`; `cancelled` between tiles
 */
export async function restoreWithNetwork(
  running: Running,
  host: NetworkHost,
  modelId: string,
  job: RestoreJob,
  events: RestoreEvents,
  control: JobControl,
): Promise<RestoreOutcome> {
  requireMask(job);
  const plan = planFor(running, host.registry, modelId);
  const { contract } = plan.entry;
  const { output } = contract;
  return output.kind === 'image'
    ? restoreImage(
        running,
        host,
        { ...plan, contract: { ...contract, output } },
        job,
        events,
        control,
      )
    : restoreByTransform(
        running,
        host,
        { ...plan, contract: { ...contract, output } },
        job,
        events.onProgress,
        control,
      );
}
