import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { AppModel, CaseView, MethodId, PaneId } from '../../app/model.ts';
import {
  allPanes,
  lasting,
  methodIn,
  methodPane,
  type PaneKey,
  paneByNumber,
  paneOf,
  panesInView,
  settled,
} from './panes.ts';
import type { Look, OverlaidLook } from './viewer-state.ts';

/** In the order of the key and of the buttons. */
export const LOOKS = ['side-by-side', 'split', 'onion', 'difference', 'single'] as const;

export const LOOK_TITLES: Readonly<Record<Look, string>> = {
  'side-by-side': 'Side by side',
  split: 'Split',
  onion: 'Onion',
  difference: 'Difference',
  single: 'One',
};

/** Whether two pictures share the pane. */
export function isPair(look: Look): boolean {
  return look === 'split' || look === 'onion' || look === 'difference';
}

/** The pane that is wanted where there is such a one and it is not taken, else the first that is. */
function among(panes: readonly PaneKey[], wanted: PaneKey, taken: PaneKey | null): PaneKey {
  if (panes.includes(wanted) && wanted !== taken) return wanted;
  const output = panes.includes('output') && taken !== 'output' ? 'output' : undefined;
  return output ?? panes.find((pane) => pane !== taken) ?? wanted;
}

/** What the settings can remember of a side: methods come and go. */
function remembered(pane: PaneKey): PaneId {
  return pane === 'input' || pane === 'gt' ? pane : 'output';
}

type Pair = readonly [PaneKey, PaneKey];

/** Which panes there are and which of them are on screen, for the case at hand. */
export function createLooks(model: AppModel, current: Accessor<CaseView | null>) {
  const [alone, setAlone] = createSignal<PaneKey | null>(null);
  const [overlaid, setOverlaid] = createSignal<OverlaidLook | null>(null);
  const [peeking, setPeeking] = createSignal(false);
  const [wishes, setWishes] = createSignal<ReadonlyMap<MethodId, boolean>>(new Map());
  const panes = createMemo(() => panesInView(current(), wishes()));
  const everyPane = createMemo(() => allPanes(current()));
  const sides = createSides(model, current, everyPane);
  const difference = createCompared(current, everyPane, sides.split);
  const preferred = (): PaneKey => (everyPane().includes('output') ? 'output' : 'input');
  const look = (): Look => (alone() ? 'single' : (overlaid() ?? model.state.view.mode));
  const single = (): PaneKey =>
    among(everyPane(), settled(current(), alone() ?? preferred()), null);
  const setLook = (next: Look) => {
    const pair = next === 'onion' || next === 'difference';
    setAlone(next === 'single' ? single() : null);
    setOverlaid(pair ? next : null);
    if (next !== 'single' && !pair) model.commands.setView({ mode: next });
  };
  /** The method that `show` asked for and that is not the shown one yet. */
  let asked: MethodId | null = null;
  /** Looked at alone, a method's output is also what the numbers beside it speak of. */
  const show = (pane: PaneKey) => {
    const item = current();
    if (!item || !everyPane().includes(pane)) return;
    const method = methodIn(item, pane);
    setAlone(lasting(item, pane));
    if (method === null || method === item.shownMethod) return;
    asked = method;
    void model.commands.showMethod(method);
  };
  // A method that was run, or chosen in the table, comes on screen where an output stands.
  onShownMethod(current, (item, method, before) => {
    const own = asked !== null;
    if (asked === method) asked = null;
    if (own) return;
    const now = alone();
    if (now !== null && methodIn(item, now) !== null) setAlone(methodPane(method));
    else if (now === null) sides.bring(before);
  });

  return {
    panes,
    everyPane,
    look,
    single,
    split: sides.split,
    swap: () => (look() === 'difference' ? difference.swap() : sides.swap()),
    setSide: sides.setSide,
    compared: difference.compared,
    setCompared: difference.setCompared,
    peeking,
    setPeeking: (on: boolean) => setPeeking(on),
    setLook,
    nextLook: () => setLook(LOOKS[(LOOKS.indexOf(look()) + 1) % LOOKS.length] ?? 'side-by-side'),
    show,
    showNumber: (number: number) => {
      const item = current();
      const pane = item && paneByNumber(item, number);
      if (pane) show(pane);
    },
    showNext: (step: 1 | -1) => {
      const list = everyPane();
      const from = look() === 'single' ? list.indexOf(single()) : -1;
      const next = list[from === -1 ? 0 : (from + step + list.length) % list.length];
      if (next) show(next);
    },

    inView: (id: MethodId) => {
      const item = current();
      return item !== null && panes().includes(paneOf(item, id));
    },
    setInView: (id: MethodId, on: boolean) => setWishes(new Map(wishes()).set(id, on)),
  };
}

