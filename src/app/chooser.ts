import type { Rgba8 } from '../core/image/types.ts';
import type { StoredCase } from '../storage/records.ts';
import { type ContentHints, contentHints, guessFromContent } from './contentGuess.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';
import { sameScene, sceneOf } from './sameScene.ts';
import { revokeSoon } from './show.ts';
import { sameAspect } from './sizeRules.ts';

/** A file whose name does not tell its role. */
export interface LooseFile {
  readonly file: File;
  readonly stem: string;
  /** Where it is called like an open case and something more: that case, and what may be a method. */
  readonly outputOf?: { readonly stem: string; readonly method: string };
}

export interface Asked extends LooseFile {
  readonly hints: ContentHints;
}

/** The files that wait in the chooser, by the id the screen knows them by. */
const waiting = new WeakMap<AppContext, Map<string, LooseFile>>();

function waitingIn(context: AppContext): Map<string, LooseFile> {
  const known = waiting.get(context);
  if (known !== undefined) return known;
  const fresh = new Map<string, LooseFile>();
  waiting.set(context, fresh);
  return fresh;
}

async function inputOf(context: AppContext): Promise<{ record: StoredCase; pixels: Rgba8 } | null> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record?.input == null) return null;
  const loaded = await context.pictures.load('picture', record.input);
  return loaded.ok ? { record, pixels: loaded.value.pixels } : null;
}

/**
 * Whether a single unclear picture may belong to the case on screen: a black and white one of its
 * shape may be its mask, one of its size that shows the same scene its ground truth or output. Any
 * other picture is simply a new input, and nobody is asked.
 */
export async function askedAbout(
  context: AppContext,
  pixels: Rgba8,
  hints: ContentHints,
): Promise<boolean> {
  const open = await inputOf(context);
  if (open === null) return false;
  const { record } = open;
  const { width, height } = open.pixels;
  const named = (size: { width: number; height: number }) => ({ name: '', ...size });
  if (hints.twoLevel && record.mask === null) {
    return sameAspect(named(pixels), named({ width, height }));
  }
  return (
    pixels.width === width &&
    pixels.height === height &&
    sameScene(hints.scene, sceneOf(open.pixels))
  );
}

/** Opens the chooser for files whose roles nothing tells, each with its likeliest role. */
export async function ask(context: AppContext, files: readonly Asked[]): Promise<void> {
  if (files.length === 0) return;
  const open = await inputOf(context);
  const hints = files.map((file) => file.hints);
  if (open !== null) hints.push(contentHints(open.pixels));
  const entries = files.map((file) => {
    const id = newId();
    const { hints: _, ...loose } = file;
    waitingIn(context).set(id, loose);
    return {
      id,
      name: file.file.name,
      previewUrl: URL.createObjectURL(file.file),
      width: file.hints.width,
      height: file.hints.height,
      guess: guessFromContent(
        file.hints,
        hints.filter((other) => other !== file.hints),
      ),
    };
  });
  context.store.set({ unclear: [...context.store.state.unclear, ...entries] });
}

/** Takes a file out of the chooser; null where it is not there any more. */
export function takeFromChooser(context: AppContext, id: string): LooseFile | null {
  const file = waitingIn(context).get(id) ?? null;
  waitingIn(context).delete(id);
  const entry = context.store.state.unclear.find((candidate) => candidate.id === id);
  if (entry !== undefined) revokeSoon(entry.previewUrl);
  context.store.set({ unclear: context.store.state.unclear.filter((other) => other.id !== id) });
  return file;
}

/** Closes the chooser and leaves all its files out. */
export function emptyChooser(context: AppContext): void {
  for (const { id } of [...context.store.state.unclear]) takeFromChooser(context, id);
}
