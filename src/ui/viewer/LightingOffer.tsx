import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { IconButton } from '../common/IconButton.tsx';
import { Said } from '../common/Said.tsx';
import type { LightingTool } from './lighting-state.ts';
import './guess-bar.css';

const SAID = 'Well lit already: the viewer offers to simulate a weak flash.';

/** Over a picture that needs no restoring: a weak flash to see what restoring does. */
export function LightingOffer(props: { readonly tool: LightingTool }): JSX.Element {
  const offer = (
    <Show when={props.tool.offersFlash()}>
      <section class="guess-bar" aria-label="Lighting" data-testid="lighting-offer">
        <p>This picture is lit well already, so restoring it shows little.</p>
        <div class="guess-choices">
          <button
            type="button"
            class="button small"
            disabled={props.tool.simulating()}
            onClick={() => void props.tool.simulateFlash()}
          >
            {props.tool.simulating() ? 'Simulating…' : 'Simulate a weak flash, then restore'}
          </button>
          <IconButton label="Leave it as it is" onClick={() => props.tool.leaveAsItIs()}>
            <X />
          </IconButton>
        </div>
      </section>
    </Show>
  );
  return (
    <>
      <Said>{props.tool.offersFlash() ? SAID : ''}</Said>
      {offer}
    </>
  );
}
