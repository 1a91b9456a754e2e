import type { StoredFile, StoredMethod, StoredWaitingModel } from '../storage/methodRecords.ts';
import type { AppContext } from './context.ts';
import { sha256Of } from './hash.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { showMethods } from './methods.ts';
import type { DroppedModel } from './modelFiles.ts';

/*
 * Models whose weights lie in a file that was not dropped with them: they are kept, and taken up when
 * that file comes, in this visit or a later one.
 */

const idOf = (sha256: string): string => `waiting-${sha256.slice(0, 12)}`;

/**
 * Keeps a model until its files come.
 * @param message which file is missing
 */
export async function letWait(
  context: AppContext,
  { file, externalData }: DroppedModel,
  message: string,
): Promise<void> {
  const files = new Map<string, Blob>();
  const stored: StoredFile[] = [];
  for (const each of [file, ...externalData]) {
    const sha256 = await sha256Of(each);
    files.set(sha256, each);
    stored.push({ name: each.name, sha256, bytes: each.size });
  }
  const [own, ...data] = stored;
  if (own === undefined) return;
  const model: StoredWaitingModel = {
    kind: 'waiting-model',
    ...own,
    id: idOf(own.sha256),
    title: own.name,
    addedAt: Date.now(),
    externalData: data,
    message,
  };
  context.methods.set(model.id, model);
  await keep(context, `“${own.name}”`, () => context.storage.putMethod(model, files));
  showMethods(context);
  await refreshStorageLine(context);
}

/** Reads the models that wait, so that the next drop can hold what they wait for. */
export async function readWaiting(context: AppContext): Promise<void> {
  const { storage, methods, waitingModels } = context;
  const read = async ({ name, sha256 }: StoredFile): Promise<File[]> => {
    const blob = await storage.getFile('model', sha256);
    return blob === null ? [] : [new File([blob], name)];
  };
  for (const method of methods.values()) {
    if (method.kind !== 'waiting-model') continue;
    const [file] = await read(method);
    if (file === undefined) continue;
    const externalData = (await Promise.all(method.externalData.map(read))).flat();
    waitingModels.push({ file, externalData });
  }
}

/** A model waits no longer. @param sha256 of its own file */
export async function endWaiting(context: AppContext, sha256: string): Promise<void> {
  const method = context.methods.get(idOf(sha256));
  if (method === undefined) return;
  context.methods.delete(method.id);
  await keep(context, `“${method.name}”`, () => context.storage.removeMethod(method));
}

/** The user took a model out: what it waited for, should it come, is no concern of it any more. */
export function forgetWaiting(
  { waitingModels }: Pick<AppContext, 'waitingModels'>,
  { kind, name }: StoredMethod,
): void {
  if (kind !== 'waiting-model') return;
  const left = waitingModels.filter(({ file }) => file.name !== name);
  waitingModels.splice(0, waitingModels.length, ...left);
}
