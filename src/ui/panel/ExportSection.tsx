import Download from 'lucide-solid/icons/download';
import Grid from 'lucide-solid/icons/layout-grid';
import Share from 'lucide-solid/icons/share-2';
import { createSignal, type JSX, Show } from 'solid-js';
import type { AppCommands } from '../../app/model.ts';
import { canShareImages, saveFile, shareFile } from './save.ts';

interface ExportSectionProps {
  readonly ready: boolean;
  /** Icons without words, where there is no room. */
  readonly compact: boolean;
  readonly outputFile: AppCommands['outputFile'];
  readonly notify: AppCommands['notify'];
  readonly onFigure: () => void;
}

/** The restored picture as a file, or through the system's share sheet. */
export function ExportSection(props: ExportSectionProps): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const withFile = async (use: (file: File) => Promise<void>) => {
    setBusy(true);
    try {
      const file = await props.outputFile();
      if (file) await use(file);
    } finally {
      setBusy(false);
    }
  };
  const words = () => ({ 'visually-hidden': props.compact });
  return (
    <section
      class="export"
      classList={{ section: !props.compact, compact: props.compact }}
      aria-label="Export"
    >
      <button
        type="button"
        class="button primary"
        data-testid="download-restored"
        disabled={!props.ready || busy()}
        onClick={() => void withFile(saveFile)}
      >
        <Download />
        <span classList={words()}>Download</span>
      </button>
      <Show when={!props.compact}>
        <button
          type="button"
          class="button"
          title="Figure for a paper (Shift+F)"
          onClick={() => props.onFigure()}
        >
          <Grid />
          Figure
        </button>
      </Show>
      <Show when={canShareImages()}>
        <button
          type="button"
          class="button"
          disabled={!props.ready || busy()}
          onClick={() => void withFile((file) => shareFile(file, props.notify))}
        >
          <Share />
          <span classList={words()}>Share</span>
        </button>
      </Show>
    </section>
  );
}
