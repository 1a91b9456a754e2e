import Brush from 'lucide-solid/icons/brush';
import { type JSX, Show } from 'solid-js';
import { overlayRegionsOf } from '../../app/lookSettings.ts';
import type { AppModel, CaseView } from '../../app/model.ts';
import { readyEngine } from '../engine.ts';
import { MaskActions } from '../mask/MaskActions.tsx';
import type { MaskTool } from '../mask/mask-state.ts';
import { hasAutomaticMask, maskSource } from '../origins.ts';
import { OverlayControls } from './OverlayControls.tsx';

interface MaskSectionProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly tool: MaskTool;
  readonly onAddFile: () => void;
}

/** The person mask: where it came from, how it lies over the pictures, and whether one is made. */
export function MaskSection(props: MaskSectionProps): JSX.Element {
  const canFind = () => readyEngine(props.model.state.engine)?.masks.length !== 0;
  return (
    <section class="section mask" aria-label="Person mask">
      <h2 class="section-title">Person mask</h2>
      <Show when={props.case.mask} fallback={<NoMask {...props} canFind={canFind()} />}>
        {(mask) => (
          <>
            <div class="mask-source">
              <p class="section-note" data-testid="mask-source" title={mask().name}>
                {maskSource(mask())}
              </p>
              <Show when={canFind() && hasAutomaticMask(props.case)}>
                <button
                  type="button"
                  class="link quiet"
                  onClick={() => void props.model.commands.makeMask()}
                >
                  Make anew
                </button>
              </Show>
            </div>
            <MaskActions
              model={props.model}
              case={props.case}
              target="person"
              busy={props.tool.busy('person')}
            >
              <PaintButton tool={props.tool} label="Paint" />
            </MaskActions>
          </>
        )}
      </Show>
      <Show when={overlayRegionsOf(props.case).length > 0}>
        <OverlayControls model={props.model} case={props.case} />
      </Show>
      <Show when={canFind()}>
        <label class="switch-row">
          <span>Find the person automatically</span>
          <input
            type="checkbox"
            class="switch"
            data-testid="auto-mask"
            checked={props.model.state.view.autoMask}
            onChange={(event) =>
              props.model.commands.setView({ autoMask: event.currentTarget.checked })
            }
          />
        </label>
      </Show>
    </section>
  );
}

/** Begins to paint the mask over the pictures, and ends it. */
function PaintButton(props: { readonly tool: MaskTool; readonly label: string }): JSX.Element {
  const painting = () => props.tool.painting() !== null;
  return (
    <button
      type="button"
      class="button small"
      data-testid="edit-mask"
      title="Paint the mask (Q)"
      aria-pressed={painting()}
      onClick={() => props.tool.paint(painting() ? null : 'person')}
    >
      <Brush /> {props.label}
    </button>
  );
}

function NoMask(props: MaskSectionProps & { readonly canFind: boolean }): JSX.Element {
  return (
    <>
      <p class="section-note">
        With a person mask the metrics tell the person from the background.
      </p>
      <div class="mask-actions">
        <Show when={props.canFind}>
          <button
            type="button"
            class="button small"
            data-testid="make-mask"
            onClick={() => void props.model.commands.makeMask()}
          >
            Make one
          </button>
        </Show>
        <button type="button" class="button small" onClick={props.onAddFile}>
          Add a person mask
        </button>
        <PaintButton tool={props.tool} label="Paint one" />
      </div>
    </>
  );
}
