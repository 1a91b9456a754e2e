import { For, type JSX, Show } from 'solid-js';
import { METRICS } from '../../core/metrics/definitions.ts';
import {
  type MetricDefinition,
  type MetricId,
  type MetricValue,
  type MetricValues,
  RAIM_METRIC_IDS,
  REGION_IDS,
  type RegionId,
} from '../../core/metrics/types.ts';
import { Hint } from '../common/Hint.tsx';
import { formatMetric } from '../format.ts';
import { better, noValueReason, REGION_TITLES } from './compare.ts';

interface MetricsTableProps {
  /** Null while nothing is measured: the table keeps its place. */
  readonly values: MetricValues | null;
  readonly inputValues: MetricValues | null;
  readonly hasMask: boolean;
  readonly busy: boolean;
}

/** The metrics of the output by region, over those of the untouched input. */
export function MetricsTable(props: MetricsTableProps): JSX.Element {
  return (
    <table class="metrics-table" data-testid="metrics-table" aria-busy={props.busy}>
      <caption class="visually-hidden">
        Metrics against the ground truth, by region: the output’s, and beneath them the input’s.
      </caption>
      <thead>
        <tr>
          <td />
          <For each={REGION_IDS}>{(region) => <th scope="col">{REGION_TITLES[region]}</th>}</For>
        </tr>
      </thead>
      <For each={RAIM_METRIC_IDS}>{(metric) => <MetricRows {...props} metric={metric} />}</For>
    </table>
  );
}

function MetricRows(props: MetricsTableProps & { readonly metric: MetricId }): JSX.Element {
  const definition = METRICS[props.metric];
  const output = (region: RegionId) => props.values?.[props.metric]?.[region] ?? null;
  const input = (region: RegionId) => props.inputValues?.[props.metric]?.[region] ?? null;
  const winner = (region: RegionId) => better(output(region), input(region), definition.direction);
  const reason = (region: RegionId) =>
    props.values ? noValueReason(region, props.hasMask) : 'no value: not measured yet';
  return (
    <tbody>
      <tr>
        <th class="metric-name" colSpan={4} scope="rowgroup">
          <MetricName definition={definition} />
        </th>
      </tr>
      <tr class="output-row">
        <th scope="row">output</th>
        <For each={REGION_IDS}>
          {(region) => (
            <td
              classList={{ best: output(region) !== null && winner(region) !== 'input' }}
              data-testid={`metric-${props.metric}-${region}`}
              data-value={output(region) ?? ''}
              title={output(region) === null ? reason(region) : undefined}
            >
              <Value value={output(region)} digits={definition.digits} />
            </td>
          )}
        </For>
      </tr>
      <Show when={props.inputValues}>
        <tr class="input-row">
          <th scope="row">input</th>
          <For each={REGION_IDS}>
            {(region) => (
              <td classList={{ best: winner(region) === 'input' }}>
                <Value value={input(region)} digits={definition.digits} />
              </td>
            )}
          </For>
        </tr>
      </Show>
    </tbody>
  );
}

/** A number in two halves that meet at the point, so that points stand in one line. */
function Value(props: { readonly value: MetricValue; readonly digits: number }): JSX.Element {
  const halves = (): readonly [string, string] => {
    if (props.value === null) return ['—', ''];
    const [whole = '', fraction = ''] = formatMetric(props.value, props.digits).split('.');
    return [whole, fraction && `.${fraction}`];
  };
  return (
    <span class="number">
      <span class="number-whole">{halves()[0]}</span>
      <span class="number-fraction">{halves()[1]}</span>
    </span>
  );
}

function MetricName(props: { readonly definition: MetricDefinition }): JSX.Element {
  const higher = () => props.definition.direction === 'higher-is-better';
  return (
    <Hint class="metric-hint" hint={<Definition definition={props.definition} />}>
      <span class="metric-title">{props.definition.title}</span>{' '}
      <span class="metric-unit">
        {props.definition.unit} <span aria-hidden="true">{higher() ? '↑' : '↓'}</span>
      </span>
    </Hint>
  );
}

function Definition(props: { readonly definition: MetricDefinition }): JSX.Element {
  return (
    <>
      <strong class="hint-title">
        {props.definition.title}
        <span class="hint-note">
          {props.definition.direction === 'higher-is-better'
            ? 'higher is better'
            : 'lower is better'}
        </span>
      </strong>
      <p>{props.definition.definition}</p>
      <p class="hint-source">
        {props.definition.source}. Version {props.definition.version}.
      </p>
    </>
  );
}
