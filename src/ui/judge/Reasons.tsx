import { For, type JSX, Show } from 'solid-js';
import type { AnalysisView } from '../../app/judge/model.ts';
import type { ReasonScores } from '../../core/judge/reasons.ts';
import { NumberTable } from './NumberTable.tsx';
import { numberOr } from './numbers.ts';

/** What the choices come to that were made for each stated reason. */
export function Reasons(props: { readonly view: AnalysisView }): JSX.Element {
  const reasons = () => props.view.analysis.reasons;
  return (
    <Show when={reasons().length > 0}>
      <section class="judge-part" aria-labelledby="reasons-title">
        <h3 id="reasons-title" class="judge-part-title">
          Scores by stated reason
        </h3>
        <p class="section-note">
          Strength (Bradley–Terry) over the choices made for this reason, with its 95 % interval,
          and how many of them were won and lost.
          <Show when={reasons().some(({ regularised }) => regularised)}>
            {' '}
            Where some always won or lost, a weak prior holds the strengths finite.
          </Show>
        </p>
        <ReasonTable view={props.view} />
      </section>
    </Show>
  );
}

function ReasonTable(props: { readonly view: AnalysisView }): JSX.Element {
  const reasons = () => props.view.analysis.reasons;
  const order = () =>
    props.view.titles
      .map((title, index) => ({ title, index, rank: props.view.rows[index]?.peopleRank ?? null }))
      .sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY));
  return (
    <NumberTable
      label="Strength for each reason"
      testId="reasons"
      corner="Method"
      heads={reasons().map(({ reason, votes }) => ({ title: reason, part: `${votes} choices` }))}
      rows={order()}
      titleOf={({ title }) => title}
    >
      {({ index }) => (
        <For each={reasons()}>{(reason) => <Cell method={reason.methods[index]} />}</For>
      )}
    </NumberTable>
  );
}

function Cell(props: {
  readonly method: ReasonScores['methods'][number] | undefined;
}): JSX.Element {
  return (
    <td class="num">
      <Show when={props.method && props.method.wins + props.method.losses > 0 && props.method}>
        {(own) => (
          <>
            {numberOr(own().strength.value, 2)}{' '}
            <span class="row-note">
              {numberOr(own().strength.low, 2)} … {numberOr(own().strength.high, 2)} · {own().wins}:
              {own().losses}
            </span>
          </>
        )}
      </Show>
    </td>
  );
}
