import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import {
  type AppModel,
  type CaseView,
  type DifferenceGain,
  LOOK_MODES,
  type LookMode,
  type MethodId,
} from '../../app/model.ts';
import {
  allPanes,
  lasting,
  methodIn,
  methodPane,
  type PaneKey,
  paneByNumber,
  panesInView,
  settled,
} from './panes.ts';
import { linesFor, movedLine, rotated, sidesOf, toggledSide, withSide } from './sides.ts';

export const LOOK_TITLES: Readonly<Record<LookMode, string>> = {
  'side-by-side': 'Side by side',
  split: 'Split',
  onion: 'Onion',
  difference: 'Difference',
  single: 'One',
};

/** Which panes there are and which of them are on screen, for the case at hand. */
export interface Looks {
  /** The panes that stand side by side, in their fixed order. */
  readonly panes: Accessor<readonly PaneKey[]>;
  /** Those, and the ones that are not in view. */
  readonly everyPane: Accessor<readonly PaneKey[]>;
  readonly look: Accessor<LookMode>;
  readonly setLook: (look: LookMode) => void;
  readonly nextLook: (step: 1 | -1) => void;
  /** The pane that is shown alone. */
  readonly single: Accessor<PaneKey>;
  readonly show: (pane: PaneKey) => void;
  /** Shows what stands behind a number key. */
  readonly showNumber: (number: number) => void;
  readonly showNext: (step: 1 | -1) => void;
  /** The pictures of the split, replaced where the case has no such picture. */
  readonly split: Accessor<readonly PaneKey[]>;
  readonly setSide: (index: number, pane: PaneKey) => void;
  /** Puts a picture into the split, or takes it out. */
  readonly toggleSide: (pane: PaneKey) => void;
  /** Where one picture of the split ends and the next begins, 0..1 of what is seen of the frame. */
  readonly lines: Accessor<readonly number[]>;
  readonly moveLine: (index: number, to: number) => void;
  readonly spreadLines: () => void;
  /** Two pictures change places; several move on by one. */
  readonly swap: () => void;
  /** The two pictures whose difference is looked at. */
  readonly compared: Accessor<readonly [PaneKey, PaneKey]>;
  readonly setCompared: (side: number, pane: PaneKey) => void;
  readonly peeking: Accessor<boolean>;
  readonly setPeeking: (on: boolean) => void;
  /** Whether a pane stands side by side with the others. */
  readonly inView: (pane: PaneKey) => boolean;
  readonly setInView: (pane: PaneKey, on: boolean) => void;
  /** Opacity of the onion's upper picture, 0..1. */
  readonly onion: Accessor<number>;
  readonly setOnion: (opacity: number) => void;
  readonly gain: Accessor<DifferenceGain>;
  readonly setGain: (gain: DifferenceGain) => void;
  readonly signed: Accessor<boolean>;
  readonly setSigned: (on: boolean) => void;
}

/** Whether several pictures share the pane. */
export function isShared(look: LookMode): boolean {
  return look === 'split' || look === 'onion' || look === 'difference';
}

export function createLooks(model: AppModel, current: Accessor<CaseView | null>): Looks {
  const view = () => model.state.view;
  const { setView } = model.commands;
  const [peeking, setPeeking] = createSignal(false);
  const everyPane = createMemo(() => allPanes(current()));
  const panes = createMemo(() => panesInView(current(), view().inView));
  const sides = createSides(model, current, everyPane);
  const difference = createCompared(model, current, everyPane, sides.split);
  const alone = createSingle(model, current, everyPane, sides.bring);
  const look = () => view().mode;
  return {
    panes,
    everyPane,
    look,
    setLook: (mode) => setView({ mode }),
    nextLook: (step) => {
      const at = LOOK_MODES.indexOf(look()) + step + LOOK_MODES.length;
      setView({ mode: LOOK_MODES[at % LOOK_MODES.length] ?? 'side-by-side' });
    },
    ...alone,
    ...sides,
    ...difference,
    swap: () => (look() === 'difference' ? difference.swap() : sides.swap()),
    peeking,
    setPeeking: (on) => setPeeking(on),
    inView: (pane) => panes().includes(settled(current(), pane)),
    setInView: (pane, on) =>
      setView({ inView: { ...view().inView, [lasting(current(), pane)]: on } }),
    onion: () => view().onion,
    setOnion: (opacity) => setView({ onion: Math.min(1, Math.max(0, opacity)) }),
    gain: () => view().gain,
    setGain: (gain) => setView({ gain }),
    signed: () => view().signed,
    setSigned: (signed) => setView({ signed }),
  };
}

