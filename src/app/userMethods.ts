import type { EngineApi } from '../protocol/engine.ts';
import type { ModelFiles, UserModel } from '../protocol/models.ts';
import { CLASSICAL_IDS } from '../protocol/models.ts';
import type { LoupeError, Result } from '../protocol/result.ts';
import type { StoredMethod, StoredModel } from '../storage/methodRecords.ts';
import type { AppContext } from './context.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { providerHere, readDeviceNotes } from './methodDevice.ts';
import { chosenMethod } from './methodRef.ts';
import { showMethods } from './methods.ts';
import type { MethodId } from './model.ts';
import { readFactsOfAll } from './modelFacts.ts';
import { forgetWaiting, readWaiting } from './waitingModels.ts';

const gone = (name: string): LoupeError => ({
  kind: 'model-load',
  message: `“${name}” is no longer in the browser’s storage. Drop the file again.`,
});

/** A model's files as they were kept. */
export async function filesOfModel(
  { storage }: Pick<AppContext, 'storage'>,
  model: StoredModel,
): Promise<Result<ModelFiles>> {
  const file = await storage.getFile('model', model.sha256);
  if (file === null) return { ok: false, error: gone(model.name) };
  const externalData = [];
  for (const { name, sha256 } of model.externalData) {
    const data = await storage.getFile('model', sha256);
    if (data === null) return { ok: false, error: gone(name) };
    externalData.push({ name, file: data });
  }
  return { ok: true, value: { name: model.name, file, externalData } };
}

function userModel(context: AppContext, model: StoredModel): UserModel {
  const { id, title, sha256, bytes, contract, facts, licence, training } = model;
  const provider = providerHere(context, id);
  return { id, title, sha256, bytes, contract, facts, licence, training, provider };
}

async function open(
  context: AppContext,
  api: EngineApi,
  method: StoredMethod,
): Promise<Result<unknown>> {
  if (method.kind === 'waiting-model') {
    return { ok: false, error: { kind: 'missing-file', message: method.message } };
  }
  if (method.kind === 'model') {
    const files = await filesOfModel(context, method);
    return files.ok ? api.openModel(userModel(context, method), files.value) : files;
  }
  const file = await context.storage.getFile('model', method.sha256);
  if (file === null) return { ok: false, error: gone(method.name) };
  return api.openLut(file, method.name);
}

/** Makes a method of the user known to the engine. What goes wrong is on its card from then on. */
export async function openMethod(
  context: AppContext,
  api: EngineApi,
  method: StoredMethod,
): Promise<Result<unknown>> {
  const opened = await open(context, api, method);
  if (opened.ok) context.methodFailures.delete(method.id);
  else context.methodFailures.set(method.id, opened.error.message);
  return opened;
}

/** Makes everything that the user brought known to a fresh engine; a method that fails says so. */
export async function reopenMethods(context: AppContext, api: EngineApi): Promise<void> {
  const { engine } = context.store.state;
  const builtIn = engine.status === 'ready' ? engine.models.map(({ id }) => id) : [];
  await readDeviceNotes(context, [...builtIn, ...context.methods.keys(), ...CLASSICAL_IDS]);
  await readFactsOfAll(context);
  for (const id of builtIn) {
    const provider = providerHere(context, id);
    if (provider !== null) await api.setProvider(id, provider);
  }
  for (const method of context.methods.values()) await openMethod(context, api, method);
  context.store.set({ selectedModelId: chosenMethod(context) });
  showMethods(context);
}

/** Reads which methods the user brought; the engine gets them when it starts. */
export async function readMethods(context: AppContext): Promise<void> {
  const { methods } = await context.storage.readWorkspace();
  for (const method of methods) context.methods.set(method.id, method);
  await readWaiting(context);
  showMethods(context);
}

/** Forgets a model or LUT file and frees its space; the outputs that it made stay. */
export async function removeMethod(context: AppContext, id: MethodId): Promise<void> {
  const method = context.methods.get(id);
  if (method === undefined) return;
  context.methods.delete(id);
  context.methodFailures.delete(id);
  context.deviceNotes.delete(id);
  forgetWaiting(context, method);
  if (context.store.state.selectedModelId === id) {
    context.store.set({ selectedModelId: null });
    context.store.set({ selectedModelId: chosenMethod(context) });
  }
  showMethods(context);
  await keep(context, `the removal of ${method.title}`, () => context.storage.removeMethod(method));
  await context.engine.call((api) => api.closeModel(id));
  await refreshStorageLine(context);
}

/** Forgets everything that the user brought, when the storage was cleared. */
export async function forgetMethods(context: AppContext): Promise<void> {
  const ids = [...context.methods.keys()];
  context.methods.clear();
  context.methodFailures.clear();
  context.waitingModels.length = 0;
  context.store.set({ selectedModelId: chosenMethod(context) });
  showMethods(context);
  for (const id of ids) await context.engine.call((api) => api.closeModel(id));
}
