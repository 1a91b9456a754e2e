import { For, type JSX } from 'solid-js';
import { CASE_ORDER_KINDS, type CaseOrder, ordersOf, partsOf } from '../../app/caseOrder.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import { REGION_TITLES } from '../metrics/compare.ts';

interface OrderChoiceProps {
  readonly value: CaseOrder;
  readonly onChange: (order: CaseOrder) => void;
}

/** "ΔE, person": the metric's short name and its region. */
function titleOf(order: CaseOrder): string {
  const parts = partsOf(order);
  if (parts === null) return 'As added';
  const [name = ''] = METRICS[parts.metric].title.split(' (');
  return `${name}, ${REGION_TITLES[parts.region].toLowerCase()}`;
}

/** "Worst first, ΔE, person". */
export function orderTitle(order: CaseOrder): string {
  const kind = CASE_ORDER_KINDS.find(([id]) => id === partsOf(order)?.kind);
  return kind ? `${kind[1]}, ${titleOf(order)}` : titleOf(order);
}

/** By what the list of cases is ordered; failures come on top. */
export function OrderChoice(props: OrderChoiceProps): JSX.Element {
  return (
    <select
      class="case-order"
      data-testid="case-order"
      aria-label="Order of the cases"
      title="Order of the cases; O goes to the next one"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value as CaseOrder)}
    >
      <option value="added">{titleOf('added')}</option>
      <For each={CASE_ORDER_KINDS}>
        {([kind, title]) => (
          <optgroup label={title}>
            <For each={ordersOf(kind)}>
              {(order) => <option value={order}>{titleOf(order)}</option>}
            </For>
          </optgroup>
        )}
      </For>
    </select>
  );
}
