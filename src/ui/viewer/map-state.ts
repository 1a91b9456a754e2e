import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';
import type { AppModel, CaseView, ErrorMapView } from '../../app/model.ts';
import { MAP_IDS, type MapId } from '../../core/metrics/maps.ts';
import type { Looks } from './looks.ts';
import type { Shown } from './panes.ts';

/** The error map of the current case, and the side of the split view it takes. */
export interface ErrorMapTool {
  /** Whether there is an output to hold against a ground truth. */
  readonly canMap: Accessor<boolean>;
  /** Null while none is shown. */
  readonly errorMap: Accessor<ErrorMapView | null>;
  readonly toggleMap: () => void;
  readonly cycleMap: (step: 1 | -1) => void;
  /** The pictures of the split view as they are shown. */
  readonly sides: Accessor<readonly Shown[]>;
  readonly setShownSide: (side: number, shown: Shown) => void;
  readonly swapSides: () => void;
}

/** The part of the viewer's state that the map stands in. */
interface MapPlace extends Pick<Looks, 'split' | 'swap' | 'setSide' | 'show'> {
  /** Whether the way of looking has the output on screen, so that its map can take its place. */
  readonly hasPlace: Accessor<boolean>;
}

/** The next map in the order of the keys; the first one where none is shown. */
export function nextMap(now: MapId | null, step: 1 | -1): MapId {
  const at = now === null ? (step === 1 ? -1 : 0) : MAP_IDS.indexOf(now);
  return MAP_IDS[(at + step + MAP_IDS.length) % MAP_IDS.length] ?? MAP_IDS[0];
}

export function createErrorMapTool(
  model: AppModel,
  current: Accessor<CaseView | null>,
  looks: MapPlace,
): ErrorMapTool {
  const [last, setLast] = createSignal<MapId>(MAP_IDS[0]);
  const [side, setSide] = createSignal<number | null>(null);
  const chosen = () => model.state.view.errorMap;
  createEffect(() => {
    const map = chosen();
    if (map !== null) setLast(map);
  });
  const canMap = () => Boolean(current()?.gt && current()?.output);
  const errorMap = () => (chosen() === null ? null : (current()?.errorMap ?? null));
  const bring = (map: MapId) => {
    if (!canMap()) return;
    if (map !== chosen()) model.commands.setErrorMap(map);
    if (!looks.hasPlace()) looks.show('output');
  };
  const mapSide = (): number => {
    const last = looks.split().length - 1;
    const own = looks.split().indexOf('output');
    return Math.min(side() ?? (own === -1 ? last : own), last);
  };
  const sides = createMemo<readonly Shown[]>(() =>
    errorMap() === null
      ? looks.split()
      : looks.split().map((pane, at) => (at === mapSide() ? 'map' : pane)),
  );

  return {
    canMap,
    errorMap,
    toggleMap: () => {
      if (chosen() !== null && looks.hasPlace()) model.commands.setErrorMap(null);
      else bring(chosen() ?? last());
    },
    cycleMap: (step) => bring(nextMap(chosen(), step)),
    sides,
    setShownSide: (at, shown) => {
      if (shown === 'map') {
        setSide(at);
        bring(chosen() ?? last());
        return;
      }
      if (errorMap() !== null && mapSide() === at) model.commands.setErrorMap(null);
      looks.setSide(at, shown);
    },
    swapSides: () => {
      const count = looks.split().length;
      if (errorMap() !== null && looks.hasPlace()) setSide((mapSide() + count - 1) % count);
      looks.swap();
    },
  };
}
