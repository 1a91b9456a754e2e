import { type Accessor, createSignal } from 'solid-js';
import type { MaskCommands, MaskPlace } from '../../app/model.ts';
import type { Gray8 } from '../../core/image/types.ts';
import { type MaskEdit, replaceEdit } from '../../core/inspect/maskEdit.ts';
import { joined, type MaskHistory, makeMaskHistory } from '../../core/inspect/maskHistory.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { type MaskTint, makeMaskTint } from './tint.ts';

/** Numbers are measured anew when no stroke has followed for this long. */
const REST_MS = 700;

/** One mask while it is painted: its history, its picture, and that nothing of it is lost. */
export interface MaskSession {
  readonly place: MaskPlace;
  readonly mask: Gray8;
  readonly tint: MaskTint | null;
  readonly canUndo: Accessor<boolean>;
  readonly canRedo: Accessor<boolean>;
  /** False from a change until it is kept. */
  readonly saved: Accessor<boolean>;
  /** Whether the case is being changed by this session at the moment. */
  readonly saving: () => boolean;
  /** A stroke begins; its pieces follow. */
  begin(): void;
  piece(edit: MaskEdit | null): void;
  /** The stroke ends: it is kept, or taken back as if it had never been. */
  end(keep: boolean): void;
  /** A step of its own. */
  change(edit: MaskEdit): void;
  /**
   * A step that takes its time, made from the mask as it is now; until it is there nothing else changes
   * the mask. Null: nothing becomes of it. `next` never rejects.
   */
  replace(next: (mask: Gray8) => Promise<Gray8 | null>): void;
  /** Whether such a step is being made. */
  readonly busy: Accessor<boolean>;
  /** The mask gave way to another one: a stroke or a step that is being made would overwrite that. */
  discard(): void;
  undo(): void;
  redo(): void;
  /** Resolves when everything is kept and drawn by others. */
  close(): Promise<void>;
}

/** Joins what changed until the next frame, in which it is drawn. */
function createDirt(draw: (part: Rectangle) => void) {
  let dirty: Rectangle | null = null;
  let scheduled = 0;
  const flush = () => {
    scheduled = 0;
    const part = dirty;
    dirty = null;
    if (part) draw(part);
  };
  return (part: Rectangle | null) => {
    if (!part) return;
    dirty = joined(dirty, part);
    if (scheduled === 0) scheduled = requestAnimationFrame(flush);
  };
}

/** Keeps a mask after every change, one write at a time, and has it measured once it rests. */
function createSaver(commands: MaskCommands, place: MaskPlace, mask: Gray8) {
  const [saved, setSaved] = createSignal(true);
  let wanted = false;
  let touched = false;
  let working: Promise<void> | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    clearTimeout(resting);
    resting = setTimeout(() => void commands.applyMask(place, false), REST_MS);
  };
  const work = async () => {
    while (wanted) {
      wanted = false;
      await commands.keepMask(place, mask);
    }
    working = null;
    setSaved(true);
    rest();
  };
  return {
    saved,
    saving: () => working !== null,
    /** Something is about to change: what was measured is out of date. */
    touch: () => {
      clearTimeout(resting);
      touched = true;
      commands.touchMask(place);
    },
    save: () => {
      wanted = true;
      setSaved(false);
      working ??= work();
    },
    rest,
    close: async () => {
      await working;
      clearTimeout(resting);
      if (touched) await commands.applyMask(place, true);
    },
  };
}

/** Strokes and steps on a history, each of them kept. */
function createSteps(
  history: MaskHistory,
  saver: ReturnType<typeof createSaver>,
  soil: (part: Rectangle | null) => void,
  busy: Accessor<boolean>,
): Pick<MaskSession, 'canUndo' | 'canRedo' | 'begin' | 'piece' | 'end' | 'undo' | 'redo'> {
  const [steps, setSteps] = createSignal({ undo: false, redo: false });
  const count = () => setSteps({ undo: history.canUndo, redo: history.canRedo });
  let open = false;
  const step = (take: () => Rectangle | null) => {
    const part = open || busy() ? null : take();
    if (!part) return;
    saver.touch();
    soil(part);
    count();
    saver.save();
  };
  return {
    canUndo: () => steps().undo && !busy(),
    canRedo: () => steps().redo && !busy(),
    begin: () => {
      if (open || busy()) return;
      open = true;
      saver.touch();
      history.begin();
    },
    piece: (edit) => {
      if (open && edit) soil(history.apply(edit));
    },
    end: (keep) => {
      if (!open) return;
      open = false;
      if (!keep) soil(history.abandon());
      count();
      if (keep) saver.save();
      else saver.rest();
    },
    undo: () => step(history.undo),
    redo: () => step(history.redo),
  };
}

/** A step that takes its time: what becomes of it is put in, unless it was dropped meanwhile. */
function createSlowStep(put: (made: Gray8) => void) {
  const [busy, setBusy] = createSignal(false);
  let making: Promise<void> | null = null;
  let dropped = false;
  const make = async (next: Promise<Gray8 | null>) => {
    const made = await next;
    setBusy(false);
    if (made && !dropped) put(made);
  };
  return {
    busy,
    begin: (next: Promise<Gray8 | null>) => {
      setBusy(true);
      making = make(next);
    },
    /** For good: so is every later one. */
    drop: () => {
      dropped = true;
    },
    /** Resolves when it is put in. */
    made: () => making,
  };
}

/**
 * Begins to paint on a mask.
 * @param mask changed in place
 * @param drawn told in each frame which part of the mask looks different now
 */
export function createMaskSession(
  commands: MaskCommands,
  place: MaskPlace,
  mask: Gray8,
  drawn: (part: Rectangle) => void,
): MaskSession {
  const tint = makeMaskTint(mask);
  const saver = createSaver(commands, place, mask);
  const soil = createDirt((part) => {
    tint?.soil(part);
    drawn(part);
  });
  const slow = createSlowStep((made) => change(replaceEdit(made)));
  const { busy } = slow;
  const steps = createSteps(makeMaskHistory(mask), saver, soil, busy);
  const change = (edit: MaskEdit) => {
    steps.end(true);
    steps.begin();
    steps.piece(edit);
    steps.end(true);
  };
  return {
    place,
    mask,
    tint,
    saved: () => saver.saved() && !busy(),
    saving: saver.saving,
    busy,
    ...steps,
    change,
    replace: (next) => {
      if (busy()) return;
      steps.end(true);
      slow.begin(next(mask));
    },
    discard: () => {
      slow.drop();
      steps.end(false);
    },
    close: async () => {
      steps.end(true);
      await slow.made();
      await saver.close();
    },
  };
}
