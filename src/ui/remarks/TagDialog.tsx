import Check from 'lucide-solid/icons/check';
import Plus from 'lucide-solid/icons/plus';
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  type JSX,
  Show,
} from 'solid-js';
import type { Tag } from '../../core/inspect/tags.ts';
import { Dialog } from '../common/Dialog.tsx';
import { movedTo } from '../palette/choice.ts';
import type { SayTool } from './say-state.ts';
import { LONGEST_TAG, type TagOption, tagOptions } from './tag-choice.ts';

interface TagDialogProps {
  readonly say: SayTool;
  /** Tags of one's own that some case has. */
  readonly own: readonly Pick<Tag, 'id' | 'title'>[];
  readonly head: JSX.Element;
  readonly onClose: () => void;
}

/** A few letters find a tag, Enter gives it, Enter with nothing typed is the end. */
export function TagDialog(props: TagDialogProps): JSX.Element {
  const id = createUniqueId();
  const [query, setQuery] = createSignal('');
  /** -1: nothing is chosen, Enter closes. */
  const [at, setAt] = createSignal(-1);
  const given = () => props.say.remarks().tags.filter(({ method }) => method === props.say.about());
  const options = createMemo(() => tagOptions(query(), props.own, given()));
  const optionId = (index: number) => `${id}-${index}`;
  createEffect(() => {
    if (options()[at()])
      document.getElementById(optionId(at()))?.scrollIntoView({ block: 'nearest' });
  });
  const toggle = ({ tag, given: has }: TagOption) => {
    const method = props.say.about();
    if (has) props.say.say({ kind: 'untag', tag: tag.id, method });
    else props.say.say({ kind: 'tag', tag: { id: tag.id, title: tag.title }, method });
    setQuery('');
    setAt(-1);
  };
  const press = (event: KeyboardEvent) => {
    const option = options()[at()];
    const next = movedTo(event.key, at(), options().length);
    if (event.key === 'Enter' && option) toggle(option);
    else if (event.key === 'Enter') props.onClose();
    else if (next !== null) setAt(next);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Tag" onClose={props.onClose} class="palette say-dialog" testId="tag-dialog">
      {props.head}
      <input
        type="text"
        class="palette-query"
        role="combobox"
        aria-label="Find a tag or write one of your own"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={options()[at()] ? optionId(at()) : undefined}
        placeholder="Halo, blur, or a word of your own"
        autocomplete="off"
        maxlength={LONGEST_TAG}
        autofocus
        value={query()}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(event.currentTarget.value.trim() === '' ? -1 : 0);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} class="palette-list" role="listbox" aria-label="Tags">
        <For each={options()}>
          {(option, index) => (
            <Option
              id={optionId(index())}
              option={option}
              chosen={index() === at()}
              onToggle={() => toggle(option)}
            />
          )}
        </For>
      </div>
      <p class="palette-count">
        Enter gives it, or takes it back; Enter with nothing typed, or Esc, is the end
      </p>
      <p class="visually-hidden" role="status">
        {given().length === 0
          ? 'No tags yet'
          : `Tags: ${given()
              .map(({ title }) => title)
              .join(', ')}`}
      </p>
    </Dialog>
  );
}

function Option(props: {
  readonly id: string;
  readonly option: TagOption;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}): JSX.Element {
  return (
    <div
      id={props.id}
      class="palette-option tag-option"
      role="option"
      tabIndex={-1}
      aria-selected={props.chosen}
      onPointerUp={() => props.onToggle()}
    >
      <span class="tag-given">
        <Show when={props.option.given}>
          <Check />
          <span class="visually-hidden">given:</span>
        </Show>
        <Show when={props.option.isNew}>
          <Plus />
          <span class="visually-hidden">new:</span>
        </Show>
      </span>
      <span>{props.option.tag.title}</span>
      <span class="palette-group tag-sentence">
        {props.option.isNew ? 'New tag of your own' : props.option.tag.sentence}
      </span>
    </div>
  );
}
