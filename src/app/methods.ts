import type { EngineInfo, ModelEntry, ModelTwin } from '../protocol/engine.ts';
import type { StoredLut, StoredModel, StoredWaitingModel } from '../storage/methodRecords.ts';
import { classicalMethods, PIXEL_RULE } from './classical.ts';
import type { AppContext } from './context.ts';
import { engineInfo } from './device.ts';
import type { MethodStatus, MethodView } from './model.ts';
import type { MethodTwin } from './modelsModel.ts';

const NETWORK_RULE =
  'Multiply-accumulates of convolutions, matrix products and attention, counted over the graph’s shapes for one 1280×720 frame.';
type Known = Pick<MethodView, 'providerSentence' | 'parity' | 'secondsPerMegapixel' | 'measuredOn'>;

function knownHere({ deviceNotes }: AppContext, id: string): Known {
  const notes = deviceNotes.get(id);
  return {
    providerSentence: notes?.providerReason ?? null,
    parity: notes?.parity ?? null,
    secondsPerMegapixel: notes?.secondsPerMegapixel ?? null,
    measuredOn: notes?.measuredOn ?? null,
  };
}

const twinOf = ({ url, bytes, sha256 }: ModelTwin): MethodTwin => ({
  fileName: url.slice(url.lastIndexOf('/') + 1),
  bytes,
  sha256,
});

function builtIn(context: AppContext, model: ModelEntry, info: EngineInfo): MethodView {
  const { id, title, sha256, bytes, licence, training, macs720p, contract } = model;
  const known = knownHere(context, id);
  return {
    id,
    title,
    kind: 'built-in',
    status: { status: 'ready' },
    sentence: null,
    fileName: null,
    sha256,
    bytes,
    twin: model.fp16 && twinOf(model.fp16),
    licence,
    training,
    card: model.card,
    facts: model.facts ?? context.facts.get(sha256) ?? null,
    macs720p,
    macsRule: NETWORK_RULE,
    contract,
    guesses: [],
    warnings: [],
    ...known,
    providerSentence: known.providerSentence ?? info.reason,
    removable: false,
  };
}

const statusOf = (context: AppContext, id: string): MethodStatus => {
  const message = context.methodFailures.get(id);
  return message === undefined ? { status: 'ready' } : { status: 'failed', message };
};

function userModel(context: AppContext, model: StoredModel): MethodView {
  const { id, title, name, sha256, licence, training, facts, contract, guesses } = model;
  return {
    id,
    title,
    kind: 'user-model',
    status: statusOf(context, id),
    sentence: null,
    fileName: name,
    sha256,
    bytes: model.externalData.reduce((sum, file) => sum + file.bytes, model.bytes),
    twin: null,
    licence,
    training,
    card: null,
    facts,
    macs720p: facts.macs720p,
    macsRule: NETWORK_RULE,
    contract,
    guesses,
    warnings: model.warnings,
    ...knownHere(context, id),
    removable: true,
  };
}

const NO_NETWORK = {
  sentence: null,
  twin: null,
  licence: null,
  training: null,
  card: null,
  facts: null,
  contract: null,
  guesses: [],
  warnings: [],
} as const;

/** Of a network that nothing is known of yet. */
const NOT_RUN = {
  macs720p: null,
  macsRule: NETWORK_RULE,
  providerSentence: null,
  parity: null,
  secondsPerMegapixel: null,
  measuredOn: null,
} as const;

function lut(
  context: AppContext,
  { id, title, name, sha256, bytes, macs720p }: StoredLut,
): MethodView {
  return {
    ...NO_NETWORK,
    id,
    title,
    kind: 'lut',
    status: statusOf(context, id),
    fileName: name,
    sha256,
    bytes,
    macs720p,
    macsRule: PIXEL_RULE,
    ...knownHere(context, id),
    removable: true,
  };
}

/** A model that waits for the file its weights lie in. */
function waiting({ id, title, name, sha256, bytes, message }: StoredWaitingModel): MethodView {
  return {
    ...NO_NETWORK,
    ...NOT_RUN,
    id,
    title,
    kind: 'user-model',
    status: { status: 'failed', message },
    fileName: name,
    sha256,
    bytes,
    removable: true,
  };
}

/** A file that is being read as a model. */
function opening([name, detail]: readonly [string, string]): MethodView {
  return {
    ...NO_NETWORK,
    ...NOT_RUN,
    id: `opening ${name}`,
    title: name,
    kind: 'user-model',
    status: { status: 'opening', detail },
    fileName: name,
    sha256: null,
    bytes: null,
    removable: false,
  };
}

/** The cards of all methods: built-in networks, the user's, LUT files, classical methods. */
export function showMethods(context: AppContext): void {
  const { engine } = context.store.state;
  const info = engineInfo(context);
  const models = engine.status === 'ready' ? engine.models : [];
  const own = [...context.methods.values()];
  const methods: MethodView[] = [
    ...(info === null ? [] : models.map((model) => builtIn(context, model, info))),
    ...own.flatMap((method) => (method.kind === 'model' ? [userModel(context, method)] : [])),
    ...own.flatMap((method) => (method.kind === 'waiting-model' ? [waiting(method)] : [])),
    ...[...context.opening].map(opening),
    ...own.flatMap((method) => (method.kind === 'lut' ? [lut(context, method)] : [])),
    ...classicalMethods().map((method) => ({ ...method, ...knownHere(context, method.id) })),
  ];
  context.store.set({ methods });
}
