import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { createListing, MoreButton } from './listing.tsx';
import { filesOfCase } from './pairing.ts';

/** Which files were taken together as one case. */
export function Matched(props: { readonly bench: BenchModel }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const cases = () => props.bench.state.cases;
  return (
    <Show when={cases().length > 0}>
      <details
        class="fold"
        data-testid="matched"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>Files matched, case by case</summary>
        <Show when={open()}>
          <CaseList bench={props.bench} />
        </Show>
      </details>
    </Show>
  );
}

function CaseList(props: { readonly bench: BenchModel }): JSX.Element {
  const [wanted, setWanted] = createSignal('');
  const found = createMemo(() => {
    const word = wanted().trim().toLowerCase();
    return props.bench.state.cases.filter(({ title }) => title.toLowerCase().includes(word));
  });
  const { shown, more, showMore } = createListing(found);
  return (
    <>
      <label class="fix-menu matched-filter">
        <span class="choice-label">Find a case</span>
        <input
          type="search"
          class="text-field"
          spellcheck={false}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </label>
      <ul class="matched-list">
        <For each={shown()}>{(entry) => <Case bench={props.bench} entry={entry} />}</For>
      </ul>
      <MoreButton more={more()} onMore={showMore} />
    </>
  );
}

function Case(props: { readonly bench: BenchModel; readonly entry: SetCase }): JSX.Element {
  const titleOf = (method: string) =>
    props.bench.state.methods.find(({ id }) => id === method)?.title ?? method;
  return (
    <li class="matched-case">
      <span class="matched-title">{props.entry.title}</span>
      <dl class="matched-files">
        <For each={filesOfCase(props.entry, titleOf)}>
          {({ what, path }) => (
            <>
              <dt>{what}</dt>
              <dd>{path}</dd>
            </>
          )}
        </For>
      </dl>
    </li>
  );
}
