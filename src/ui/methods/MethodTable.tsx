import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Index, type JSX, Show } from 'solid-js';
import type { AppModel, CaseView, MethodId } from '../../app/model.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import { RAIM_METRIC_IDS, REGION_IDS, type RegionId } from '../../core/metrics/types.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { formatMetric } from '../format.ts';
import { REGION_TITLES } from '../metrics/compare.ts';
import { methodPane, numberOf } from '../viewer/panes.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { type MethodCell, type MethodRow, methodRows } from './table.ts';

interface MethodTableProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
}

const REGIONS: readonly SegmentedOption<RegionId>[] = REGION_IDS.map((value) => ({
  value,
  label: REGION_TITLES[value],
}));

/** Short names for heads that are as narrow as a number. */
const HEADS: Readonly<Record<(typeof RAIM_METRIC_IDS)[number], string>> = {
  psnr: 'PSNR',
  ssim: 'SSIM',
  deltae: 'ΔE',
};

/** What the methods made of the case, in numbers; a click on a method looks at its output. */
export function MethodTable(props: MethodTableProps): JSX.Element {
  const [asked, setRegion] = createSignal<RegionId>('person');
  const region = (): RegionId => (props.case.mask ? asked() : 'global');
  const compared = () => props.case.gt !== null;
  return (
    <>
      <Show when={compared() && props.case.mask}>
        <Segmented
          label="Region of the comparison"
          name="method-region"
          options={REGIONS}
          value={region()}
          onChange={setRegion}
        />
      </Show>
      <table class="method-table" data-testid="method-table">
        <caption class="visually-hidden">Methods over this case; the best values are bold.</caption>
        <Show when={compared()}>
          <thead>
            <tr>
              <td />
              <For each={RAIM_METRIC_IDS}>
                {(id) => (
                  <th scope="col" title={METRICS[id].title}>
                    {HEADS[id]}{' '}
                    <span aria-hidden="true">
                      {METRICS[id].direction === 'higher-is-better' ? '↑' : '↓'}
                    </span>
                  </th>
                )}
              </For>
              <td />
            </tr>
          </thead>
        </Show>
        <tbody>
          <Index each={methodRows(props.case, region())}>
            {(row) => <Row {...props} row={row()} compared={compared()} />}
          </Index>
        </tbody>
      </table>
    </>
  );
}

function Row(
  props: MethodTableProps & { readonly row: MethodRow; readonly compared: boolean },
): JSX.Element {
  const shown = () => props.row.id !== null && props.row.id === props.case.shownMethod;
  return (
    <tr
      classList={{ shown: shown(), stale: props.row.stale, 'input-row': props.row.id === null }}
      data-method={props.row.id ?? 'input'}
    >
      <th scope="row">
        <Show when={props.row.id} fallback={<span class="method-name">{props.row.title}</span>}>
          {(id) => <Pick {...props} id={id()} shown={shown()} />}
        </Show>
      </th>
      <Show when={props.compared}>
        <Index each={props.row.cells}>{(cell) => <Value cell={cell()} />}</Index>
      </Show>
      <td class="method-tools">
        <Show when={props.row.id}>{(id) => <Tools {...props} id={id()} shown={shown()} />}</Show>
      </td>
    </tr>
  );
}

type MethodRowProps = MethodTableProps & {
  readonly row: MethodRow;
  readonly id: MethodId;
  readonly shown: boolean;
};

function Pick(props: MethodRowProps): JSX.Element {
  const key = () => {
    const at = props.case.methods.findIndex(({ methodId }) => methodId === props.id);
    return at === -1 ? null : numberOf(at);
  };
  return (
    <button
      type="button"
      class="method-pick"
      aria-pressed={props.shown}
      title={key() === null ? props.row.title : `${props.row.title} (${key()})`}
      onClick={() => void props.model.commands.showMethod(props.id)}
    >
      <span class="method-name">{props.row.title}</span>
    </button>
  );
}

function Value(props: { readonly cell: MethodCell }): JSX.Element {
  return (
    <td
      classList={{ best: props.cell.best }}
      data-metric={props.cell.metric}
      data-value={props.cell.value ?? ''}
    >
      {props.cell.value === null
        ? '—'
        : formatMetric(props.cell.value, METRICS[props.cell.metric].digits)}
    </td>
  );
}

/** In or out of the panes that stand side by side; and out of the case. */
function Tools(props: MethodRowProps): JSX.Element {
  const inView = () => props.viewer.inView(methodPane(props.id));
  return (
    <>
      <Show when={props.case.methods.length > 1}>
        <IconButton
          class="small"
          label={`${props.row.title} beside the others`}
          aria-pressed={inView()}
          disabled={props.shown}
          onClick={() => props.viewer.setInView(methodPane(props.id), !inView())}
        >
          <Show when={inView()} fallback={<EyeOff />}>
            <Eye />
          </Show>
        </IconButton>
      </Show>
      <IconButton
        class="small"
        label={`Take out ${props.row.title}`}
        onClick={() => void props.model.commands.removeOutput(props.case.id, props.id)}
      >
        <X />
      </IconButton>
    </>
  );
}
