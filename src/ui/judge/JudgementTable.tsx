import { For, type JSX, Show } from 'solid-js';
import { placeWords } from '../../app/judge/tables.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import { type JudgementRow, SCORE_NAMES } from './analysis-rows.ts';
import { numberOr, percent, rounded } from './numbers.ts';
import { TableBox } from './TableBox.tsx';

interface TableProps {
  readonly shows: Protocol['shows'];
  readonly rows: readonly JudgementRow[];
  readonly combination: Combination;
}

/** The ranking by people, how sure it is, and what it comes to together with the numbers. */
export function JudgementTable(props: TableProps): JSX.Element {
  const tops = () => props.shows === 'all';
  const combined = () => props.rows.some(({ final }) => final !== null);
  return (
    <TableBox label="Ranking by people">
      <table class="bench-table" data-testid="judgement-table">
        <thead>
          <tr>
            <Head title="Rank" />
            <th scope="col" class="row-head">
              Method
            </th>
            <Head title={SCORE_NAMES[props.shows]} />
            <Show when={tops()}>
              <Head title="1st / 2nd / 3rd" />
              <Head title="Named" />
              <Head title="Strength" />
            </Show>
            <Head title="95 % interval" />
            <Head title="Rank" part="95 %" />
            <Head title="First" part="of resamples" />
            <Head title="Top three" part="of resamples" />
            <Show when={combined()}>
              <Head title="Objective" />
              <Head title="Rank" part="objective" />
              <Head title="People" part={props.combination.scale.replace('-', ' to ')} />
              <Head title="Final" />
              <Head title="Rank" part="final" />
              <Head title="Rank" part="final, 95 %" />
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => <Row row={row} tops={tops()} combined={combined()} />}
          </For>
        </tbody>
      </table>
    </TableBox>
  );
}

function Head(props: { readonly title: string; readonly part?: string }): JSX.Element {
  return (
    <th scope="col" class="num">
      <span class="head-name">{props.title}</span>
      <Show when={props.part}>
        <span class="head-part">{props.part}</span>
      </Show>
    </th>
  );
}

function Row(props: {
  readonly row: JudgementRow;
  readonly tops: boolean;
  readonly combined: boolean;
}): JSX.Element {
  const row = () => props.row;
  const judgement = () => props.row.judgement;
  const interval = () => {
    const own = row().estimate;
    return own === null ? '–' : `${rounded(own.low, 2)} … ${rounded(own.high, 2)}`;
  };
  return (
    <tr
      classList={{ gated: !row().passes }}
      data-method={row().title}
      data-score={row().score ?? ''}
      data-low={row().estimate?.low ?? ''}
      data-high={row().estimate?.high ?? ''}
      data-objective={row().objective ?? ''}
      data-final={row().final ?? ''}
    >
      <td class="num">{row().peopleRank ?? '–'}</td>
      <th scope="row" class="row-head" classList={{ best: row().finalRank === 1 }}>
        {row().title}
        <Show when={!row().passes}>
          <span class="remark">does not pass the gate</span>
        </Show>
      </th>
      <td class="num" classList={{ best: row().peopleRank === 1 }}>
        {numberOr(row().score, 2)}
      </td>
      <Show when={props.tops}>
        <td class="num">{judgement().top?.counts.join(' / ') ?? '–'}</td>
        <td class="num">{percent(judgement().top?.frequency ?? 0)}</td>
        <td class="num">{numberOr(row().estimate?.value, 2)}</td>
      </Show>
      <td class="num">{interval()}</td>
      <td class="num">{placeWords(judgement().certainty.interval)}</td>
      <td class="num">{percent(row().first)}</td>
      <td class="num">{percent(judgement().certainty.inTopThree)}</td>
      <Show when={props.combined}>
        <Combined row={row()} />
      </Show>
    </tr>
  );
}

/** What the numbers say beside the people, and both together. */
function Combined(props: { readonly row: JudgementRow }): JSX.Element {
  const row = () => props.row;
  return (
    <>
      <td class="num">{numberOr(row().objective, 2)}</td>
      <td class="num">{row().objectiveRank ?? '–'}</td>
      <td class="num">{numberOr(row().scaled, 2)}</td>
      <td class="num" classList={{ best: row().finalRank === 1 }}>
        {numberOr(row().final, 2)}
      </td>
      <td class="num">{row().finalRank ?? '–'}</td>
      <td class="num">{placeWords(row().finalCertainty.interval)}</td>
    </>
  );
}
