import { For, type JSX, Show } from 'solid-js';
import type { BenchMethodView, BenchModel } from '../../app/bench/model.ts';
import { PickMenu } from '../common/PickMenu.tsx';
import { placeOf, placeOptions } from './pairing.ts';

/** What each folder was taken for, where that was a method: it may be something else, or misnamed. */
export function Folders(props: { readonly bench: BenchModel }): JSX.Element {
  const dropped = () => props.bench.state.methods.filter(({ origin }) => origin === 'dropped');
  return (
    <Show when={dropped().length > 0}>
      <details class="fold">
        <summary>Folders taken as methods</summary>
        <ul class="fix-list">
          <For each={dropped()}>{(method) => <Folder bench={props.bench} method={method} />}</For>
        </ul>
      </details>
    </Show>
  );
}

function Folder(props: {
  readonly bench: BenchModel;
  readonly method: BenchMethodView;
}): JSX.Element {
  const { commands } = props.bench;
  const rename = (name: string) => {
    const method = name.trim();
    if (method === '' || method === props.method.id) return;
    void commands.moveMethod(props.method.id, { role: 'output', method });
  };
  return (
    <li class="fix-row">
      <label class="fix-menu">
        <span class="choice-label">Method</span>
        <input
          type="text"
          class="text-field"
          maxlength="80"
          spellcheck={false}
          value={props.method.id}
          onChange={(event) => rename(event.currentTarget.value)}
        />
      </label>
      <span class="file-size">{props.method.outputs} outputs</span>
      <PickMenu
        label="is no method but"
        first="role"
        action="Change"
        options={placeOptions([])}
        onChoose={(value) => {
          const place = placeOf(value);
          if (place) void commands.moveMethod(props.method.id, place);
        }}
      />
    </li>
  );
}
