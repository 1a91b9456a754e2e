import { For, type JSX, Show } from 'solid-js';
import { placeWords } from '../../app/judge/tables.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import { type JudgementRow, SCORE_NAMES } from './analysis-rows.ts';
import { NumberHead } from './NumberTable.tsx';
import { numberOr, percent } from './numbers.ts';
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
            <NumberHead title="Rank" />
            <th scope="col" class="row-head">
              Method
            </th>
            <NumberHead title={SCORE_NAMES[props.shows]} />
            <Show when={tops()}>
              <NumberHead title="1st / 2nd / 3rd" />
              <NumberHead title="Named" />
              <NumberHead title="Strength" />
            </Show>
            <NumberHead title="95 % interval" />
            <NumberHead title="Rank" part="95 %" />
            <NumberHead title="First" part="of resamples" />
            <NumberHead title="Top three" part="of resamples" />
            <Show when={combined()}>
              <NumberHead title="Objective" />
              <NumberHead title="Rank" part="objective" />
              <NumberHead title="People" part={props.combination.scale.replace('-', ' to ')} />
              <NumberHead title="Final" />
              <NumberHead title="Rank" part="final" />
              <NumberHead title="Rank" part="final, 95 %" />
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

function Row(props: {
  readonly row: JudgementRow;
  readonly tops: boolean;
  readonly combined: boolean;
}): JSX.Element {
  const row = () => props.row;
  const judgement = () => props.row.judgement;
  const interval = () => {
    const own = row().estimate;
    return own === null ? '–' : `${numberOr(own.low, 2)} … ${numberOr(own.high, 2)}`;
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
      <Show when={judgement().certainty} fallback={<td class="num" colSpan={3} />}>
        {(sure) => (
          <>
            <td class="num">{placeWords(sure().interval)}</td>
            <td class="num">{percent(sure().places[0] ?? 0)}</td>
            <td class="num">{percent(sure().inTopThree)}</td>
          </>
        )}
      </Show>
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
      <td class="num">{placeWords(row().finalCertainty?.interval ?? null)}</td>
    </>
  );
}
