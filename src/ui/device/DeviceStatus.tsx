import Check from 'lucide-solid/icons/check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { DeviceView, NumbersChecked } from '../../app/model.ts';
import { DeviceDialog } from './DeviceDialog.tsx';

interface DeviceStatusProps {
  readonly device: DeviceView;
  readonly adapter: string | null;
  readonly onCheck: () => void;
}

const STATES: Readonly<Record<NumbersChecked, { words: string; icon: typeof Check }>> = {
  unchecked: { words: 'numbers not checked', icon: CircleDashed },
  checking: { words: 'checking numbers…', icon: CircleDashed },
  exact: { words: 'numbers checked', icon: Check },
  failed: { words: 'numbers off, CPU measures', icon: TriangleAlert },
};

/** Whether this device's numbers may be cited; opens the table that says why. */
export function DeviceStatus(props: DeviceStatusProps): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const state = () => STATES[props.device.numbersChecked];
  return (
    <>
      <span class="engine-dot" aria-hidden="true">
        ·
      </span>
      <button
        type="button"
        class="engine-item device-status"
        classList={{ failed: props.device.numbersChecked === 'failed' }}
        data-testid="numbers-checked"
        data-value={props.device.numbersChecked}
        title={props.device.sentence}
        onClick={() => setOpen(true)}
      >
        <span class="device-words">{state().words}</span>
        <Dynamic component={state().icon} />
      </button>
      <Show when={open()}>
        <DeviceDialog
          device={props.device}
          adapter={props.adapter}
          onCheck={props.onCheck}
          onClose={() => setOpen(false)}
        />
      </Show>
    </>
  );
}
