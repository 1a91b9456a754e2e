import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { JudgeModel, VotingPicture, VotingView } from '../../app/judge/model.ts';
import type { Question } from '../../core/judge/protocols.ts';
import { createLens } from '../viewer/lens.ts';
import type { Size } from '../viewer/viewport.ts';
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
    /** Complete answers are kept at once, so that a reload or a time limit takes nothing away. */
    setDraft: (next: Draft) => {
      if (moving() || voting().locked || voting().item === null) return;
      setDraftSignal(next);
      setHint('');
      if (firstOpen(questions(), next, shown()) === -1) void keep();
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
    back: () => {
      if (draft().length > 0) void keep();
      return leave(() => commands.back());
    },
    stop: () => {
      if (draft().length > 0 && !voting().locked) void keep();
      return queue(() => commands.stopVoting());
    },
  };
}

export interface VotingPane extends VotingPicture {
  readonly label: string;
}

function createLooking(voting: Accessor<VotingView>) {
  // Seconds pass in the view too: pictures stay the same objects all the while.
  const judged = createMemo(() => voting().pictures);
  const input = createMemo(() => voting().input);
  const reference = createMemo(() => voting().reference);
  const panes = createMemo<readonly VotingPane[]>(() => {
    const pane = (own: VotingPicture, label = own.letter): VotingPane => ({
      letter: own.letter,
      bitmap: own.bitmap,
      label,
    });
    const [before, after] = [input(), reference()];
    return [
      ...(before ? [pane(before)] : []),
      ...judged().map((own) => pane(own, `Picture ${own.letter}`)),
      ...(after ? [pane(after)] : []),
    ];
  });
  const frame = createMemo<Size | null>(
    () => {
      const bitmap = panes().find((pane) => pane.bitmap !== null)?.bitmap;
      return bitmap ? { width: bitmap.width, height: bitmap.height } : null;
    },
    null,
    { equals: (a, b) => a?.width === b?.width && a?.height === b?.height },
  );
  const lens = createLens(frame);
  const [alone, setAlone] = createSignal<number | null>(null);
  const [peeking, setPeeking] = createSignal(false);
  const step = (by: 1 | -1) => {
    const count = panes().length;
    const now = alone();
    setAlone(now === null ? (by === 1 ? 0 : count - 1) : (now + by + count) % count);
  };
  return {
    ...lens,
    panes,
    /** The panes on screen: all, or one that others can take the place of. */
    inView: createMemo(() => {
      const one = alone();
      const own = one === null ? undefined : panes()[one];
      return own ? [own] : panes();
    }),
    alone: () => alone() !== null,
    setAlone: (on: boolean) => setAlone(on ? 0 : null),
    step,
    /** The untouched picture while it takes the place of every other. */
    peeked: () => (peeking() ? (input()?.bitmap ?? null) : null),
    setPeeking,
    begin: () => {
      lens.fit();
      setPeeking(false);
    },
    drawing: () => false,
    drag: { begin: () => false, move: () => {}, end: () => {} },
  };
}
