import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/controls.css';
import './styles/overlays.css';
import './app.css';
import { createEffect, createMemo, createSignal, type JSX, on, Show } from 'solid-js';
import type { AppModel } from '../app/model.ts';
import { createActions } from './actions.ts';
import { Header } from './header/Header.tsx';
import { KeysDialog } from './help/KeysDialog.tsx';
import { createWaysIn, Intake } from './intake/Intake.tsx';
import { createKeyboard } from './keyboard.ts';
import { Main } from './Main.tsx';
import { createMedia } from './media.ts';
import { Notices } from './notices/Notices.tsx';
import { createViewer, type Viewer } from './viewer/viewer-state.ts';

/** The whole page on top of the app's store and commands. */
export function App(props: { readonly model: AppModel }): JSX.Element {
  const viewer = createViewer(props.model);
  const narrow = createMedia('(max-width: 719px)');
  const ways = createWaysIn();
  const [keys, setKeys] = createSignal(false);

  createPageEffects(props.model, viewer, narrow);
  createKeyboard({
    characterKeys: () => props.model.state.view.shortcuts,
    ...createActions(props.model, viewer, () => setKeys(true)),
  });

  return (
    <div class="app">
      <Header
        model={props.model}
        withCase={viewer.case() !== null}
        narrow={narrow()}
        ways={ways}
        onKeys={() => setKeys(true)}
      />
      <Show when={props.model.state.restoredWorkspace} fallback={<main class="main" />}>
        <Main model={props.model} viewer={viewer} narrow={narrow()} ways={ways} />
      </Show>
      <Notices notices={props.model.state.notices} onDismiss={props.model.commands.dismissNotice} />
      <Intake model={props.model} ways={ways} />
      <Show when={keys()}>
        <KeysDialog
          shortcuts={props.model.state.view.shortcuts}
          onShortcuts={(shortcuts) => props.model.commands.setView({ shortcuts })}
          onClose={() => setKeys(false)}
        />
      </Show>
    </div>
  );
}

/** What the state does to the document itself, outside the component tree. */
function createPageEffects(model: AppModel, viewer: Viewer, narrow: () => boolean): void {
  createEffect(() => {
    document.documentElement.dataset.theme = model.state.view.theme;
  });
  createEffect(() => {
    const title = viewer.case()?.title;
    document.title = title ? `${title} · Loupe` : 'Loupe';
  });
  // A first visit on a phone: two pictures side by side would be stamps there, so it begins split.
  const firstOnPhone = createMemo(
    () => model.state.restoredWorkspace && model.state.cases.length === 0 && narrow(),
  );
  createEffect(
    on(firstOnPhone, (first) => {
      if (first) model.commands.setView({ mode: 'split' });
    }),
  );
}
