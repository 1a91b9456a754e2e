import { For, type JSX, Show } from 'solid-js';
import type { AnalysisView } from '../../app/judge/model.ts';
import { SCREENING_RULE } from '../../core/judge/screening.ts';
import { TableBox } from './TableBox.tsx';

/** How far the raters agree, and which of them were left out by which rule. */
export function Agreement(props: { readonly view: AnalysisView }): JSX.Element {
  const analysis = () => props.view.analysis;
  return (
    <section class="judge-part" aria-labelledby="agreement-title">
      <h3 id="agreement-title" class="judge-part-title">
        Agreement of the raters
      </h3>
      <dl class="agreement">
        <Fact
          name="Kendall’s W"
          value={analysis().kendallW}
          note="of the raters’ orders; 1: all the same"
        />
        <Fact
          name="Krippendorff’s α"
          value={analysis().alpha}
          note="of single answers; 0: as by chance"
        />
      </dl>
      <ul class="screening">
        <For each={analysis().raters}>
          {({ rater, keep, reasons }) => (
            <li data-kept={keep}>
              <span class="rater-name">{rater}</span>
              <span class="rater-done">{keep ? 'counts' : 'left out'}</span>
              <span class="row-note">{reasons.join(' ')}</span>
            </li>
          )}
        </For>
      </ul>
      <details class="fold">
        <summary>The rule of the screening</summary>
        <p class="section-note">{SCREENING_RULE}</p>
      </details>
    </section>
  );
}

function Fact(props: {
  readonly name: string;
  readonly value: number | null;
  readonly note: string;
}): JSX.Element {
  return (
    <div class="agreement-fact">
      <dt>{props.name}</dt>
      <dd>
        <span class="agreement-value">
          {props.value === null ? 'no value' : props.value.toFixed(3)}
        </span>
        <span class="row-note">{props.note}</span>
      </dd>
    </div>
  );
}

/** Which method won for which stated reason, and how often. */
export function Reasons(props: { readonly view: AnalysisView }): JSX.Element {
  const reasons = () => Object.entries(props.view.analysis.reasons);
  const count = (wins: Readonly<Record<string, number>>, index: number) =>
    wins[props.view.analysis.methods[index]?.mark ?? ''] ?? 0;
  return (
    <Show when={reasons().length > 0}>
      <section class="judge-part" aria-labelledby="reasons-title">
        <h3 id="reasons-title" class="judge-part-title">
          Wins by stated reason
        </h3>
        <TableBox label="Wins by stated reason">
          <table class="bench-table">
            <thead>
              <tr>
                <th scope="col" class="row-head">
                  Method
                </th>
                <For each={reasons()}>
                  {([reason]) => (
                    <th scope="col" class="num">
                      {reason}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.view.titles}>
                {(title, index) => (
                  <tr>
                    <th scope="row" class="row-head">
                      {title}
                    </th>
                    <For each={reasons()}>
                      {([, wins]) => <td class="num">{count(wins, index())}</td>}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </TableBox>
      </section>
    </Show>
  );
}
