import { createSignal, For, type JSX, Show } from 'solid-js';
import type { AnalysisView } from '../../app/judge/model.ts';
import type { Correlations as Values } from '../../core/judge/correlation.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import { Choice } from '../bench/TableParts.tsx';
import { NumberTable } from './NumberTable.tsx';
import { numberOr } from './numbers.ts';

const OVER: Readonly<Record<Protocol['shows'], string>> = {
  pair: 'within each case over its pictures, averaged over the cases',
  all: 'within each case over its pictures, averaged over the cases',
  one: 'over all pictures that were rated',
};

/** How every metric of the bench goes with the votes. */
export function Correlations(props: {
  readonly view: AnalysisView;
  readonly shows: Protocol['shows'];
}): JSX.Element {
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
          Spearman’s (SRCC), Pearson’s (PLCC) and Kendall’s (KRCC) correlation with the votes,{' '}
          {OVER[props.shows]}, and over the means of the methods. Metrics are turned so that more is
          better.
        </p>
        <NumberTable
          label="Correlations of the metrics with the votes"
          testId="correlations"
          corner="Metric"
          heads={[...heads('pictures'), ...heads('methods'), { title: 'Pictures' }]}
          rows={props.view.correlations}
          titleOf={({ title }) => title}
        >
          {({ pictures, methods, count }) => (
            <>
              <Coefficients values={pictures} />
              <Coefficients values={methods} />
              <td class="num">{count}</td>
            </>
          )}
        </NumberTable>
      </Show>
    </section>
  );
}

const heads = (part: string) => ['SRCC', 'PLCC', 'KRCC'].map((title) => ({ title, part }));

function Coefficients(props: { readonly values: Values | null }): JSX.Element {
  return (
    <For each={['srcc', 'plcc', 'krcc'] as const}>
      {(id) => <td class="num">{numberOr(props.values?.[id], 3)}</td>}
    </For>
  );
}

/** Cases in which most votes go against a metric, the clearest first; each opens on Look. */
export function Disagreements(props: {
  readonly view: AnalysisView;
  readonly titleOf: (method: string) => string;
  readonly onOpen: (caseId: string, method: string) => void;
}): JSX.Element {
  const [wanted, setWanted] = createSignal<string | null>(null);
  const all = () => props.view.disagreements;
  const shown = () => all().find(({ column }) => column === wanted()) ?? all()[0];
  return (
    <Show when={shown()}>
      {(own) => (
        <section class="judge-part" aria-labelledby="disagreements-title">
          <h3 id="disagreements-title" class="judge-part-title">
            Where people and metrics disagree most
          </h3>
          <div class="controls">
            <Choice
              label="Metric"
              testId="disagreement-metric"
              value={own().column}
              options={all().map(({ column, title }) => ({ value: column, label: title }))}
              onChange={setWanted}
            />
            <p class="section-note">The most one-sided and clearest first; each opens its case.</p>
          </div>
          <ol class="disagreements" data-testid="disagreements">
            <For each={own().pairs}>
              {(pair) => (
                <li>
                  <button
                    type="button"
                    class="disagreement"
                    onClick={() => props.onOpen(pair.caseId, pair.worse)}
                  >
                    <span class="disagreement-case">{pair.caseTitle}</span>
                    <span>
                      {Math.round(100 * pair.share)} % prefer <b>{props.titleOf(pair.worse)}</b> to{' '}
                      <b>{props.titleOf(pair.better)}</b>, which {own().title} finds better by{' '}
                      {Number(pair.difference.toPrecision(3))}
                    </span>
                  </button>
                </li>
              )}
            </For>
          </ol>
        </section>
      )}
    </Show>
  );
}
