import { type Accessor, createMemo, createSignal } from 'solid-js';
import {
  DIFFERENCE_GAINS,
  type DifferenceGain,
  LOOK_MODES,
  type LookMode,
  type PaneKey,
} from '../../app/model.ts';
import { methodPane } from '../viewer/panes.ts';
import { rotated, withSide } from '../viewer/sides.ts';

/** A picture on the voting page: all that is known of it. */
export interface BlindPicture {
  /** "A", "B" …, "Input" or "Reference". */
  readonly letter: string;
  readonly bitmap: ImageBitmap | null;
}

/** The key under which the viewer's parts know a picture: by its letter, never by its method. */
export function blindKey({ letter }: BlindPicture): PaneKey {
  if (letter === 'Input') return 'input';
  return letter === 'Reference' ? 'gt' : methodPane(letter);
}

/** The viewer's ways of looking over pictures without names. */
export function createBlindLooks(pictures: Accessor<readonly BlindPicture[]>) {
  const [look, setLookSignal] = createSignal<LookMode>('side-by-side');
  const [wanted, setWanted] = createSignal<readonly PaneKey[]>([]);
  const [chosen, setChosen] = createSignal<PaneKey | null>(null);
  const [splitAt, setSplitAt] = createSignal(0.5);
  const [onion, setOnion] = createSignal(0.5);
  const [gain, setGain] = createSignal<DifferenceGain>(DIFFERENCE_GAINS[2]);
  const [signed, setSigned] = createSignal(false);
  const [smooth, setSmooth] = createSignal(true);
  const keys = createMemo(() => pictures().map(blindKey));
  const picture = (key: string) => pictures().find((own) => blindKey(own) === key) ?? null;
  /** Two pictures that were asked for, else the first two that are judged. */
  const split = createMemo<readonly [PaneKey, PaneKey]>(() => {
    const judged = keys().filter((key) => key !== 'input' && key !== 'gt');
    const own = wanted().filter((key) => keys().includes(key));
    const [first, second] = [...new Set([...own, ...judged, ...keys()])];
    return [first ?? 'input', second ?? first ?? 'input'];
  });
  const single = (): PaneKey => {
    const own = chosen();
    return (own !== null && keys().includes(own) ? own : keys()[0]) ?? 'input';
  };
  const step = (by: 1 | -1) => {
    const list = keys();
    const from = look() === 'single' ? list.indexOf(single()) : by === 1 ? -1 : 0;
    setChosen(list[(from + by + list.length) % list.length] ?? null);
    setLookSignal('single');
  };
  return {
    look,
    setLook: (mode: LookMode) => setLookSignal(mode),
    nextLook: () =>
      setLookSignal(LOOK_MODES[(LOOK_MODES.indexOf(look()) + 1) % LOOK_MODES.length] ?? 'split'),
    everyPane: keys,
    panes: keys,
    single,
    step,
    split,
    compared: split,
    sides: split,
    setSide: (index: number, key: PaneKey) => setWanted(withSide(split(), index, key)),
    swap: () => setWanted(rotated(split())),
    ...{ splitAt, onion, gain, signed, smooth },
    setSplitAt: (at: number) => setSplitAt(Math.min(1, Math.max(0, at))),
    setOnion: (opacity: number) => setOnion(Math.min(1, Math.max(0, opacity))),
    setGain: (next: DifferenceGain) => setGain(next),
    setSigned: (on: boolean) => setSigned(on),
    setSmooth: (on: boolean) => setSmooth(on),
    picture,
    title: (key: string) => picture(key)?.letter ?? '',
    /** Another item has other pictures under the same letters. */
    forget: () => {
      setWanted([]);
      setChosen(null);
    },
  };
}
