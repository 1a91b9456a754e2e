import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';
import type { AppModel, CaseView, ErrorMapView } from '../../app/model.ts';
import { MAP_IDS, type MapId } from '../../core/metrics/maps.ts';
import type { PaneKey, Shown } from './panes.ts';

/** The error map of the current case, and the side of the split view it takes. */
export interface ErrorMapTool {
  /** Whether there is an output to hold against a ground truth. */
  readonly canMap: Accessor<boolean>;
  /** Null while none is shown. */
  readonly errorMap: Accessor<ErrorMapView | null>;
  readonly toggleMap: () => void;
  readonly cycleMap: (step: 1 | -1) => void;
  /** The two sides of the split view as they are shown. */
  readonly sides: Accessor<readonly [Shown, Shown]>;
  readonly setShownSide: (side: 0 | 1, shown: Shown) => void;
  readonly swapSides: () => void;
}

/** The part of the viewer's state that the map stands in. */
interface Looks {
  readonly split: Accessor<readonly [PaneKey, PaneKey]>;
  readonly swap: () => void;
  readonly setSide: (side: 0 | 1, pane: PaneKey) => void;
  /** Whether the way of looking has the output on screen, so that its map can take its place. */
  readonly hasPlace: Accessor<boolean>;
  readonly show: (pane: PaneKey) => void;
}

/** The next map in the order of the keys; the first one where none is shown. */
export function nextMap(now: MapId | null, step: 1 | -1): MapId {
  const at = now === null ? (step === 1 ? -1 : 0) : MAP_IDS.indexOf(now);
  return MAP_IDS[(at + step + MAP_IDS.length) % MAP_IDS.length] ?? MAP_IDS[0];
}

function withMap([left, right]: readonly [Shown, Shown], side: 0 | 1): readonly [Shown, Shown] {
  return side === 0 ? ['map', right] : [left, 'map'];
}

export function createErrorMapTool(
  model: AppModel,
  current: Accessor<CaseView | null>,
  looks: Looks,
): ErrorMapTool {
  const [last, setLast] = createSignal<MapId>(MAP_IDS[0]);
  const [side, setSide] = createSignal<0 | 1 | null>(null);
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
  const mapSide = (): 0 | 1 => side() ?? (looks.split()[0] === 'output' ? 0 : 1);
  const sides = createMemo(() =>
    errorMap() === null ? looks.split() : withMap(looks.split(), mapSide()),
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
      if (errorMap() !== null && looks.hasPlace()) setSide(mapSide() === 0 ? 1 : 0);
      looks.swap();
    },
  };
}
