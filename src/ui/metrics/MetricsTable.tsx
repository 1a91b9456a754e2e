import { For, type JSX, Show } from 'solid-js';
import { METRICS } from '../../core/metrics/definitions.ts';
import {
  METRIC_IDS,
  type MetricDefinition,
  type MetricId,
  type MetricValue,
  type MetricValues,
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
        Metrics of the output against the ground truth, by region; beneath each value that of the
        input.
      </caption>
      <thead>
        <tr>
          <td />
          <For each={REGION_IDS}>{(region) => <th scope="col">{REGION_TITLES[region]}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={METRIC_IDS}>{(metric) => <MetricRow {...props} metric={metric} />}</For>
      </tbody>
    </table>
  );
}

function MetricRow(props: MetricsTableProps & { readonly metric: MetricId }): JSX.Element {
  const definition = METRICS[props.metric];
  return (
    <tr>
      <th scope="row">
        <MetricName definition={definition} />
        <Show when={props.inputValues}>
          <span class="input-label">input</span>
        </Show>
      </th>
      <For each={REGION_IDS}>
        {(region) => (
          <td>
            <ValueCell
              definition={definition}
              region={region}
              hasMask={props.hasMask}
              waiting={props.values === null}
              value={props.values?.[props.metric][region] ?? null}
              input={props.inputValues?.[props.metric][region] ?? null}
              compared={props.inputValues !== null}
            />
          </td>
        )}
      </For>
    </tr>
  );
}

interface ValueCellProps {
  readonly definition: MetricDefinition;
  readonly region: RegionId;
  readonly hasMask: boolean;
  readonly waiting: boolean;
  readonly value: MetricValue;
  readonly input: MetricValue;
  readonly compared: boolean;
}

/** Most digits after the point in the table: what shorter numbers are padded to. */
const MOST_DIGITS = Math.max(...METRIC_IDS.map((id) => METRICS[id].digits));

function ValueCell(props: ValueCellProps): JSX.Element {
  const winner = () => better(props.value, props.input, props.definition.direction);
  const reason = () =>
    props.waiting ? 'no value: not measured yet' : noValueReason(props.region, props.hasMask);
  const shown = (value: MetricValue) =>
    value === null ? '—' : formatMetric(value, props.definition.digits);
  return (
    <div class="metric-cell" style={{ '--pad': String(MOST_DIGITS - props.definition.digits) }}>
      <span
        class="metric-value"
        classList={{ best: winner() !== 'input', none: props.value === null }}
        data-testid={`metric-${props.definition.id}-${props.region}`}
        data-value={props.value ?? ''}
        title={props.value === null ? reason() : undefined}
      >
        {shown(props.value)}
      </span>
      <Show when={props.compared && props.value !== null}>
        <span class="metric-input" classList={{ best: winner() === 'input' }}>
          {shown(props.input)}
        </span>
      </Show>
    </div>
  );
}

function MetricName(props: { readonly definition: MetricDefinition }): JSX.Element {
  const name = () => props.definition.title.replace(/ \(.*\)$/, '');
  const detail = () => {
    const parts = [props.definition.title.match(/\((.*)\)$/)?.[1], props.definition.unit];
    return parts.filter(Boolean).join(' · ');
  };
  return (
    <Hint class="metric-name" hint={<Definition definition={props.definition} />}>
      <span class="metric-title">{name()}</span>
      <span class="metric-direction" aria-hidden="true">
        {props.definition.direction === 'higher-is-better' ? '↑' : '↓'}
      </span>
      <span class="metric-detail">{detail()}</span>
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
