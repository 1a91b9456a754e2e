import Grid from 'lucide-solid/icons/layout-grid';
import Link from 'lucide-solid/icons/link';
import MapPin from 'lucide-solid/icons/map-pin';
import StickyNote from 'lucide-solid/icons/sticky-note';
import TagIcon from 'lucide-solid/icons/tag';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';
import type { AppModel, CaseView, MethodId } from '../../app/model.ts';
import { isSilent } from '../../core/inspect/remarkEdits.ts';
import { EachById } from '../common/EachById.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { saveFile } from '../panel/save.ts';
import { About } from './About.tsx';
import { remarksFile } from './remarks-file.ts';
import { Stars } from './Stars.tsx';
import type { SayTool } from './say-state.ts';
import './remarks.css';

interface RemarksSectionProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly say: SayTool;
  /** Copies the link to what is on screen. */
  readonly onLink: () => void;
}

/** What was said of the case, and ways to say more. */
export function RemarksSection(props: RemarksSectionProps): JSX.Element {
  const rating = () =>
    props.say.remarks().ratings.find(({ method }) => method === props.say.about())?.stars ?? null;
  return (
    <section class="section remarks" aria-label="Say it" data-testid="remarks">
      <div class="section-head">
        <h2 class="section-title">Say it</h2>
        <SaveRemarks model={props.model} />
      </div>
      <About
        say={props.say}
        hasMethod={props.case.shownMethod !== null}
        method={props.say.nameOf(props.case.shownMethod)}
      />
      <Stars
        value={rating()}
        onChange={(stars) => props.say.say({ kind: 'rate', method: props.say.about(), stars })}
      />
      <Tags say={props.say} />
      <div class="remark-actions">
        <Action label="Tag" hotkey="Y" onClick={() => props.say.open({ kind: 'tag' })}>
          <TagIcon />
        </Action>
        <Action label="Note" hotkey="N" onClick={() => props.say.open({ kind: 'note', id: null })}>
          <StickyNote />
        </Action>
        <Action label="Pin" hotkey="K" onClick={() => props.say.pins.setPlacing(true)}>
          <MapPin />
        </Action>
        <button
          type="button"
          class="button small"
          title="Copy the link to this view"
          onClick={() => props.onLink()}
        >
          <Link />
          Link
        </button>
        <Action
          class="figure-action"
          label="Figure"
          hotkey="Shift+F"
          onClick={() => props.say.open({ kind: 'figure' })}
        >
          <Grid />
        </Action>
      </div>
      <Notes say={props.say} />
      <Pins say={props.say} />
    </section>
  );
}

/** Cases of the bench have their remarks in its workspace file and report, too. */
function SaveRemarks(props: { readonly model: AppModel }): JSX.Element {
  const cases = () =>
    props.model.state.cases.map((item) => ({
      title: item.title,
      said: props.model.remarksOf(item),
    }));
  return (
    <Show when={cases().some(({ said }) => !isSilent(said))}>
      <button
        type="button"
        class="link quiet section-link"
        title="Save what was said of all cases that are open"
        data-testid="save-remarks"
        onClick={() => {
          const file = remarksFile(cases());
          if (file) void saveFile(file);
        }}
      >
        Save all as CSV
      </button>
    </Show>
  );
}

function Action(props: {
  readonly label: string;
  readonly hotkey: string;
  readonly class?: string;
  readonly onClick: () => void;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <button
      type="button"
      class={`button small ${props.class ?? ''}`}
      title={`${props.label} (${props.hotkey})`}
      onClick={() => props.onClick()}
    >
      {props.children}
      {props.label}
    </button>
  );
}

/** Said of another output than the shown one, or of the case: it says so. */
function Whose(props: { readonly say: SayTool; readonly method: MethodId | null }): JSX.Element {
  return (
    <Show when={props.method !== props.say.about()}>
      <span class="remark-whose">{props.say.nameOf(props.method)}</span>
    </Show>
  );
}

function Tags(props: { readonly say: SayTool }): JSX.Element {
  const { say } = props;
  return (
    <Show when={say.remarks().tags.length > 0}>
      <ul class="tag-list" aria-label="Tags">
        <For each={say.remarks().tags}>
          {({ tag, title, method }) => (
            <li class="tag-chip">
              <Whose say={say} method={method} />
              <span class="tag-title">{title}</span>
              <button
                type="button"
                class="chip-remove"
                aria-label={`Take back ${title}`}
                onClick={() => say.say({ kind: 'untag', tag, method })}
              >
                <X />
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function Notes(props: { readonly say: SayTool }): JSX.Element {
  const { say } = props;
  return (
    <Show when={say.remarks().notes.length > 0}>
      <ul class="remark-list" aria-label="Notes">
        <EachById each={say.remarks().notes}>
          {(note) => (
            <li class="remark">
              <button
                type="button"
                class="remark-text"
                title="Change the note"
                onClick={() => say.open({ kind: 'note', id: note().id })}
              >
                <Whose say={say} method={note().method} />
                {note().text}
              </button>
              <IconButton
                label="Take the note back"
                onClick={() => say.say({ kind: 'remove', id: note().id })}
              >
                <X />
              </IconButton>
            </li>
          )}
        </EachById>
      </ul>
    </Show>
  );
}

function Pins(props: { readonly say: SayTool }): JSX.Element {
  const { say } = props;
  const { pins } = say;
  return (
    <Show when={pins.marks().length > 0}>
      <ul class="remark-list" aria-label="Pins">
        <EachById each={pins.marks()}>
          {(mark) => (
            <li class="remark" classList={{ chosen: pins.selected() === mark().id }}>
              <button
                type="button"
                class="remark-text"
                title="Change the pin’s text"
                onClick={() => {
                  pins.select(mark().id);
                  say.open({ kind: 'pin', id: mark().id });
                }}
              >
                <span class="pin-number">{mark().number}</span>
                <Whose say={say} method={mark().pin.method} />
                {mark().pin.text || <span class="section-note">no text</span>}
              </button>
              <IconButton
                label={`Take pin ${mark().number} back`}
                onClick={() => say.say({ kind: 'remove', id: mark().id })}
              >
                <X />
              </IconButton>
            </li>
          )}
        </EachById>
      </ul>
    </Show>
  );
}
