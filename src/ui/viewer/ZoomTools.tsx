import Minus from 'lucide-solid/icons/minus';
import Plus from 'lucide-solid/icons/plus';
import type { JSX } from 'solid-js';
import { IconButton } from '../common/IconButton.tsx';
import { formatZoom } from '../format.ts';
import type { Lens } from './lens.ts';

interface ZoomToolsProps {
  readonly lens: Pick<Lens, 'viewport' | 'zoomStep' | 'fit' | 'actualSize'>;
  /** The key of one to one, where it is no answer. */
  readonly actualSizeKey?: string;
}

/** How large the picture is, and ways to change it. */
export function ZoomTools(props: ZoomToolsProps): JSX.Element {
  const view = () => props.lens.viewport();
  const key = () => (props.actualSizeKey === undefined ? '' : ` (${props.actualSizeKey})`);
  return (
    <div class="toolbar-group zoom">
      <IconButton label="Zoom out" hotkey="−" onClick={() => props.lens.zoomStep(-1)}>
        <Minus />
      </IconButton>
      <output class="zoom-value" aria-label="Zoom">
        {formatZoom(view().scale)}
      </output>
      <IconButton label="Zoom in" hotkey="+" onClick={() => props.lens.zoomStep(1)}>
        <Plus />
      </IconButton>
      <button
        type="button"
        class="tool-text"
        title="Fit (F)"
        aria-pressed={view().fit}
        onClick={() => props.lens.fit()}
      >
        Fit
      </button>
      <button
        type="button"
        class="tool-text actual-size"
        title={`One picture pixel on one screen pixel${key()}`}
        aria-pressed={!view().fit && view().scale === 1}
        onClick={() => props.lens.actualSize()}
      >
        1:1
      </button>
    </div>
  );
}
