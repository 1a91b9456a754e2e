import { For, type JSX, Show } from 'solid-js';
import type { CaseView } from '../../app/model.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import { formatMetric } from '../format.ts';
import './cases.css';

interface CaseStripProps {
  readonly cases: readonly CaseView[];
  readonly currentId: string | null;
  readonly onSelect: (id: string) => void;
}

/** One small picture a case, with the number reviewers look for first. */
export function CaseStrip(props: CaseStripProps): JSX.Element {
  return (
    <nav class="cases" aria-label="Cases">
      <ul class="case-list">
        <For each={props.cases}>
          {(item) => (
            <li>
              <CaseButton
                item={item}
                current={item.id === props.currentId}
                onSelect={props.onSelect}
              />
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

function CaseButton(props: {
  readonly item: CaseView;
  readonly current: boolean;
  readonly onSelect: (id: string) => void;
}): JSX.Element {
  const deltaE = () =>
    props.item.metrics.status === 'done'
      ? (props.item.metrics.values.deltae?.global ?? null)
      : null;
  return (
    <button
      type="button"
      class="case"
      aria-current={props.current ? 'true' : undefined}
      onClick={() => props.onSelect(props.item.id)}
    >
      <Show when={props.item.thumbnailUrl} fallback={<span class="case-picture" />}>
        {(url) => <img class="case-picture" src={url()} alt="" />}
      </Show>
      <span class="case-text">
        <span class="case-title" title={props.item.title}>
          {props.item.title}
        </span>
        <Show when={deltaE() !== null}>
          <span class="case-value" title={METRICS.deltae.title}>
            ΔE {formatMetric(deltaE() ?? 0, 1)}
          </span>
        </Show>
      </span>
    </button>
  );
}
