import Check from 'lucide-solid/icons/check';
import Plus from 'lucide-solid/icons/plus';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { Tag } from '../../core/inspect/tags.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Said } from '../common/Said.tsx';
import { ComboList } from '../palette/ComboList.tsx';
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
  const [query, setQuery] = createSignal('');
  const given = () => props.say.remarks().tags.filter(({ method }) => method === props.say.about());
  const options = createMemo(() => tagOptions(query(), props.own, given()));
  const toggle = (option: TagOption | undefined) => {
    if (!option) {
      props.onClose();
      return;
    }
    const { tag, given: has } = option;
    const method = props.say.about();
    if (has) props.say.say({ kind: 'untag', tag: tag.id, method });
    else props.say.say({ kind: 'tag', tag: { id: tag.id, title: tag.title }, method });
    setQuery('');
  };
  return (
    <Dialog title="Tag" onClose={props.onClose} class="palette say-dialog" testId="tag-dialog">
      {props.head}
      <ComboList
        label="Find a tag or write one of your own"
        placeholder="Halo, blur, or a word of your own"
        maxLength={LONGEST_TAG}
        query={query()}
        onQuery={setQuery}
        listLabel="Tags"
        options={options()}
        first={query().trim() === '' ? -1 : 0}
        onTake={toggle}
        optionClass="tag-option"
      >
        {(option) => <Option option={option} />}
      </ComboList>
      <p class="palette-count">
        Enter gives it, or takes it back; Enter with nothing typed, or Esc, is the end
      </p>
      <Said>
        {given().length === 0
          ? 'No tags yet'
          : `Tags: ${given()
              .map(({ title }) => title)
              .join(', ')}`}
      </Said>
    </Dialog>
  );
}

function Option(props: { readonly option: TagOption }): JSX.Element {
  return (
    <>
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
    </>
  );
}
