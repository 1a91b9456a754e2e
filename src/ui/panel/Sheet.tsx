import ChevronUp from 'lucide-solid/icons/chevron-up';
import { createSignal, type JSX, Show } from 'solid-js';
import type { CaseView } from '../../app/model.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import { RAIM_METRIC_IDS } from '../../core/metrics/types.ts';
import { formatMetric } from '../format.ts';
import './sheet.css';

interface SheetProps {
  readonly case: CaseView;
  /** What stays in reach while the sheet is down. */
  readonly actions: JSX.Element;
  readonly children: JSX.Element;
}

/** A drag of this many pixels along the handle opens or closes the sheet. */
const DRAG = 24;

/** On a phone: everything but the picture, drawn up from below by its handle. */
export function Sheet(props: SheetProps): JSX.Element {
  const [open, setOpen] = createSignal(false);
  let from: number | null = null;
  let dragged = false;
  const move = (event: PointerEvent) => {
    if (from === null || Math.abs(event.clientY - from) < DRAG) return;
    setOpen(event.clientY < from);
    from = null;
    dragged = true;
  };
  return (
    <section class="sheet" classList={{ open: open() }} aria-label="Details">
      <div class="sheet-head">
        <button
          type="button"
          class="sheet-handle"
          aria-expanded={open()}
          aria-controls="sheet-content"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            from = event.clientY;
            dragged = false;
          }}
          onPointerMove={move}
          onPointerUp={() => {
            from = null;
          }}
          onClick={() => {
            if (!dragged) setOpen(!open());
            dragged = false;
          }}
        >
          <span class="sheet-grip" />
          <span class="sheet-summary">
            <Summary case={props.case} />
          </span>
          <ChevronUp class="sheet-chevron" />
        </button>
        {props.actions}
      </div>
      <div id="sheet-content" class="sheet-content" hidden={!open()}>
        <Show when={open()}>{props.children}</Show>
      </div>
    </section>
  );
}

function Summary(props: { readonly case: CaseView }): JSX.Element {
  const numbers = () => {
    const { metrics } = props.case;
    if (metrics.status !== 'done') return null;
    return RAIM_METRIC_IDS.map((id) => {
      const value = metrics.values[id]?.global ?? null;
      const name = METRICS[id].title.replace(/ \(.*\)$/, '');
      return `${name} ${value === null ? '—' : formatMetric(value, METRICS[id].digits)}`;
    });
  };
  return (
    <Show when={numbers()} fallback={<>Numbers, mask, model, files</>}>
      {(list) => <>{list().join('   ')}</>}
    </Show>
  );
}
