import { createMemo, For, type JSX, Show } from 'solid-js';
import { type CaseOrder, orderCases, partsOf } from '../../app/caseOrder.ts';
import type { CaseView } from '../../app/model.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import { formatMetric } from '../format.ts';
import { CaseMarks } from './CaseMarks.tsx';
import { OrderChoice, orderTitle } from './OrderChoice.tsx';
import './cases.css';

interface CaseStripProps {
  readonly cases: readonly CaseView[];
  readonly currentId: string | null;
  readonly order: CaseOrder;
  readonly onOrder: (order: CaseOrder) => void;
  readonly remarksOf: (item: CaseView) => Remarks;
  readonly onSelect: (id: string) => void;
}

/** One small picture a case, failures on top where that is asked for, with the number that puts them there. */
export function CaseStrip(props: CaseStripProps): JSX.Element {
  const ordered = createMemo(() => orderCases(props.cases, props.order));
  const values = createMemo(() => new Map(ordered().map(({ item, value }) => [item.id, value])));
  return (
    <nav class="cases" aria-label="Cases">
      <Show when={props.cases.length > 1}>
        <OrderChoice value={props.order} onChange={props.onOrder} />
      </Show>
      <ul class="case-list">
        <For each={ordered().map(({ item }) => item)}>
          {(item) => (
            <li>
              <CaseButton
                item={item}
                number={numberOf(item, props.order, values().get(item.id) ?? null)}
                current={item.id === props.currentId}
                remarks={props.remarksOf(item)}
                onSelect={props.onSelect}
              />
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

interface CaseNumber {
  readonly text: string;
  readonly title: string;
}

/** What a case was ordered by; where nothing was asked, the number reviewers look for first. */
function numberOf(item: CaseView, order: CaseOrder, value: number | null): CaseNumber | null {
  const parts = partsOf(order);
  if (parts !== null) {
    if (value === null) return null;
    const { title, digits } = METRICS[parts.metric];
    const text = formatMetric(value, Math.min(digits, 2));
    return {
      text: parts.kind === 'worst' ? text : `± ${text}`,
      title: `${title}: ${orderTitle(order)}`,
    };
  }
  const { metrics } = item;
  const deltaE = metrics.status === 'done' ? (metrics.values.deltae?.global ?? null) : null;
  return deltaE === null
    ? null
    : { text: `ΔE ${formatMetric(deltaE, 1)}`, title: METRICS.deltae.title };
}

function CaseButton(props: {
  readonly item: CaseView;
  readonly number: CaseNumber | null;
  readonly current: boolean;
  readonly remarks: Remarks;
  readonly onSelect: (id: string) => void;
}): JSX.Element {
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
      <CaseMarks remarks={props.remarks} />
      <span class="case-text">
        <span class="case-title" title={props.item.title}>
          {props.item.title}
        </span>
        <Show when={props.number}>
          {(number) => (
            <span class="case-value" title={number().title}>
              {number().text}
            </span>
          )}
        </Show>
      </span>
    </button>
  );
}
