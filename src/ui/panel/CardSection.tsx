import Download from 'lucide-solid/icons/download';
import Share from 'lucide-solid/icons/share-2';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import type { AppCommands, CaseView } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { makeCard } from './card.ts';
import { canShareImages, saveFile, shareFile } from './save.ts';

interface CardSectionProps {
  readonly case: CaseView;
  readonly strengthSettled: AppCommands['strengthSettled'];
  readonly notify: AppCommands['notify'];
}

/** The card of the case on screen, which is drawn when it is asked for. */
function createCard(props: CardSectionProps) {
  const [busy, setBusy] = createSignal(false);
  const pair = () => {
    const { input, output } = props.case;
    return input?.bitmap && output?.picture.bitmap ? { input, output: output.picture } : null;
  };
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });
  const withCard = async (use: (file: File) => Promise<void>) => {
    const drawn = pair();
    if (!drawn) return;
    const { id } = props.case;
    const sorry = `The card of “${drawn.input.name}” could not be drawn: memory may be short. Use a smaller picture or close other tabs, then try again.`;
    setBusy(true);
    try {
      await props.strengthSettled();
      const pictures = isGone || props.case.id !== id ? null : pair();
      if (!pictures) return;
      const card = await makeCard(pictures.input, pictures.output);
      if (card) await use(card);
      else props.notify('error', sorry);
    } catch {
      props.notify('error', sorry);
    } finally {
      setBusy(false);
    }
  };
  return { withCard, disabled: () => !pair() || busy() };
}

/** Before and after in one picture, to be saved or shared. */
export function CardSection(props: CardSectionProps): JSX.Element {
  const card = createCard(props);
  return (
    <section class="section before-after" aria-label="Before and after">
      <span>Before and after in one picture</span>
      <IconButton
        label="Save before and after"
        data-testid="save-card"
        disabled={card.disabled()}
        onClick={() => void card.withCard(saveFile)}
      >
        <Download />
      </IconButton>
      <Show when={canShareImages()}>
        <IconButton
          label="Share before and after"
          disabled={card.disabled()}
          onClick={() => void card.withCard((file) => shareFile(file, props.notify))}
        >
          <Share />
        </IconButton>
      </Show>
    </section>
  );
}
