import { For, type JSX, Show } from 'solid-js';
import type { AnalysisView } from '../../app/judge/model.ts';
import { TableBox } from './TableBox.tsx';

/** How every metric of the bench goes with the votes. */
export function Correlations(props: { readonly view: AnalysisView }): JSX.Element {
  const known = (value: number | null) => (value === null ? '–' : value.toFixed(3));
  return (
    <section class="judge-part" aria-labelledby="correlations-title">
      <h3 id="correlations-title" class="judge-part-title">
        Metrics and people
      </h3>
      <Show
        when={props.view.correlations.length > 0}
        fallback={
          <p class="section-note">
            There are no numbers to compare with: measure the same set on the bench of this browser.
          </p>
        }
      >
        <p class="section-note">
          Over the pictures that were judged, metrics turned so that more is better: Spearman’s,
          Pearson’s and Kendall’s correlation with the votes.
        </p>
        <TableBox label="Correlations of the metrics with the votes">
          <table class="bench-table" data-testid="correlations">
            <thead>
              <tr>
                <th scope="col" class="row-head">
                  Metric
                </th>
                <For each={['SRCC', 'PLCC', 'KRCC', 'Pictures']}>
                  {(title) => (
                    <th scope="col" class="num">
                      {title}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.view.correlations}>
                {({ title, values, count }) => (
                  <tr>
                    <th scope="row" class="row-head">
                      {title}
                    </th>
                    <td class="num">{known(values.srcc)}</td>
                    <td class="num">{known(values.plcc)}</td>
                    <td class="num">{known(values.krcc)}</td>
                    <td class="num">{count}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </TableBox>
      </Show>
    </section>
  );
}

/** Cases in which most votes go against the metric, the clearest first; each opens on Look. */
export function Disagreements(props: {
  readonly view: AnalysisView;
  readonly titleOf: (method: string) => string;
  readonly onOpen: (caseId: string, method: string) => void;
}): JSX.Element {
  return (
    <Show when={props.view.disagreements.length > 0}>
      <section class="judge-part" aria-labelledby="disagreements-title">
        <h3 id="disagreements-title" class="judge-part-title">
          Where people and metrics disagree most
        </h3>
        <ol class="disagreements" data-testid="disagreements">
          <For each={props.view.disagreements}>
            {(own) => (
              <li>
                <button
                  type="button"
                  class="disagreement"
                  onClick={() => props.onOpen(own.caseId, own.worse)}
                >
                  <span class="disagreement-case">{own.caseTitle}</span>
                  <span>
                    {Math.round(100 * own.share)} % prefer <b>{props.titleOf(own.worse)}</b> to{' '}
                    <b>{props.titleOf(own.better)}</b>, which {own.column} finds better by{' '}
                    {Number(own.difference.toPrecision(3))}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  );
}
