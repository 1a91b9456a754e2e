import { type CaseOrder, orderCases } from '../app/caseOrder.ts';
import { type AppModel, OVERLAY_STYLES } from '../app/model.ts';
import { leaveInstrument } from './inspect/instruments.ts';
import type { KeyAction } from './keys.ts';
import { maskActions } from './mask/mask-actions.ts';
import type { Viewer } from './viewer/viewer-state.ts';

/** What is looked for where no order was chosen. */
const WORST: CaseOrder = 'worst:deltae:global';

/** How far a key moves the picture, as a part of the pane. */
const PAN_PART = 0.1;

/** Actions that need no case on screen. */
const EVERYWHERE: readonly KeyAction[] = ['help', 'undo', 'palette'];

interface ActionContext {
  readonly model: AppModel;
  readonly viewer: Viewer;
  /** Whether a case is on screen: most keys have nothing else to act on. */
  readonly looking: () => boolean;
  readonly openHelp: () => void;
  readonly openPalette: () => void;
}

/** What the window's keys do, as long as there is something for them to do. */
export function createActions(context: ActionContext) {
  const { model, viewer, looking, openHelp, openPalette } = context;
  const actions: Readonly<Record<KeyAction, (key: string) => void>> = {
    ...lookActions(model, viewer),
    ...zoomActions(model, viewer),
    ...displayActions(viewer),
    ...sayActions(viewer),
    ...pageActions(model),
    ...maskActions(viewer.mask),
    'edit-mask': () => viewer.mask.paint(viewer.mask.painting() === null ? 'person' : null),
    undo: () => {
      viewer.settleRectangle();
      void model.commands.undo();
    },
    help: openHelp,
    palette: openPalette,
  };
  const available = (action: KeyAction) =>
    EVERYWHERE.includes(action) ||
    (looking() && (!action.startsWith('mask-') || viewer.mask.painting() !== null));
  return {
    press: (action: KeyAction, key: string) => {
      if (available(action)) actions[action](key);
    },
    /** Whether there is something for the action to act on. */
    available,
    release: (action: KeyAction) => {
      if (action === 'peek') viewer.setPeeking(false);
      if (action === 'mask-paint') viewer.mask.stroke.lift();
    },
  };
}

function lookActions({ commands, state }: AppModel, viewer: Viewer) {
  const nextStyle = () => {
    const at = OVERLAY_STYLES.indexOf(state.view.overlayStyle);
    commands.setView({
      overlay: true,
      overlayStyle: OVERLAY_STYLES[(at + 1) % OVERLAY_STYLES.length] ?? 'tint',
    });
  };
  return {
    'show-input': () => viewer.showNumber(1),
    'show-output': () => {
      // Asked for itself, the output does not hide behind its error map.
      if (viewer.errorMap() !== null) commands.setErrorMap(null);
      viewer.showNumber(2);
    },
    'show-gt': () => viewer.showNumber(3),
    'show-method': (key: string) => viewer.showNumber(Number(key)),
    'next-in-place': () => viewer.showNext(1),
    'previous-in-place': () => viewer.showNext(-1),
    peek: () => viewer.setPeeking(true),
    'next-look': () => viewer.nextLook(1),
    'previous-look': () => viewer.nextLook(-1),
    swap: () => viewer.swapSides(),
    'error-map': () => viewer.toggleMap(),
    'previous-map': () => viewer.cycleMap(-1),
    'next-map': () => viewer.cycleMap(1),
    rectangle: () => viewer.setDrawing(!viewer.drawing()),
    leave: () => leaveInstrument(viewer),
    overlay: () => commands.setView({ overlay: !state.view.overlay }),
    'overlay-style': nextStyle,
  };
}

function zoomActions({ commands, state }: AppModel, viewer: Viewer) {
  const pan = (x: number, y: number) => {
    const pane = viewer.paneSize();
    viewer.panBy({ x: x * PAN_PART * pane.width, y: y * PAN_PART * pane.height });
  };
  return {
    fit: () => viewer.fit(),
    'actual-size': () => viewer.actualSize(),
    'zoom-in': () => viewer.zoomStep(1),
    'zoom-out': () => viewer.zoomStep(-1),
    smooth: () => commands.setView({ smooth: !state.view.smooth }),
    'pan-left': () => pan(1, 0),
    'pan-right': () => pan(-1, 0),
    'pan-up': () => pan(0, 1),
    'pan-down': () => pan(0, -1),
  };
}

function displayActions(viewer: Viewer) {
  return {
    'exposure-up': () => viewer.stepExposure(1),
    'exposure-down': () => viewer.stepExposure(-1),
    'gamma-up': () => viewer.stepGamma(1),
    'gamma-down': () => viewer.stepGamma(-1),
    clipping: () => viewer.toggleClipping(),
    'next-channel': () => viewer.nextChannel(),
    display: () => viewer.toggleDisplay(),
    'reset-display': () => viewer.resetDisplay(),
    inspector: () => viewer.toggleInspector(),
    magnifier: () => viewer.toggleMagnifier(),
    profile: () => viewer.setProfiling(!viewer.profiling()),
    alignment: () => viewer.setAligning(!viewer.aligning()),
    hints: () => viewer.toggleHints(),
    scopes: () => viewer.toggleScopes(),
  };
}

function sayActions({ say }: Viewer) {
  return {
    tag: () => say.open({ kind: 'tag' }),
    note: () => say.open({ kind: 'note', id: null }),
    rating: () => say.open({ kind: 'rating' }),
    pin: () => say.pins.setPlacing(!say.pins.placing()),
    figure: () => say.open({ kind: 'figure' }),
  };
}

function pageActions({ commands, state }: AppModel) {
  const inOrder = () => orderCases(state.cases, state.view.caseOrder).map(({ item }) => item.id);
  const goTo = (step: 1 | -1) => {
    const ids = inOrder();
    const at = state.currentCaseId === null ? -1 : ids.indexOf(state.currentCaseId);
    const next = ids[at + step];
    if (at !== -1 && next !== undefined) void commands.selectCase(next);
  };
  /** Failures are looked for from the worst one on. */
  const worst = () => {
    if (state.view.caseOrder !== 'added') return goTo(1);
    commands.setView({ caseOrder: WORST });
    const [first] = inOrder();
    if (first !== undefined) void commands.selectCase(first);
  };
  return {
    'previous-case': () => goTo(-1),
    'next-case': () => goTo(1),
    'worst-case': worst,
    panels: () => commands.setView({ panels: !state.view.panels }),
  };
}
