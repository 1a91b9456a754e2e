import Check from 'lucide-solid/icons/check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ParityOutcome } from '../../app/model.ts';

interface ParityProps {
  readonly parity: ParityOutcome | null;
  /** Where networks run here by themselves; null before it is known. */
  readonly provider: 'webgpu' | 'wasm' | null;
  readonly checking: boolean;
  readonly onCheck: () => void;
}

const NOT_YET = 'WebGPU and WASM were not held against each other yet.';
const NOT_NEEDED = 'WebGPU and WASM were not held against each other: networks run on WASM here.';

const ICONS: Readonly<Record<ParityOutcome['verdict'], typeof Check>> = {
  agree: Check,
  differ: TriangleAlert,
  failed: TriangleAlert,
  'not-applicable': CircleDashed,
};

/** Whether WebGPU and WASM agree on this model, and the button that tries it again. */
export function Parity(props: ParityProps): JSX.Element {
  const bad = () => props.parity?.verdict === 'differ' || props.parity?.verdict === 'failed';
  return (
    <div class="parity" data-testid="parity" data-value={props.parity?.verdict ?? ''}>
      <p class="parity-verdict" classList={{ failed: bad() }} aria-live="polite">
        <Dynamic component={props.parity ? ICONS[props.parity.verdict] : CircleDashed} />
        <span>{props.parity?.sentence ?? (props.provider === 'wasm' ? NOT_NEEDED : NOT_YET)}</span>
      </p>
      <button
        type="button"
        class="button small"
        disabled={props.checking}
        onClick={() => props.onCheck()}
      >
        {props.checking ? 'Checking…' : props.parity ? 'Check again' : 'Check now'}
      </button>
    </div>
  );
}