/** The two pictures of the difference: output and ground truth, until others are chosen. */
function createCompared(
  current: Accessor<CaseView | null>,
  every: Accessor<readonly PaneKey[]>,
  split: Accessor<Pair>,
) {
  const [wanted, setWanted] = createSignal<Pair>(['gt', 'output']);
  const compared = createMemo<Pair>(() => {
    const [first, second] = wanted();
    const [a, b] = [settled(current(), first), settled(current(), second)];
    return every().includes(a) && every().includes(b) && a !== b ? [a, b] : split();
  });
  const keep = ([first, second]: Pair) =>
    setWanted([lasting(current(), first), lasting(current(), second)]);
  const setCompared = (side: 0 | 1, pane: PaneKey) => {
    const [first, second] = compared();
    const other = side === 0 ? second : first;
    const replaced = other === pane ? (side === 0 ? first : second) : other;
    keep(side === 0 ? [pane, replaced] : [replaced, pane]);
  };
  return { compared, setCompared, swap: () => keep([compared()[1], compared()[0]]) };
}

/** Calls back when another method of the same case is shown than before. */
function onShownMethod(
  current: Accessor<CaseView | null>,
  react: (item: CaseView, method: MethodId, before: MethodId | null) => void,
): void {
  const shown = createMemo(() => ({ id: current()?.id, method: current()?.shownMethod ?? null }));
  createEffect(
    on(shown, (now, before) => {
      const item = current();
      if (!item || now.method === null || now.id !== before?.id) return;
      if (now.method !== before?.method) react(item, now.method, before?.method ?? null);
    }),
  );
}

/**
 * The two sides of the split view. Once a method was chosen for a side it stays there, whichever
 * method is the shown one; until then a side shows the output that the settings speak of.
 */
function createSides(
  model: AppModel,
  current: Accessor<CaseView | null>,
  every: Accessor<readonly PaneKey[]>,
) {
  const [pinned, setPinned] = createSignal<Pair | null>(null);
  const split = createMemo<Pair>(() => {
    const wanted = pinned() ?? model.state.view.split;
    const [first, second] = [settled(current(), wanted[0]), settled(current(), wanted[1])];
    const left = among(every(), first, null);
    return [left, among(every(), second, left)];
  });
  const setSplit = (next: Pair) => {
    const item = current();
    const pin = (pane: PaneKey): PaneKey =>
      item && item.methods.length > 1 ? lasting(item, pane) : pane;
    setPinned([pin(next[0]), pin(next[1])]);
    model.commands.setView({ split: [remembered(next[0]), remembered(next[1])] });
  };
  const setSide = (side: 0 | 1, pane: PaneKey) => {
    const other = split()[side === 0 ? 1 : 0];
    const replaced = other === pane ? split()[side] : other;
    setSplit(side === 0 ? [pane, replaced] : [replaced, pane]);
  };
  return {
    split,
    setSide,
    swap: () => setSplit([split()[1], split()[0]]),
    /** Puts the shown output, where it is on neither side, in the place of the one before. */
    bring: (before: MethodId | null) => {
      if (split().includes('output') || !every().includes('output')) return;
      setSide(before !== null && split()[0] === methodPane(before) ? 0 : 1, 'output');
    },
  };
}
