import { type JSX, Match, Switch } from 'solid-js';
import { KeysDialog } from '../help/KeysDialog.tsx';
import { type PaletteContext, paletteEntries } from './entries.ts';
import { Palette } from './Palette.tsx';

export type PageDialog = 'keys' | 'palette';

interface PageDialogsProps {
  readonly open: PageDialog | null;
  readonly onClose: () => void;
  readonly context: PaletteContext;
}

/** The dialogs that say what the page can do: its keys, and its commands. */
export function PageDialogs(props: PageDialogsProps): JSX.Element {
  const model = () => props.context.model;
  return (
    <Switch>
      <Match when={props.open === 'keys'}>
        <KeysDialog
          shortcuts={model().state.view.shortcuts}
          onShortcuts={(shortcuts) => model().commands.setView({ shortcuts })}
          onClose={props.onClose}
        />
      </Match>
      <Match when={props.open === 'palette'}>
        <Palette entries={paletteEntries(props.context)} onClose={props.onClose} />
      </Match>
    </Switch>
  );
}
