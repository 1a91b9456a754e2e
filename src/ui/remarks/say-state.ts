import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { AppModel, CaseView, MethodId } from '../../app/model.ts';
import type { RemarkEdit } from '../../core/inspect/remarkEdits.ts';
import { NO_REMARKS, type Remarks } from '../../core/inspect/tags.ts';
import { createPins, type PinLens, type PinTool } from './pin-state.ts';

/** What is being said at the moment, in a dialog over the page. */
export type SayDialog =
  | { readonly kind: 'tag' }
  | { readonly kind: 'rating' }
  /** Without an id: a new note. */
  | { readonly kind: 'note'; readonly id: string | null }
  | { readonly kind: 'pin'; readonly id: string }
  | { readonly kind: 'figure' };

/** Saying something about the case on screen. */
export interface SayTool {
  readonly remarks: Accessor<Remarks>;
  /** Whom the next remark is about: the shown method, or null for the case as a whole. */
  readonly about: Accessor<MethodId | null>;
  readonly setAboutCase: (on: boolean) => void;
  /** "Flash S"; "the case" for null. */
  readonly nameOf: (method: MethodId | null) => string;
  readonly dialog: Accessor<SayDialog | null>;
  readonly open: (dialog: SayDialog | null) => void;
  readonly say: (edit: RemarkEdit) => void;
  readonly pins: PinTool;
}

/** The tool for the case on screen, its pins seen through `lens`. */
export function createSay(
  model: AppModel,
  current: Accessor<CaseView | null>,
  lens: PinLens,
): SayTool {
  const [aboutCase, setAboutCase] = createSignal(false);
  const [dialog, setDialog] = createSignal<SayDialog | null>(null);
  const remarks = createMemo(() => {
    const item = current();
    return item ? model.remarksOf(item) : NO_REMARKS;
  });
  const about = () => (aboutCase() ? null : (current()?.shownMethod ?? null));
  const say = (edit: RemarkEdit) => {
    const item = current();
    if (item) void model.commands.say(item.id, edit);
  };
  return {
    remarks,
    about,
    setAboutCase: (on) => setAboutCase(on),
    nameOf: (method) => {
      if (method === null) return 'the case';
      const known = current()?.methods.find(({ methodId }) => methodId === method);
      return known?.title ?? method;
    },
    dialog,
    open: (next) => setDialog(next),
    say,
    pins: createPins({ caseId: () => current()?.id, pins: () => remarks().pins, say, about }, lens),
  };
}
