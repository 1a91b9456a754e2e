import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { Column } from '../../core/bench/types.ts';
import { Segmented } from '../common/Segmented.tsx';
import type { BenchView } from './bench-view.ts';
import { STATISTICS } from './columns.ts';
import { COSTS, type CostKey } from './methods-table.ts';
import { Plot } from './Plot.tsx';
import { costData, distributionData, type PlotData, scatterData, trendData } from './plot-data.ts';
import { Choice, MetricChoice } from './TableParts.tsx';

const KINDS = [
  { value: 'distribution', label: 'Distribution' },
  { value: 'scatter', label: 'Scatter' },
  { value: 'cost', label: 'Cost' },
  { value: 'trend', label: 'Trend' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const EMPTY: Readonly<Record<Kind, string>> = {
  distribution: 'There are no numbers yet.',
  scatter: 'There are no cases with both numbers.',
  cost: 'No method has both this cost and numbers. Costs are known for methods that ran here; for others import a CSV with the columns method, parameters, macs, seconds.',
  trend:
    'There are no checkpoints: methods whose names differ in their last number only (net_iter_5000, net_iter_10000).',
};

/** What the plot shows; the metric and the statistic are those of the other tabs. */
function createPlotChoices(view: BenchView) {
  const [kind, setKind] = createSignal<Kind>('distribution');
  const [other, setOther] = createSignal<string | null>(null);
  const [cost, setCost] = createSignal<CostKey>('macs720p');
  const second = () => {
    const columns = view.columns();
    return columns.find(({ id }) => id === other()) ?? columns[1] ?? columns[0] ?? null;
  };
  return { kind, setKind, second, setOther, cost, setCost };
}

type PlotChoices = ReturnType<typeof createPlotChoices>;

/** Numbers against each other, spread out, against cost, over a training. */
export function PlotsTab(props: { readonly view: BenchView }): JSX.Element {
  const choices = createPlotChoices(props.view);
  const data = createMemo(() =>
    dataOf(props.view, choices.kind(), choices.second(), choices.cost()),
  );
  const known = () => {
    const own = data();
    return own?.series.some(({ points }) => points.length > 0) ? own : null;
  };
  return (
    <>
      <Controls view={props.view} choices={choices} />
      <Show when={known()} fallback={<p class="section-note">{EMPTY[choices.kind()]}</p>}>
        {(own) => (
          <Plot
            data={own()}
            label={labelOf(choices.kind(), own())}
            onOpen={({ caseId, method }) => caseId && props.view.open(caseId, method)}
          />
        )}
      </Show>
    </>
  );
}

function Controls(props: { readonly view: BenchView; readonly choices: PlotChoices }): JSX.Element {
  const kind = () => props.choices.kind();
  return (
    <div class="controls">
      <Segmented
        label="Kind of plot"
        name="bench-plot"
        options={KINDS}
        value={kind()}
        onChange={props.choices.setKind}
      />
      <MetricChoice
        label={kind() === 'scatter' ? 'Across' : 'Of'}
        columns={props.view.columns()}
        value={props.view.metric()}
        onChange={props.view.choices.setMetric}
      />
      <Show when={kind() === 'scatter'}>
        <MetricChoice
          label="Up"
          columns={props.view.columns()}
          value={props.choices.second()}
          onChange={props.choices.setOther}
        />
      </Show>
      <Show when={kind() === 'cost'}>
        <CostChoice choices={props.choices} />
      </Show>
      <Show when={kind() === 'cost' || kind() === 'trend'}>
        <Segmented
          label="Statistic over the cases"
          name="bench-plot-statistic"
          options={STATISTICS}
          value={props.view.choices.statistic()}
          onChange={props.view.choices.setStatistic}
        />
      </Show>
    </div>
  );
}

function CostChoice(props: { readonly choices: PlotChoices }): JSX.Element {
  return (
    <Choice
      label="Against"
      value={props.choices.cost()}
      options={COSTS.map(({ key, title, unit }) => ({ value: key, label: `${title}, ${unit}` }))}
      onChange={(value) =>
        props.choices.setCost(COSTS.find(({ key }) => key === value)?.key ?? 'macs720p')
      }
    />
  );
}

function dataOf(
  view: BenchView,
  kind: Kind,
  second: Column | null,
  cost: CostKey,
): PlotData | null {
  const metric = view.metric();
  if (metric === null || second === null) return null;
  const statistic = view.choices.statistic();
  const input = {
    table: view.table(),
    methods: view.methods(),
    titles: view.bench.state.cases.map(({ title }) => title),
  };
  switch (kind) {
    case 'distribution':
      return distributionData(input, metric);
    case 'scatter':
      return scatterData(input, metric, second);
    case 'cost':
      return costData(input, cost, metric, statistic);
    case 'trend':
      return trendData(input, metric, statistic);
  }
}

function labelOf(kind: Kind, { x, y, series }: PlotData): string {
  const count = series.reduce((sum, { points }) => sum + points.length, 0);
  if (kind === 'distribution') return `Distribution of ${x}, ${count} points.`;
  return `${y} against ${x}, ${count} points.`;
}
