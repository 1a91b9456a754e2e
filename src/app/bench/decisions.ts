import type { Correction, SetPlace } from '../../core/dataset/survey.ts';
import { keepFromBench } from '../remarks.ts';
import type { BenchContext } from './context.ts';
import { pairAnew } from './pairing.ts';
import { DEFAULT_SETTINGS, keepSettings } from './settings.ts';
import { NO_RUN } from './store.ts';

/*
 * What the user decides about the files of the set; everything is paired anew after each.
 */

export async function correct(
  context: BenchContext,
  fileIds: readonly string[],
  correction: Correction,
): Promise<void> {
  const corrections = { ...context.settings.corrections };
  for (const id of fileIds) corrections[id] = { ...corrections[id], ...correction };
  await keepSettings(context, { corrections });
  pairAnew(context);
}

const outputsOf = ({ survey }: BenchContext, method: string): string[] =>
  [...survey.cases, ...survey.strays].flatMap(({ outputs }) => outputs[method] ?? []);

/** Gives every output of a method another role or method name. */
export async function moveMethod(
  context: BenchContext,
  method: string,
  place: SetPlace,
): Promise<void> {
  await correct(context, outputsOf(context, method), { place });
}

export async function removeMethod(context: BenchContext, method: string): Promise<void> {
  const ids = outputsOf(context, method);
  for (const id of ids) context.files.delete(id);
  await context.storage.removeFiles(ids);
  const runs = { ...context.settings.runs };
  delete runs[method];
  await keepSettings(context, { runs });
  pairAnew(context);
}

export async function hideMethod(
  context: BenchContext,
  method: string,
  hidden: boolean,
): Promise<void> {
  const others = context.settings.hidden.filter((own) => own !== method);
  await keepSettings(context, { hidden: hidden ? [...others, method] : others });
  pairAnew(context);
}

export async function clear(context: BenchContext): Promise<void> {
  context.run?.cancel();
  await keepFromBench(context.app, context.settings.remarks);
  await context.storage.clear();
  context.files.clear();
  context.scores.clear();
  context.imports.clear();
  context.settings = DEFAULT_SETTINGS;
  context.store.set({ run: NO_RUN, needsPermission: false });
  pairAnew(context);
}
