import { createSignal, For, type JSX, Show } from 'solid-js';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { JudgementRow } from './analysis-rows.ts';
import { TableBox } from './TableBox.tsx';

type By = 'people' | 'final';

const BY: readonly SegmentedOption<By>[] = [
  { value: 'people', label: 'By people' },
  { value: 'final', label: 'Final score' },
];

/** How likely every method takes every rank: the darker, the likelier. */
export function RankChances(props: { readonly rows: readonly JudgementRow[] }): JSX.Element {
  const [wanted, setWanted] = createSignal<By>('final');
  const combined = () => props.rows.some(({ final }) => final !== null);
  const by = (): By => (combined() ? wanted() : 'people');
  const rows = () =>
    by() === 'people'
      ? props.rows
      : props.rows.toSorted(
          (a, b) =>
            (a.finalRank ?? Number.POSITIVE_INFINITY) - (b.finalRank ?? Number.POSITIVE_INFINITY),
        );
  const places = ({ judgement, finalCertainty }: JudgementRow) =>
    (by() === 'people' ? judgement.certainty : finalCertainty).places;
  return (
    <section class="judge-part" aria-labelledby="chances-title">
      <h3 id="chances-title" class="judge-part-title">
        How sure the ranks are
      </h3>
      <div class="controls">
        <Show when={combined()}>
          <Segmented
            label="Ranks"
            name="ranks"
            options={BY}
            value={wanted()}
            onChange={setWanted}
          />
        </Show>
        <p class="section-note">
          Chance of each rank in per cent: raters and, within them, items drawn anew 1,000 times
          {by() === 'final' ? '; the objective score stands' : ''}.
        </p>
      </div>
      <ChanceTable rows={rows()} places={places} />
    </section>
  );
}

function ChanceTable(props: {
  readonly rows: readonly JudgementRow[];
  readonly places: (row: JudgementRow) => readonly number[];
}): JSX.Element {
  return (
    <TableBox label="Chance of each rank">
      <table class="bench-table chances" data-testid="rank-chances">
        <thead>
          <tr>
            <th scope="col" class="row-head">
              Method
            </th>
            <For each={props.rows}>
              {(_, index) => (
                <th scope="col" class="num">
                  {index() + 1}.
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row" class="row-head">
                  {row.title}
                </th>
                <For each={props.places(row)}>
                  {(share) => (
                    <td class="num chance" style={{ '--share': share.toFixed(3) }}>
                      {Math.round(100 * share) || ''}
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </TableBox>
  );
}
