import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import { Folders } from './Folders.tsx';
import { LeftOut } from './LeftOut.tsx';
import { createListing, MoreButton } from './listing.tsx';
import { Matched } from './Matched.tsx';
import { ProblemItem } from './ProblemItem.tsx';
import { groupProblems, type ProblemGroup, problemWords, surveyWords } from './pairing.ts';
import './pairing.css';

/** What the files are as a set, and everything that does not fit, before any number. */
export function PairingReport(props: { readonly bench: BenchModel }): JSX.Element {
  const { state } = props.bench;
  const groups = createMemo(() => groupProblems(state.problems));
  const misfits = createMemo(() => groups().length > 0);
  const measuring = createMemo(() => state.run.status !== 'idle');
  const [open, setOpen] = createSignal(misfits() && !measuring());
  // It opens by itself when something stops fitting, and makes room for numbers once they are asked for.
  createEffect(on(misfits, setOpen, { defer: true }));
  createEffect(on(measuring, (own) => own && setOpen(false), { defer: true }));
  return (
    <section class="pairing" aria-label="Pairing report" data-testid="pairing">
      <details open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="pairing-summary">
          <span class="pairing-counts">{surveyWords(state)}</span>
          <span class="pairing-state" classList={{ open: groups().length > 0 }} role="status">
            {problemWords(groups())}
          </span>
        </summary>
        <div class="pairing-body">
          <For each={groups()}>{(group) => <Group bench={props.bench} group={group} />}</For>
          <Folders bench={props.bench} />
          <Matched bench={props.bench} />
          <LeftOut bench={props.bench} />
        </div>
      </details>
    </section>
  );
}

function Group(props: { readonly bench: BenchModel; readonly group: ProblemGroup }): JSX.Element {
  const problems = () => props.group.problems;
  const { shown, more, showMore } = createListing(problems);
  const excludable = () => problems().flatMap(({ files }) => files);
  return (
    <section
      class="problem-group"
      aria-label={props.group.title}
      data-testid={`problems-${props.group.kind}`}
    >
      <h3 class="problem-title">
        {props.group.title} <span class="problem-count">{problems().length}</span>
      </h3>
      <p class="section-note">{props.group.meaning}</p>
      <ul class="problem-list">
        <For each={shown()}>
          {(problem) => <ProblemItem bench={props.bench} problem={problem} />}
        </For>
      </ul>
      <MoreButton more={more()} onMore={showMore} />
      <Show when={props.group.kind === 'unmatched' && problems().length > 1}>
        <button
          type="button"
          class="link quiet"
          onClick={() => void props.bench.commands.correct(excludable(), { excluded: true })}
        >
          Leave all of them out
        </button>
      </Show>
    </section>
  );
}
