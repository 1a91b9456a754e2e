import Download from 'lucide-solid/icons/download';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { type JSX, Show } from 'solid-js';
import type { AppModel, CaseView, MaskTarget } from '../../app/model.ts';
import { saveFile } from '../panel/save.ts';

interface MaskActionsProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly target: MaskTarget;
  /** Whether a change of the mask is being made, which the original would put an end to. */
  readonly busy: boolean;
  /** Icons alone, beneath the pictures. */
  readonly compact?: boolean;
  readonly children?: JSX.Element;
}

/** What can be done with a mask as it is: saved as a file, taken back to what it was. */
export function MaskActions(props: MaskActionsProps): JSX.Element {
  const place = () => ({ caseId: props.case.id, target: props.target });
  const mask = () =>
    props.target === 'person' ? props.case.mask : (props.case.regionMasks[props.target] ?? null);
  const original = () => {
    const origin = mask()?.origin;
    return origin?.kind === 'edited' ? origin.original : null;
  };
  const download = async () => {
    const file = await props.model.commands.maskFile(place());
    if (file) await saveFile(file);
  };
  const look = () => (props.compact ? 'icon-button' : 'button small');
  return (
    <div classList={{ 'mask-actions': !props.compact, 'mask-group': props.compact === true }}>
      {props.children}
      <Show when={original()}>
        {(before) => (
          <button
            type="button"
            class={look()}
            data-testid={props.compact ? undefined : 'original-mask'}
            title={`Back to the original: ${before().name}`}
            aria-label="Back to the original"
            disabled={props.busy}
            onClick={() => void props.model.commands.originalMask(place())}
          >
            <RotateCcw />
            <Show when={!props.compact}>Original</Show>
          </button>
        )}
      </Show>
      <Show when={mask()}>
        <button
          type="button"
          class={look()}
          data-testid={props.compact ? undefined : 'download-mask'}
          title="Download the mask as an 8-bit PNG"
          aria-label="Download the mask"
          onClick={() => void download()}
        >
          <Download />
          <Show when={!props.compact}>Download</Show>
        </button>
      </Show>
    </div>
  );
}
