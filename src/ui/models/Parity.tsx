import Check from 'lucide-solid/icons/check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ParityOutcome } from '../../app/model.ts';

interface ParityProps {
  readonly parity: ParityOutcome | null;
  /** False where this browser offers none; null before it is known. */
  readonly hasAdapter: boolean | null;
  /** Whether it is checked without being asked for, when nothing else is to be done. */
  readonly byItself: boolean;
  /** Whether no check can begin: the network is being run, tried or checked right now. */
  readonly busy: boolean;
  /** Whether it is being checked because somebody asked for it. */
  readonly checking: boolean;
  readonly onCheck: () => void;
}

const NOT_YET = 'WebGPU and WASM were not compared yet.';
const SOON = `${NOT_YET} Loupe does it when nothing else is to be done.`;
const NO_ADAPTER =
  'This browser offers no WebGPU adapter, so there is nothing to compare: the network runs on WASM.';

const ICONS: Readonly<Record<ParityOutcome['verdict'], typeof Check>> = {
  agree: Check,
  differ: TriangleAlert,
  failed: TriangleAlert,
  'not-applicable': CircleDashed,
};

/** Whether WebGPU and WASM agree on this model, and the button that tries it again. */
export function Parity(props: ParityProps): JSX.Element {
  const bad = () => props.parity?.verdict === 'differ' || props.parity?.verdict === 'failed';
  const words = () => {
    if (props.hasAdapter === false) return NO_ADAPTER;
    return props.parity?.sentence ?? (props.byItself ? SOON : NOT_YET);
  };
  const action = () => {
    if (props.checking) return 'Checking…';
    return props.parity ? 'Check again' : 'Check now';
  };
  return (
    <div class="parity" data-testid="parity" data-value={props.parity?.verdict ?? ''}>
      <p class="parity-verdict" classList={{ failed: bad() }} aria-live="polite">
        <Dynamic component={props.parity ? ICONS[props.parity.verdict] : CircleDashed} />
        <span>{words()}</span>
      </p>
      <Show when={props.hasAdapter !== false}>
        <button
          type="button"
          class="button small"
          disabled={props.busy}
          onClick={() => props.onCheck()}
        >
          {action()}
        </button>
      </Show>
    </div>
  );
}
