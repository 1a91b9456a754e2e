import { createSignal, For, type JSX, Show } from 'solid-js';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { JudgementRow } from './analysis-rows.ts';
import { NumberTable } from './NumberTable.tsx';

type By = 'people' | 'final';

const BY: readonly SegmentedOption<By>[] = [
  { value: 'people', label: 'By people' },
  { value: 'final', label: 'Final score' },
];

interface RankChancesProps {
  readonly rows: readonly JudgementRow[];
  /** In the table's place until all is drawn. */
  readonly waiting: JSX.Element;
}

/** How likely every method takes every rank: the darker, the likelier. */
export function RankChances(props: RankChancesProps): JSX.Element {
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
  const certainty = ({ judgement, finalCertainty }: JudgementRow) =>
    by() === 'people' ? judgement.certainty : finalCertainty;
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
      <Show when={rows().every((row) => certainty(row) !== null)} fallback={props.waiting}>
        <NumberTable
          label="Chance of each rank"
          testId="rank-chances"
          class="chances"
          corner="Method"
          heads={rows().map((_, index) => ({ title: `${index + 1}.` }))}
          rows={rows()}
          titleOf={({ title }) => title}
        >
          {(row) => <Chances places={certainty(row)?.places ?? []} />}
        </NumberTable>
      </Show>
    </section>
  );
}

function Chances(props: { readonly places: readonly number[] }): JSX.Element {
  return (
    <For each={props.places}>
      {(share) => (
        <td class="num chance" style={{ '--share': share.toFixed(3) }}>
          {Math.round(100 * share) || ''}
        </td>
      )}
    </For>
  );
}
