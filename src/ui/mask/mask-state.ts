import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  untrack,
} from 'solid-js';
import type { AppModel, CaseView, MaskPlace, MaskTarget } from '../../app/model.ts';
import type { Gray8 } from '../../core/image/types.ts';
import { fillEdit, invertEdit, type MaskEdit } from '../../core/inspect/maskEdit.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { frameRect, type Rect, type Size, type Viewport } from '../viewer/viewport.ts';
import { createBrush, type MaskBrush } from './brush-state.ts';
import { createMaskSession, type MaskSession } from './session.ts';
import { createStroke, type MaskStroke } from './stroke-state.ts';

/** A mask of the current case while it is painted on, in every pane. */
export interface MaskTool {
  readonly brush: MaskBrush;
  /** Which mask is painted; null: none is. */
  readonly painting: Accessor<MaskTarget | null>;
  /** Begins with a mask, or goes on with another one; null leaves. */
  readonly paint: (target: MaskTarget | null) => void;
  /** Null while the mask is being read. */
  readonly session: Accessor<MaskSession | null>;
  /** The session whose mask lies over the pictures: also while what it left is drawn by others. */
  readonly onScreen: Accessor<MaskSession | null>;
  /** Whether the mask is seen; it is painted all the same. */
  readonly maskShown: Accessor<boolean>;
  readonly setMaskShown: (on: boolean) => void;
  readonly stroke: MaskStroke;
  /** Whether a change of this mask is being made that nothing else may come between. */
  readonly busy: (target: MaskTarget) => boolean;
  readonly feather: () => void;
  readonly invert: () => void;
  /** The whole mask, or nothing of it. */
  readonly fill: (covered: boolean) => void;
  /** Calls back with the part of the mask that looks different; returns how to stop that. */
  readonly onMaskDrawn: (listener: (part: Rectangle) => void) => () => void;
}

/** The part of the viewer's state that the tool is laid over. */
interface Lens {
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly viewport: Accessor<Viewport>;
}

/** SHA-256 of a case's mask; null where there is none. */
function maskHash(model: AppModel, { caseId, target }: MaskPlace): string | null {
  const item = model.state.cases.find(({ id }) => id === caseId);
  const mask = target === 'person' ? item?.mask : item?.regionMasks[target];
  return mask?.sha256 ?? null;
}

