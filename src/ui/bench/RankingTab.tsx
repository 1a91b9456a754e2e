import { createMemo, createSignal, For, Index, type JSX, Show } from 'solid-js';
import type { RankingRow, RankingView } from '../../app/bench/model.ts';
import { formatMetric } from '../format.ts';
import type { BenchView } from './bench-view.ts';
import {
  hasPrintedVariant,
  measurable,
  partTitles,
  RANKINGS,
  rankingIdOf,
} from './ranking-view.ts';
import { SensitivityList } from './SensitivityList.tsx';
import { Choice } from './TableParts.tsx';

/** What a challenge, or the own formula, makes of the methods. */
export function RankingTab(props: {
  readonly view: BenchView;
  readonly onImport: () => void;
}): JSX.Element {
  const { choices, bench } = props.view;
  const ranking = createRanking(props.view, choices.rankingBy, choices.rankingPrinted);
  return (
    <>
      <div class="controls">
        <Choice
          label="Score of"
          testId="ranking-by"
          value={choices.rankingBy()}
          options={RANKINGS}
          onChange={(value) => choices.setRankingBy(rankingIdOf(value))}
        />
        <Show when={hasPrintedVariant(choices.rankingBy())}>
          <label class="check-row">
            <input
              type="checkbox"
              data-testid="ranking-printed"
              checked={choices.rankingPrinted()}
              onChange={(event) => choices.setRankingPrinted(event.currentTarget.checked)}
            />
            formula as the report prints it
          </label>
        </Show>
      </div>
      <p class="section-note definition">{ranking().definition}</p>
      <Missing ranking={ranking()} onImport={props.onImport} />
      <RankingTable ranking={ranking()} />
      <SensitivityList view={props.view} by={choices.rankingBy()} formula={bench.state.formula} />
    </>
  );
}

/** A ranking that follows the numbers, the methods and the formula. */
export function createRanking(
  view: BenchView,
  by: () => Parameters<typeof view.bench.commands.ranking>[0],
  asPrinted: () => boolean = () => false,
): () => RankingView {
  const { state, commands } = view.bench;
  return createMemo(() => {
    // The command reads plain data: what it depends on is told here.
    void [state.table, state.methods, state.imports, state.formula];
    return commands.ranking(by(), asPrinted());
  });
}

function Missing(props: {
  readonly ranking: RankingView;
  readonly onImport: () => void;
}): JSX.Element {
  return (
    <Show when={props.ranking.missing.length > 0}>
      <div class="missing" role="note">
        <p>
          There is no score yet without {props.ranking.missing.join(', ')}. What is not measured
          here comes from a table: a row for each method and case, a column for each of these names.
          <For each={measurable(props.ranking)}>
            {({ column, set }) => (
              <>
                {' '}
                {column} is measured here with “{set}”.
              </>
            )}
          </For>
          <Show when={props.ranking.missing.includes('LPIPS_person')}>
            {' '}
            LPIPS is measured here too, once its two weight files have been dropped on the page.
          </Show>
        </p>
        <button type="button" class="button small" onClick={() => props.onImport()}>
          Import a CSV
        </button>
      </div>
    </Show>
  );
}

/** Methods in their order, published results between them, parts on demand. */
export function RankingTable(props: { readonly ranking: RankingView }): JSX.Element {
  const [wide, setWide] = createSignal(false);
  const parts = () => (wide() ? partTitles(props.ranking) : []);
  const finals = () => props.ranking.rows.some(({ final }) => final !== null);
  return (
    <>
      <div class="table-box">
        <table class="bench-table" data-testid="ranking-table">
          <caption class="visually-hidden">Ranking by {props.ranking.title}</caption>
          <RankingHeads parts={parts()} finals={finals()} />
          <tbody>
            <Index each={props.ranking.rows}>
              {(row) => <Row row={row()} parts={parts()} finals={finals()} />}
            </Index>
          </tbody>
        </table>
      </div>
      <button
        type="button"
        class="link quiet"
        aria-expanded={wide()}
        onClick={() => setWide(!wide())}
      >
        {wide() ? 'Hide the parts' : 'Show means, normalised parts and weights'}
      </button>
    </>
  );
}

interface ShownColumns {
  readonly parts: readonly string[];
  readonly finals: boolean;
}

function RankingHeads(props: ShownColumns): JSX.Element {
  return (
    <thead>
      <tr>
        <th scope="col" class="num">
          <span class="head-name">Rank</span>
        </th>
        <th scope="col" class="row-head">
          <span class="head-name">Method</span>
        </th>
        <th scope="col" class="num">
          <span class="head-name">Score</span>
        </th>
        <Show when={props.finals}>
          <th scope="col" class="num">
            <span class="head-name">Final</span>
          </th>
        </Show>
        <For each={props.parts}>
          {(title) => (
            <th scope="col" class="num">
              <span class="head-name">{title}</span>
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}

const SCORE_DIGITS = 2;
const PART_DIGITS = 4;

const numberOr = (value: number | null, digits: number, otherwise = '–') =>
  value === null ? otherwise : formatMetric(value, digits);

function Row(props: ShownColumns & { readonly row: RankingRow }): JSX.Element {
  const part = (title: string) => props.row.parts.find((own) => own.title === title)?.value ?? null;
  // Reports print their scores without the parts.
  const unknown = () => (props.row.published ? '' : '–');
  return (
    <tr classList={{ published: props.row.published }}>
      <td class="num">{props.row.rank ?? ''}</td>
      <th scope="row" class="row-head">
        {props.row.title}
        <Show when={props.row.published}>
          <span class="visually-hidden"> (published result)</span>
        </Show>
        <For each={props.row.remarks}>{(remark) => <span class="remark">{remark}</span>}</For>
      </th>
      <td class="num" classList={{ best: props.row.rank === 1 }} data-score={props.row.score ?? ''}>
        {numberOr(props.row.score, SCORE_DIGITS)}
      </td>
      <Show when={props.finals}>
        <td class="num">{numberOr(props.row.final, SCORE_DIGITS)}</td>
      </Show>
      <For each={props.parts}>
        {(title) => <td class="num">{numberOr(part(title), PART_DIGITS, unknown())}</td>}
      </For>
    </tr>
  );
}
