import { type JSX, Show } from 'solid-js';
import type { MetricDefinitionOf } from '../../core/metrics/types.ts';
import { Hint } from '../common/Hint.tsx';
import { type Numbers, otherBackend, type RowId } from './numbers.ts';

interface MetricNameProps {
  readonly definition: MetricDefinitionOf<string>;
  readonly row: RowId;
  readonly numbers: Numbers;
}

/** A metric's name, unit and direction, with its definition at hand. */
export function MetricName(props: MetricNameProps): JSX.Element {
  const higher = () => props.definition.direction === 'higher-is-better';
  const backend = () => otherBackend(props.numbers.case, props.row);
  return (
    <>
      <Hint
        class="metric-hint"
        hint={<Definition definition={props.definition} backend={backend()} />}
      >
        <span class="metric-title">{props.definition.title}</span>{' '}
        <span class="metric-unit">
          {props.definition.unit} <span aria-hidden="true">{higher() ? '↑' : '↓'}</span>
        </span>
      </Hint>
      <Show when={backend()}>{(name) => <span class="metric-backend">{name()}</span>}</Show>
    </>
  );
}

function Definition(props: {
  readonly definition: MetricDefinitionOf<string>;
  readonly backend: string | null;
}): JSX.Element {
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
      <Show when={props.backend}>{(name) => <p>Measured by {name()}.</p>}</Show>
      <p class="hint-source">
        {props.definition.source}. Version {props.definition.version}.
      </p>
    </>
  );
}