/** The tool for `current`, painting through `lens`; what is painted goes to the model's commands. */
export function createMaskTool(
  model: AppModel,
  current: Accessor<CaseView | null>,
  lens: Lens,
): MaskTool {
  const [painting, setPainting] = createSignal<MaskTarget | null>(null);
  const [maskShown, setMaskShown] = createSignal(true);
  const brush = createBrush(lens.frame);
  const listeners = new Set<(part: Rectangle) => void>();
  const sessions = createSessions(model, current, painting, (part) => {
    for (const listener of listeners) listener(part);
  });
  const { session } = sessions;
  const place = createMemo<Rect | null>(() => {
    const frame = lens.frame();
    return frame && frameRect(lens.viewport(), frame, lens.paneSize());
  });
  const stroke = createStroke({ brush, session, place, frame: lens.frame });
  let returnTo: Element | null = null;
  const paint = (target: MaskTarget | null) => {
    stroke.drop();
    // Whatever wants the pointer for itself ends painting, which may not be going on.
    if (painting() === null && target === null) return;
    if (painting() === null) returnTo = document.activeElement;
    setMaskShown(true);
    setPainting(current() ? target : null);
    if (target !== null) stroke.takeFocus();
    else giveFocusBack(returnTo);
  };
  const caseId = () => current()?.id;
  createEffect(on(caseId, () => paint(null), { defer: true }));
  guardAgainstLeaving(sessions.unsaved);
  return {
    brush,
    painting,
    paint,
    session,
    onScreen: sessions.onScreen,
    busy: (target) => session()?.place.target === target && session()?.busy() === true,
    maskShown,
    setMaskShown: (on) => setMaskShown(on),
    stroke,
    ...wholeChanges(session, (mask) => model.commands.featheredMask(mask, brush.featherBy())),
    onMaskDrawn: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Steps that change all of a mask. */
function wholeChanges(
  session: Accessor<MaskSession | null>,
  soften: (mask: Gray8) => Promise<Gray8 | null>,
): Pick<MaskTool, 'feather' | 'invert' | 'fill'> {
  const change = (make: (mask: Gray8) => MaskEdit) => {
    const now = session();
    if (now) now.change(make(now.mask));
  };
  return {
    feather: () => session()?.replace(soften),
    invert: () => change(invertEdit),
    fill: (covered) => change((mask) => fillEdit(mask, covered ? 255 : 0)),
  };
}

/** The keyboard goes on where painting was begun. */
function giveFocusBack(to: Element | null): void {
  const back = () => {
    if (to instanceof HTMLElement && to.isConnected && to !== document.body) to.focus();
  };
  // Behind whatever takes care of an element that vanished with the focus.
  queueMicrotask(back);
}

/** Tells of a session whose mask became another one by no work of its own. */
function onReplaced(
  model: AppModel,
  session: Accessor<MaskSession | null>,
  tell: (session: MaskSession) => void,
): void {
  const held = createMemo(
    () => {
      const by = session();
      return by && { by, hash: maskHash(model, by.place) };
    },
    null,
    { equals: (a, b) => a?.by === b?.by && a?.hash === b?.hash },
  );
  createEffect(
    on(held, (now, before) => {
      if (now && now.by === before?.by && !now.by.saving()) tell(now.by);
    }),
  );
}

/** The session that was left last, until everything of it is kept and drawn by others. */
function createLeaving() {
  const [leaving, setLeaving] = createSignal<MaskSession | null>(null);
  const leave = async (session: MaskSession) => {
    setLeaving(session);
    await session.close();
    if (untrack(leaving) === session) setLeaving(null);
  };
  return { leaving, leave };
}

/** Opens a session for the mask that is painted, and closes it without losing a stroke. */
function createSessions(
  model: AppModel,
  current: Accessor<CaseView | null>,
  painting: Accessor<MaskTarget | null>,
  drawn: (part: Rectangle) => void,
) {
  const [session, setSession] = createSignal<MaskSession | null>(null);
  const { leaving, leave } = createLeaving();
  let opening = 0;
  const close = async () => {
    const before = untrack(session);
    setSession(null);
    if (before) await leave(before);
  };
  const open = async (caseId: string, target: MaskTarget) => {
    opening += 1;
    const turn = opening;
    await close();
    const place = { caseId, target };
    const mask = await model.commands.openMask(place);
    if (turn !== opening || !mask) return;
    setSession(createMaskSession(model.commands, place, mask, drawn));
  };
  const wanted = createMemo(() => `${current()?.id}/${painting()}`);
  const enter = () => {
    const [item, target] = [untrack(current), untrack(painting)];
    if (item && target) void open(item.id, target);
    else {
      opening += 1;
      void close();
    }
  };
  createEffect(on(wanted, enter));
  // Another mask came from elsewhere: a file, a network, a step back to the original.
  const pending = () => session() ?? leaving();
  onReplaced(model, pending, (replaced) => {
    replaced.discard();
    if (replaced === untrack(session)) enter();
  });
  onCleanup(() => void close());
  const onScreen = createMemo(() => {
    const left = leaving();
    const held = left?.place.caseId === current()?.id && model.state.view.overlay;
    return session() ?? (held ? left : null);
  });
  const unsaved = () => [session(), leaving()].some((held) => held?.saved() === false);
  return { session, onScreen, unsaved };
}

/** The browser asks before the page goes while a change is not kept yet, which takes a moment. */
function guardAgainstLeaving(unsaved: Accessor<boolean>): void {
  const ask = (event: BeforeUnloadEvent) => {
    if (unsaved()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  onCleanup(() => window.removeEventListener('beforeunload', ask));
}
