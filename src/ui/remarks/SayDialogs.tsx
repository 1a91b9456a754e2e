import { type JSX, lazy, Match, Suspense, Switch } from 'solid-js';
import { newId } from '../../app/ids.ts';
import type { AppModel, CaseView } from '../../app/model.ts';
import { Dialog } from '../common/Dialog.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import { About } from './About.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { Stars } from './Stars.tsx';
import type { SayDialog, SayTool } from './say-state.ts';
import { TagDialog } from './TagDialog.tsx';
import './remarks.css';

// Most visits make no figure: what draws one is fetched when one is made.
const FigureDialog = lazy(async () => {
  const { FigureDialog: dialog } = await import('../figure/FigureDialog.tsx');
  return { default: dialog };
});

interface SayDialogsProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly say: SayTool;
  readonly case: CaseView;
}

/** What is said of the case on screen is said here, wherever one looks: by key, panel or palette. */
export function SayDialogs(props: SayDialogsProps): JSX.Element {
  const of = <Kind extends SayDialog['kind']>(kind: Kind) => {
    const open = props.say.dialog();
    return open?.kind === kind ? (open as Extract<SayDialog, { kind: Kind }>) : null;
  };
  const close = () => props.say.open(null);
  const about = () => (
    <About
      say={props.say}
      hasMethod={props.case.shownMethod !== null}
      method={props.say.nameOf(props.case.shownMethod)}
    />
  );
  return (
    <Switch>
      <Match when={of('tag')}>
        <TagDialog say={props.say} own={props.model.ownTags()} head={about()} onClose={close} />
      </Match>
      <Match when={of('rating')}>
        <RatingDialog say={props.say} head={about()} onClose={close} />
      </Match>
      <Match when={of('note')}>
        {(open) => <Note say={props.say} id={open().id} head={about()} onClose={close} />}
      </Match>
      <Match when={of('figure')}>
        <Suspense>
          <FigureDialog {...props} onClose={close} />
        </Suspense>
      </Match>
      <Match when={of('pin')}>
        {(open) => <PinText say={props.say} id={open().id} onClose={close} />}
      </Match>
    </Switch>
  );
}

interface PartProps {
  readonly say: SayTool;
  readonly onClose: () => void;
}

/** 1 to 5 rate and close, 0 takes the rating back. */
function RatingDialog(props: PartProps & { readonly head: JSX.Element }): JSX.Element {
  const value = () =>
    props.say.remarks().ratings.find(({ method }) => method === props.say.about())?.stars ?? null;
  const rate = (stars: number | null) =>
    props.say.say({ kind: 'rate', method: props.say.about(), stars });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-5]$/.test(event.key)) rate(Number(event.key) || null);
    else if (event.key !== 'Enter') return;
    event.preventDefault();
    props.onClose();
  };
  return (
    <Dialog title="Rating" onClose={props.onClose} class="say-dialog" testId="rating-dialog">
      {props.head}
      <Stars value={value()} onChange={rate} onKeyDown={press} autofocus />
      <p class="palette-count">1 (worst) to 5 (best) rate, 0 takes it back, Esc leaves</p>
    </Dialog>
  );
}

/** A note of the id, else a new one; an emptied one goes. */
function Note(
  props: PartProps & { readonly id: string | null; readonly head: JSX.Element },
): JSX.Element {
  const known = () => props.say.remarks().notes.find(({ id }) => id === props.id);
  const save = (text: string) => {
    const note = known();
    if (text === note?.text) return;
    if (text !== '') {
      const method = note ? note.method : props.say.about();
      props.say.say({ kind: 'note', id: note?.id ?? newId(), method, text });
    } else if (note) props.say.say({ kind: 'remove', id: note.id });
  };
  return (
    <NoteDialog
      title={known() ? `Note on ${props.say.nameOf(known()?.method ?? null)}` : 'Note'}
      label="Note"
      text={known()?.text ?? ''}
      head={known() ? null : props.head}
      onSave={save}
      onClose={props.onClose}
    />
  );
}

function PinText(props: PartProps & { readonly id: string }): JSX.Element {
  const mark = () => props.say.pins.marks().find(({ id }) => id === props.id);
  const save = (text: string) => {
    const pin = mark()?.pin;
    if (pin && text !== pin.text) props.say.say({ ...pin, kind: 'pin', text });
  };
  return (
    <NoteDialog
      title={`Pin ${mark()?.number ?? ''} on ${props.say.nameOf(mark()?.pin.method ?? null)}`}
      label="What is there to see"
      text={mark()?.pin.text ?? ''}
      head={null}
      onSave={save}
      onClose={props.onClose}
    />
  );
}
