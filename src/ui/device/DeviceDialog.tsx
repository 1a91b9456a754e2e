import Check from 'lucide-solid/icons/check';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';
import type { DeviationView, DeviceView } from '../../app/model.ts';
import { Dialog } from '../common/Dialog.tsx';
import { formatDeviation } from '../format.ts';
import './device.css';

interface DeviceDialogProps {
  readonly device: DeviceView;
  readonly adapter: string | null;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

/** How far this device's numbers are from float64, metric by metric, and whether they may be cited. */
export function DeviceDialog(props: DeviceDialogProps): JSX.Element {
  const checking = () => props.device.numbersChecked === 'checking';
  return (
    <Dialog
      title="Numbers of this device"
      testId="device-check"
      class="device-dialog"
      onClose={props.onClose}
    >
      <p aria-live="polite" classList={{ failed: props.device.numbersChecked === 'failed' }}>
        {props.device.sentence}
      </p>
      <Show when={props.device.deviations.length > 0}>
        <Deviations list={props.device.deviations} />
      </Show>
      <Show when={props.adapter}>
        {(adapter) => (
          <p class="section-note">
            The check measures built-in pictures in WGSL on {adapter()} and by the float64
            reference. A metric may be cited up to its bound;{' '}
            {props.device.numbersChecked === 'failed'
              ? 'since one lies beyond, the reference on the CPU measures everything here.'
              : 'were one beyond it, the reference on the CPU would measure everything.'}
            <Show when={props.device.checkedAt}>{(at) => <> Checked {formatMoment(at())}.</>}</Show>
          </p>
        )}
      </Show>
      <div class="dialog-actions">
        <Show when={props.adapter !== null}>
          <button
            type="button"
            class="button"
            disabled={checking()}
            onClick={() => props.onCheck()}
          >
            {checking() ? 'Checking…' : props.device.checkedAt ? 'Check again' : 'Check now'}
          </button>
        </Show>
        <button type="button" class="button" autofocus onClick={() => props.onClose()}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Deviations(props: { readonly list: readonly DeviationView[] }): JSX.Element {
  return (
    <table class="device-table">
      <caption class="visually-hidden">Largest deviation from float64 by metric</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Largest deviation</th>
          <th scope="col">Bound</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.list}>
          {(row) => (
            <tr data-testid={`deviation-${row.id}`} data-exact={row.exact}>
              <th scope="row">
                {row.title} <span class="device-unit">{row.unit}</span>
              </th>
              <td>{formatDeviation(row.deviation)}</td>
              <td>{formatDeviation(row.tolerance)}</td>
              <td class="device-verdict" classList={{ failed: !row.exact }}>
                <Show when={row.exact} fallback={<X />}>
                  <Check />
                </Show>
                {row.exact ? 'may be cited' : 'is off'}
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** E.g. "21 Nov 2026, 17:03", in the reader's own time. */
function formatMoment(milliseconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(
    milliseconds,
  );
}
