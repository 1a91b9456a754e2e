import Brush from 'lucide-solid/icons/brush';
import { type JSX, Show } from 'solid-js';
import type { AppModel, CaseView, ViewSettings } from '../../app/model.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { readyEngine } from '../engine.ts';
import { MaskActions } from '../mask/MaskActions.tsx';
import type { MaskTool } from '../mask/mask-state.ts';
import { hasAutomaticMask, maskSource } from '../origins.ts';

interface MaskSectionProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly tool: MaskTool;
  readonly onAddFile: () => void;
}

const STYLES: readonly SegmentedOption<ViewSettings['overlayStyle']>[] = [
  { value: 'tint', label: 'Tint' },
  { value: 'contour', label: 'Contour' },
  { value: 'both', label: 'Both' },
];

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
            <MaskActions model={props.model} case={props.case} target="person">
              <button
                type="button"
                class="button"
                data-testid="edit-mask"
                title="Paint the mask (Q)"
                aria-pressed={props.tool.painting() !== null}
                onClick={() => togglePainting(props.tool)}
              >
                <Brush /> Paint
              </button>
            </MaskActions>
            <OverlayControls {...props} />
          </>
        )}
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

const togglePainting = (tool: MaskTool) => tool.paint(tool.painting() === null ? 'person' : null);

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
            class="button"
            data-testid="make-mask"
            onClick={() => void props.model.commands.makeMask()}
          >
            Make one
          </button>
        </Show>
        <button type="button" class="button" onClick={props.onAddFile}>
          Add a person mask
        </button>
        <button
          type="button"
          class="button"
          data-testid="edit-mask"
          title="Paint the mask (Q)"
          aria-pressed={props.tool.painting() !== null}
          onClick={() => togglePainting(props.tool)}
        >
          <Brush /> Paint one
        </button>
      </div>
    </>
  );
}

function OverlayControls(props: MaskSectionProps): JSX.Element {
  const view = () => props.model.state.view;
  return (
    <>
      <label class="switch-row">
        <span>Show over the pictures</span>
        <input
          type="checkbox"
          class="switch"
          checked={view().overlay}
          onChange={(event) =>
            props.model.commands.setView({ overlay: event.currentTarget.checked })
          }
        />
      </label>
      <Segmented
        label="Style of the overlay"
        name="overlay-style"
        options={STYLES}
        value={view().overlayStyle}
        disabled={!view().overlay}
        onChange={(overlayStyle) => props.model.commands.setView({ overlayStyle })}
      />
      <label class="range-row">
        <span>Tint</span>
        <input
          type="range"
          class="range"
          min="0"
          max="100"
          value={Math.round(view().overlayOpacity * 100)}
          disabled={!view().overlay || view().overlayStyle === 'contour'}
          aria-label="Opacity of the tint"
          aria-valuetext={`${Math.round(view().overlayOpacity * 100)} %`}
          onInput={(event) =>
            props.model.commands.setView({
              overlayOpacity: event.currentTarget.valueAsNumber / 100,
            })
          }
        />
        <span class="range-value">{Math.round(view().overlayOpacity * 100)} %</span>
      </label>
    </>
  );
}
