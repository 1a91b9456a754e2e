import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { JudgeModel, VotingView } from '../../app/judge/model.ts';
import type { Question } from '../../core/judge/protocols.ts';
import { createDisplay } from '../inspect/display-state.ts';
import { createInspector } from '../inspect/inspector-state.ts';
import { createLens } from '../viewer/lens.ts';
import { type PaneKey, standing } from '../viewer/panes.ts';
import type { Size } from '../viewer/viewport.ts';
import { type BlindPicture, createBlindLooks } from './blind-looks.ts';
import { type Draft, firstOpen, sameDraft } from './draft.ts';

/** One rater at work: the answers in the making, and how the pictures are looked at. */
export function createVotingDesk(judge: JudgeModel, voting: Accessor<VotingView>) {
  // The view is a new one with every answer and second; the item on screen is not.
  const index = createMemo(() => voting().index);
  const desk = createAnswering(judge, voting, index);
  const looking = createLooking(voting);
  createEffect(on(index, looking.begin));
  return { voting, ...desk, ...looking };
}

export type VotingDesk = ReturnType<typeof createVotingDesk>;

function createAnswering(
  { commands }: JudgeModel,
  voting: Accessor<VotingView>,
  index: Accessor<number>,
) {
  const [draft, setDraftSignal] = createSignal<Draft>([]);
  const [at, setAt] = createSignal(0);
  const [moving, setMoving] = createSignal(false);
  const [hint, setHint] = createSignal('');
  const questions = (): readonly Question[] => voting().protocol.questions;
  const shown = () => voting().pictures.length;
  const saved = (): Draft => unwrap(voting().answers);

  createEffect(
    on(index, () => {
      setDraftSignal(saved());
      setAt(Math.max(0, firstOpen(questions(), saved(), shown())));
      setHint('');
    }),
  );

  // One after another: an answer is kept before its item is left.
  let tail = Promise.resolve();
  const queue = (work: () => Promise<void>) => {
    tail = tail.then(work);
    return tail;
  };
  const keep = () => {
    const now = draft();
    return queue(async () => {
      if (!sameDraft(now, saved())) await commands.answer(now, false);
    });
  };
  const leave = async (work: () => Promise<void>) => {
    if (moving() || voting().locked) return;
    setMoving(true);
    await queue(work).finally(() => setMoving(false));
  };

  return {
    draft,
    /** Every answer is kept at once, so that a reload or a time limit takes nothing away. */
    setDraft: (next: Draft) => {
      if (moving() || voting().locked || voting().item === null) return;
      setDraftSignal(next);
      setHint('');
      void keep();
    },
    question: () => questions()[at()],
    at,
    setAt: (place: number) => setAt(Math.max(0, Math.min(questions().length - 1, place))),
    hint,
    moving,
    next: () => {
      const open = firstOpen(questions(), draft(), shown());
      if (open >= 0) {
        setAt(open);
        setHint('Answer first, or skip.');
        return Promise.resolve();
      }
      // Kept already: what remains is going on.
      return leave(() => commands.skip());
    },
    skip: () => leave(() => commands.skip()),
    back: () => leave(() => commands.back()),
    stop: () => queue(() => commands.stopVoting()),
  };
}

function createLooking(voting: Accessor<VotingView>) {
  // Seconds pass in the view too: pictures stay the same objects all the while.
  const judged = createMemo(() => voting().pictures);
  const input = createMemo(() => voting().input);
  const reference = createMemo(() => voting().reference);
  const pictures = createMemo<readonly BlindPicture[]>(() => {
    const [before, after] = [input(), reference()];
    return [...(before ? [before] : []), ...judged(), ...(after ? [after] : [])];
  });
  const frame = createMemo<Size | null>(
    () => {
      const bitmap = pictures().find((picture) => picture.bitmap !== null)?.bitmap;
      return bitmap ? { width: bitmap.width, height: bitmap.height } : null;
    },
    null,
    { equals: (a, b) => a?.width === b?.width && a?.height === b?.height },
  );
  const lens = createLens(frame);
  const looks = createBlindLooks(pictures);
  const display = createDisplay();
  const seen = (pane: PaneKey) => {
    const bitmap = looks.picture(pane)?.bitmap;
    return bitmap ? standing(bitmap) : null;
  };
  const inspector = createInspector({ ...lens, panes: looks.everyPane, seen });
  const [peeking, setPeeking] = createSignal(false);
  const [help, setHelp] = createSignal(false);
  return {
    ...lens,
    ...looks,
    ...display,
    ...inspector,
    pictures,
    /** The untouched picture while it takes the place of every other. */
    peeked: () => (peeking() ? (input()?.bitmap ?? null) : null),
    setPeeking,
    /** Whether there is an untouched picture to look at. */
    canPeek: () => input() !== null,
    /** Every item is looked at afresh: as it is, and all of it. */
    begin: () => {
      lens.fit();
      looks.forget();
      display.resetDisplay();
      setPeeking(false);
    },
    /** Whether the list of keys is open. */
    help,
    setHelp,
    drawing: () => false,
    drag: { begin: () => false, move: () => {}, end: () => {} },
  };
}
