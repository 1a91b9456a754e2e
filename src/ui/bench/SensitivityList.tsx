import { createMemo, For, type JSX, Show } from 'solid-js';
import type { Formula } from '../../core/bench/formula.ts';
import { type SensitivityRow, sensitivityOf } from '../../core/bench/sensitivity.ts';
import type { ChallengeId } from '../../core/challenges/types.ts';
import { formatMetric } from '../format.ts';
import type { BenchView } from './bench-view.ts';
import { meansOf } from './columns.ts';
import { type SensitivityInput, sensitivityInput } from './ranking-view.ts';

/** Whether the order holds when a weight, a range or a stand-in is chosen a little differently. */
export function SensitivityList(props: {
  readonly view: BenchView;
  readonly by: ChallengeId | 'formula';
  readonly formula: Formula;
}): JSX.Element {
  const input = createMemo(() =>
    sensitivityInput(props.by, props.formula, props.view.methods(), (method) =>
      meansOf(props.view.table(), method),
    ),
  );
  return <Show when={input()}>{(own) => <List input={own()} />}</Show>;
}

function List(props: { readonly input: SensitivityInput }): JSX.Element {
  const rows = createMemo(() =>
    sensitivityOf(
      props.input.formula,
      props.input.methods.map(({ means }) => means),
    ),
  );
  const turned = () => rows().filter(({ reorders }) => reorders).length;
  const scored = () => rows()[0]?.scores.some((score) => score !== null) ?? false;
  return (
    <Show when={scored()}>
      <details class="fold" data-testid="sensitivity">
        <summary>
          Sensitivity: {turned()} of {rows().length - 1} small changes of the formula change the
          order
        </summary>
        <p class="section-note">
          Every weight by ± 20 %, every end of a range by ± 10 % of its width, every stand-in at the
          ends and the middle of its range; one change at a time.
        </p>
        <div class="table-box">
          <table class="bench-table">
            <caption class="visually-hidden">Scores under small changes of the formula</caption>
            <thead>
              <tr>
                <th scope="col" class="row-head">
                  <span class="head-name">Change</span>
                </th>
                <For each={props.input.methods}>
                  {({ title }) => (
                    <th scope="col" class="num">
                      <span class="head-name">{title}</span>
                      <span class="head-part">score, rank</span>
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>{(row) => <Row row={row} first={rows()[0]} />}</For>
            </tbody>
          </table>
        </div>
      </details>
    </Show>
  );
}

function Row(props: {
  readonly row: SensitivityRow;
  readonly first: SensitivityRow | undefined;
}): JSX.Element {
  return (
    <tr classList={{ reorders: props.row.reorders }}>
      <th scope="row" class="row-head">
        {props.row.change}
      </th>
      <For each={props.row.scores}>
        {(score, i) => (
          <td class="num" classList={{ best: props.row.ranks[i()] !== props.first?.ranks[i()] }}>
            {score === null ? '–' : `${formatMetric(score, 2)}, ${props.row.ranks[i()] ?? '–'}`}
          </td>
        )}
      </For>
    </tr>
  );
}
