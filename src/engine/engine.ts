import type { EngineApi } from '../protocol/engine.ts';
import type { VisitorApi } from '../protocol/visitor.ts';
import { toBitmap } from './bitmap.ts';
import { checkDeviceHere } from './checkDevice.ts';
import { runErrorMap, runMapPeak } from './errorMap.ts';
import { Failure, settle } from './failure.ts';
import { runWeakFlash } from './flash.ts';
import { Lifecycle } from './lifecycle.ts';
import { runMeasure, runMeasureRegion, runNiqe } from './measureJobs.ts';
import { Methods } from './methods.ts';
import { Mixer } from './mix.ts';
import { buildLpips, identifyWeights, MetricNetworks } from './networks.ts';
import { PersonMasks } from './personMask.ts';
import { Trials, type TrialWorker } from './trials.ts';

type MethodApi = Pick<
  EngineApi,
  | 'settingsFor'
  | 'restore'
  | 'nameOutput'
  | 'openModel'
  | 'closeModel'
  | 'setProvider'
  | 'openLut'
  | 'inspectModel'
  | 'tryContract'
  | 'modelFacts'
  | 'checkParity'
>;

type MetricApi = Pick<
  EngineApi,
  | 'measure'
  | 'measureRegion'
  | 'niqe'
  | 'errorMap'
  | 'mapPeak'
  | 'checkDevice'
  | 'identifyWeights'
  | 'buildLpips'
  | 'openMetric'
  | 'learned'
>;

function methodApi(life: Lifecycle, methods: () => Methods, trials: Trials): MethodApi {
  return {
    settingsFor: (method, maskSha256 = null) =>
      settle(async () => methods().settingsFor(method, maskSha256)),
    restore: (job, onProgress, onPreview) =>
      life.queued(job.jobId, (_, control) =>
        methods().restore(job, { onProgress, onPreview }, control),
      ),
    nameOutput: (handle, sha256) => settle(async () => methods().nameOutput(handle, sha256)),
    openModel: (model, files) =>
      life.queued(`open ${model.id}`, async () => {
        await methods().pool.forget(model.id);
        return methods().openModel(model, files);
      }),
    closeModel: (id) => life.queued(`close ${id}`, () => methods().close(id)),
    setProvider: (id, provider) => settle(async () => methods().setProvider(id, provider)),
    openLut: (file, fileName) => settle(() => methods().openLut(file, fileName)),
    inspectModel: (files, jobId, onProgress) => trials.run(jobId, files, null, onProgress),
    tryContract: async (files, contract, jobId) => {
      const tried = await trials.run(jobId, files, contract, () => undefined);
      return tried.ok ? { ok: true, value: tried.value.warnings } : tried;
    },
    modelFacts: (modelId) => settle(() => methods().facts(modelId)),
    checkParity: (job, onProgress) =>
      settle(async () => methods().checkParity(job, trials, onProgress)),
  };
}

function metricApi(life: Lifecycle, networks: MetricNetworks): MetricApi {
  return {
    measure: (job) =>
      life.queued(job.jobId, ({ meter }, control) => runMeasure(meter, job, control)),
    measureRegion: (job) =>
      life.queued(job.jobId, ({ meter }, control) => runMeasureRegion(meter, job, control)),
    niqe: (job) => life.queued(job.jobId, async () => runNiqe(job)),
    errorMap: (job) => life.queued(job.jobId, ({ maps }) => runErrorMap(maps, job)),
    mapPeak: (job) => life.queued(job.jobId, ({ maps }) => runMapPeak(maps, job)),
    checkDevice: (jobId, metrics) =>
      life.queued(jobId, ({ gpu }, control) => checkDeviceHere(gpu, metrics, control)),
    identifyWeights: (file) => settle(() => identifyWeights(file)),
    buildLpips: (files) => settle(() => buildLpips(files)),
    openMetric: (file, jobId) => life.queued(jobId, () => networks.openMetric(file)),
    learned: (job) => life.queued(job.jobId, (_, control) => networks.learned(job, control)),
  };
}

/** What is made once for a device, when it is first needed. */
interface VisitorParts {
  readonly mixer: Mixer;
  readonly masks: PersonMasks;
}

function visitorApi(life: Lifecycle, parts: () => VisitorParts): VisitorApi {
  return {
    personMask: (job) => life.queued(job.jobId, (_, control) => parts().masks.find(job, control)),
    mixStrength: (job, strength) => life.beside(() => parts().mixer.mix(job, strength)),
    holdMix: (job) => settle(async () => parts().mixer.hold(job)),
    previewMix: (key, strength) =>
      life.beside(async () => {
        const mixed = await parts().mixer.preview(key, strength);
        return mixed && toBitmap(mixed.pixels, mixed.profile);
      }),
    simulateWeakFlash: (job) => life.beside(({ gpu }) => runWeakFlash(gpu, job)),
  };
}

function noTrials(): never {
  throw new Failure('model-load', 'This engine has no worker to try models in.');
}

/**
 * The engine: one device, one ONNX Runtime, one queue.
 * @param openTrial starts a worker in which one stranger's model is tried; without it none can be
 */
export function makeEngine(openTrial: () => TrialWorker = noTrials): EngineApi {
  const life = new Lifecycle();
  const trials = new Trials(openTrial);
  let made: Methods | null = null;
  const methods = (): Methods => {
    const running = life.current();
    made ??= new Methods(running);
    return made;
  };
  let visitor: VisitorParts | null = null;
  const visitorParts = (): VisitorParts => {
    const running = life.current();
    const ort = () => methods().pool.ort(running.info.provider);
    visitor ??= { mixer: new Mixer(running.gpu), masks: new PersonMasks(running, ort) };
    return visitor;
  };
  const networks = new MetricNetworks(async () => methods().pool.ort(life.current().info.provider));
  return {
    start: (choice, manifestUrl) =>
      settle(async () => {
        const { info, models, masks } = await life.start(choice, manifestUrl);
        return { info, models, masks };
      }),
    ...methodApi(life, methods, trials),
    ...metricApi(life, networks),
    ...visitorApi(life, visitorParts),
    transferCounters: () => settle(async () => life.current().transfers()),
    cancel: async (jobId) => {
      life.cancel(jobId);
      trials.cancel(jobId);
    },
  };
}
