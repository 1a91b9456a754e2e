import X from 'lucide-solid/icons/x';
import { createSignal, type JSX, Show } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Said } from '../common/Said.tsx';
import type { Viewer } from './viewer-state.ts';
import './guess-bar.css';

interface LightingOfferProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

const SAID = 'Well lit already: the viewer offers to simulate a weak flash.';

/** Over a picture that needs no restoring: a weak flash to see what restoring does. */
export function LightingOffer(props: LightingOfferProps): JSX.Element {
  const [dismissed, setDismissed] = createSignal<ReadonlySet<string>>(new Set<string>());
  const [busy, setBusy] = createSignal(false);
  /** The address of the well-lit input; null where there is nothing to offer. */
  const wellLit = () => {
    const item = props.viewer.case();
    if (item?.lighting !== 'well-lit' || !item.input) return null;
    return dismissed().has(item.input.sha256) ? null : item.input.sha256;
  };
  const simulate = async () => {
    setBusy(true);
    try {
      await props.model.commands.simulateWeakFlash();
    } finally {
      setBusy(false);
    }
  };
  const offer = (
    <Show when={wellLit()}>
      {(sha256) => (
        <section class="guess-bar" aria-label="Lighting" data-testid="lighting-offer">
          <p>This picture is lit well already, so restoring it shows little.</p>
          <div class="guess-choices">
            <button
              type="button"
              class="button small"
              disabled={busy()}
              onClick={() => void simulate()}
            >
              {busy() ? 'Simulating…' : 'Simulate a weak flash, then restore'}
            </button>
            <IconButton
              label="Leave it as it is"
              onClick={() => setDismissed(new Set(dismissed()).add(sha256()))}
            >
              <X />
            </IconButton>
          </div>
        </section>
      )}
    </Show>
  );
  return (
    <>
      <Said>{wellLit() ? SAID : ''}</Said>
      {offer}
    </>
  );
}
