import { For, type JSX, Show } from 'solid-js';
import type { AnalysisView, RaterView } from '../../app/judge/model.ts';
import { SCREENING_RULE, type Screening } from '../../core/judge/screening.ts';
import { numberOr } from './numbers.ts';
import { TableBox } from './TableBox.tsx';

/** How far the raters agree, how each of them voted, and who was left out by which rule. */
export function Agreement(props: {
  readonly view: AnalysisView;
  readonly raters: readonly RaterView[];
}): JSX.Element {
  const analysis = () => props.view.analysis;
  const conditionsOf = (label: string) =>
    props.raters.find((rater) => rater.label === label)?.conditions ?? null;
  return (
    <section class="judge-part" aria-labelledby="agreement-title">
      <h3 id="agreement-title" class="judge-part-title">
        Agreement and screening of the raters
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
      <TableBox label="Raters and their screening">
        <table class="bench-table" data-testid="screening">
          <thead>
            <tr>
              <th scope="col" class="row-head">
                Rater
              </th>
              <th scope="col">Counts</th>
              <For each={['Golden right', 'Repeats alike', 'Median s', 'With the others']}>
                {(title) => (
                  <th scope="col" class="num">
                    {title}
                  </th>
                )}
              </For>
              <th scope="col">Conditions</th>
            </tr>
          </thead>
          <tbody>
            <For each={analysis().raters}>
              {(rater) => <RaterLine rater={rater} conditions={conditionsOf(rater.rater)} />}
            </For>
          </tbody>
        </table>
      </TableBox>
      <p class="section-note">{SCREENING_RULE}</p>
    </section>
  );
}

function RaterLine(props: {
  readonly rater: Screening;
  readonly conditions: RaterView['conditions'] | null;
}): JSX.Element {
  const rater = () => props.rater;
  const of = (part: number, whole: number) => (whole === 0 ? '–' : `${part} of ${whole}`);
  const median = () =>
    Number.isFinite(rater().medianSeconds) ? rater().medianSeconds.toFixed(1) : '–';
  return (
    <tr data-kept={rater().keep}>
      <th scope="row" class="row-head">
        {rater().rater}
      </th>
      <td>
        {rater().keep ? 'yes' : 'left out'}
        <Show when={rater().reasons.length > 0}>
          <span class="remark">{rater().reasons.join(' ')}</span>
        </Show>
      </td>
      <td class="num">{of(rater().goldenRight, rater().golden)}</td>
      <td class="num">{of(rater().repeatsAlike, rater().repeats)}</td>
      <td class="num">{median()}</td>
      <td class="num" title="Spearman’s rank correlation">
        {numberOr(rater().agreement, 2)}
      </td>
      <td class="row-note">{conditionWords(props.conditions)}</td>
    </tr>
  );
}

/** "Laptop, Indoor light, 40 to 80 cm": what was stated of the viewing conditions. */
function conditionWords(conditions: RaterView['conditions'] | null): string {
  if (conditions === null) return '';
  const { screen, brightness, room, distance, colourVision } = conditions;
  const stated = [screen, brightness && `brightness ${brightness.toLowerCase()}`, room, distance];
  return [...stated, colourVision]
    .filter((own) => own !== '' && !own.includes('not stated'))
    .join(', ');
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
          {props.value === null ? 'no value' : numberOr(props.value, 3)}
        </span>
        <span class="row-note">{props.note}</span>
      </dd>
    </div>
  );
}
