import ChartArea from 'lucide-solid/icons/chart-area';
import ChartLine from 'lucide-solid/icons/chart-line';
import Crosshair from 'lucide-solid/icons/crosshair';
import Grid from 'lucide-solid/icons/grid-3x3';
import Lightbulb from 'lucide-solid/icons/lightbulb';
import MapPin from 'lucide-solid/icons/map-pin';
import Pipette from 'lucide-solid/icons/pipette';
import Magnifier from 'lucide-solid/icons/search';
import SquareDashed from 'lucide-solid/icons/square-dashed';
import Sun from 'lucide-solid/icons/sun-medium';
import Clipping from 'lucide-solid/icons/triangle-alert';
import type { Component } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { KEY_BINDINGS, type KeyAction } from '../keys.ts';
import type { Viewer } from '../viewer/viewer-state.ts';

/** What an instrument is switched by. */
export interface InstrumentContext {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/** One entry of the instruments' menu: name and key come from the table of keys. */
export interface Instrument {
  readonly action: KeyAction;
  /** Where it is switched on rather than done; else what the help says. */
  readonly label?: string;
  readonly icon: Component;
  readonly isOn: (context: InstrumentContext) => boolean;
  readonly toggle: (context: InstrumentContext) => void;
  /** Absent: it is there for every case. */
  readonly isThere?: (context: InstrumentContext) => boolean;
}

/** In the order of the menu. */
export const INSTRUMENTS: readonly Instrument[] = [
  {
    action: 'inspector',
    icon: Pipette,
    isOn: ({ viewer }) => viewer.inspecting(),
    toggle: ({ viewer }) => viewer.toggleInspector(),
  },
  {
    action: 'magnifier',
    icon: Magnifier,
    isOn: ({ viewer }) => viewer.magnifying(),
    toggle: ({ viewer }) => viewer.toggleMagnifier(),
  },
  {
    action: 'rectangle',
    label: 'Rectangle to measure in',
    icon: SquareDashed,
    isOn: ({ viewer }) => viewer.drawing(),
    toggle: ({ viewer }) => viewer.setDrawing(!viewer.drawing()),
    isThere: ({ viewer }) => viewer.canDraw(),
  },
  {
    action: 'pin',
    icon: MapPin,
    isOn: ({ viewer }) => viewer.say.pins.placing(),
    toggle: ({ viewer }) => viewer.say.pins.setPlacing(!viewer.say.pins.placing()),
  },
  {
    action: 'scopes',
    icon: ChartArea,
    isOn: ({ viewer }) => viewer.scopesOpen(),
    toggle: ({ viewer }) => viewer.toggleScopes(),
  },
  {
    action: 'profile',
    icon: ChartLine,
    isOn: ({ viewer }) => viewer.profiling(),
    toggle: ({ viewer }) => viewer.setProfiling(!viewer.profiling()),
  },
  {
    action: 'alignment',
    icon: Crosshair,
    isOn: ({ viewer }) => viewer.aligning(),
    toggle: ({ viewer }) => viewer.setAligning(!viewer.aligning()),
  },
  {
    action: 'hints',
    icon: Lightbulb,
    isOn: ({ model }) => model.state.view.hints,
    toggle: ({ viewer }) => viewer.toggleHints(),
  },
  {
    action: 'display',
    icon: Sun,
    isOn: ({ viewer }) => viewer.displayOpen(),
    toggle: ({ viewer }) => viewer.toggleDisplay(),
  },
  {
    action: 'clipping',
    icon: Clipping,
    isOn: ({ viewer }) => viewer.shownAs().clipping,
    toggle: ({ viewer }) => viewer.toggleClipping(),
  },
  {
    action: 'smooth',
    label: 'Sharp pixels',
    icon: Grid,
    isOn: ({ model }) => !model.state.view.smooth,
    toggle: ({ model }) => model.commands.setView({ smooth: !model.state.view.smooth }),
  },
];

/** Puts away what was taken up last: one press of Esc for each. */
export function leaveInstrument(viewer: Viewer): void {
  const { pins } = viewer.say;
  if (pins.placing() || pins.selected() !== null) pins.leave();
  else if (viewer.drawing()) viewer.setDrawing(false);
  else if (viewer.profiling()) viewer.setProfiling(false);
  else if (viewer.magnifying()) viewer.toggleMagnifier();
  else if (viewer.spot() !== null) viewer.showSpot(null);
  else if (viewer.aligning()) viewer.setAligning(false);
}

/** What an instrument is called, and the keys that switch it. */
export function instrumentName({ action, label }: Pick<Instrument, 'action' | 'label'>): {
  readonly label: string;
  readonly caps: readonly string[];
} {
  const binding = KEY_BINDINGS.find((known) => known.action === action);
  return { label: label ?? binding?.label ?? action, caps: binding?.caps ?? [] };
}