/** The picture that is shown alone. */
function createSingle(
  model: AppModel,
  current: Accessor<CaseView | null>,
  every: Accessor<readonly PaneKey[]>,
  bring: (before: MethodId | null) => void,
) {
  const { setView } = model.commands;
  const isAlone = () => model.state.view.mode === 'single';
  const single = (): PaneKey => {
    const wanted = settled(current(), model.state.view.single);
    return sidesOf([wanted], every())[0] ?? wanted;
  };
  /** The method that `show` asked for and that is not the shown one yet. */
  let asked: MethodId | null = null;
  /** Looked at alone, a method's output is also what the numbers beside it speak of. */
  const show = (pane: PaneKey) => {
    const item = current();
    if (!item || !every().includes(pane)) return;
    const method = methodIn(item, pane);
    setView({ mode: 'single', single: lasting(item, pane) });
    if (method === null || method === item.shownMethod) return;
    asked = method;
    void model.commands.showMethod(method);
  };
  // A method that was run, or chosen in the table, comes on screen where an output stands.
  onShownMethod(current, (item, method, before) => {
    const own = asked !== null;
    if (asked === method) asked = null;
    if (own) return;
    if (!isAlone()) bring(before);
    else if (methodIn(item, single()) !== null) setView({ single: methodPane(method) });
  });
  return {
    single,
    show,
    showNumber: (number: number) => {
      const item = current();
      const pane = item && paneByNumber(item, number);
      if (pane) show(pane);
    },
    showNext: (step: 1 | -1) => {
      const list = every();
      const from = isAlone() ? list.indexOf(single()) : -1;
      const next = list[from === -1 ? 0 : (from + step + list.length) % list.length];
      if (next) show(next);
    },
  };
}

/** The two pictures of the difference: output and ground truth, until others are chosen. */
function createCompared(
  model: AppModel,
  current: Accessor<CaseView | null>,
  every: Accessor<readonly PaneKey[]>,
  split: Accessor<readonly PaneKey[]>,
) {
  const compared = createMemo<readonly [PaneKey, PaneKey]>(() => {
    const wanted = model.state.view.compared.map((pane) => settled(current(), pane));
    const there = wanted.every((pane) => every().includes(pane)) ? wanted : split();
    const [first = 'input', second = 'output'] = there;
    return first === second ? [split()[0] ?? first, split()[1] ?? second] : [first, second];
  });
  const keep = ([first, second]: readonly PaneKey[]) => {
    if (!first || !second) return;
    const item = current();
    model.commands.setView({ compared: [lasting(item, first), lasting(item, second)] });
  };
  return {
    compared,
    setCompared: (side: number, pane: PaneKey) => keep(withSide(compared(), side, pane)),
    swap: () => keep(rotated(compared())),
  };
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
 * The pictures of the split. Once a method was chosen for a place it stays there, whichever method is
 * the shown one; until then `output` stands for whatever is shown.
 */
function createSides(
  model: AppModel,
  current: Accessor<CaseView | null>,
  every: Accessor<readonly PaneKey[]>,
) {
  const view = () => model.state.view;
  const split = createMemo(() => {
    const wanted = view().split.map((pane) => settled(current(), pane));
    return sidesOf(wanted, every());
  });
  const lines = createMemo(() => linesFor(view().splitLines, split().length));
  const setSplit = (next: readonly PaneKey[]) => {
    const item = current();
    const several = item !== null && item.methods.length > 1;
    model.commands.setView({ split: several ? next.map((pane) => lasting(item, pane)) : next });
  };
  const setSide = (index: number, pane: PaneKey) => setSplit(withSide(split(), index, pane));
  return {
    split,
    setSide,
    toggleSide: (pane: PaneKey) => setSplit(toggledSide(split(), pane)),
    lines,
    moveLine: (index: number, to: number) =>
      model.commands.setView({ splitLines: movedLine(lines(), index, to) }),
    spreadLines: () => model.commands.setView({ splitLines: [] }),
    swap: () => setSplit(rotated(split())),
    /** Puts the shown output, where it is at no side, in the place of the one before. */
    bring: (before: MethodId | null) => {
      if (split().includes('output') || !every().includes('output')) return;
      const place = before === null ? -1 : split().indexOf(methodPane(before));
      setSide(place === -1 ? split().length - 1 : place, 'output');
    },
  };
}
