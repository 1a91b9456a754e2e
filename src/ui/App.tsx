import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './app.css';
import './intake/intake.css';
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel } from '../app/model.ts';
import { createActions } from './actions.ts';
import { CaseStrip } from './cases/CaseStrip.tsx';
import { EmptyLook } from './empty/EmptyLook.tsx';
import { Progress, StorageLine } from './footer/Footer.tsx';
import { Header } from './header/Header.tsx';
import { KeysDialog } from './help/KeysDialog.tsx';
import { CameraDialog } from './intake/CameraDialog.tsx';
import { DropZone } from './intake/DropZone.tsx';
import { FileInput } from './intake/FileInput.tsx';
import { RoleChooser } from './intake/RoleChooser.tsx';
import { createKeyboard } from './keyboard.ts';
import { createMedia } from './media.ts';
import { Notices } from './notices/Notices.tsx';
import { Export, Panel } from './panel/Panel.tsx';
import { Sheet } from './panel/Sheet.tsx';
import { Viewer } from './viewer/Viewer.tsx';
import { createViewer, type Viewer as ViewerState } from './viewer/viewer-state.ts';

/** The whole page on top of the app's store and commands. */
export function App(props: { readonly model: AppModel }): JSX.Element {
  const viewer = createViewer(props.model);
  const narrow = createMedia('(max-width: 719px)');
  const [camera, setCamera] = createSignal(false);
  const [keys, setKeys] = createSignal(false);
  let openPicker = () => {};
  const addFiles = (files: readonly File[]) => void props.model.commands.addFiles(files);

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
        onOpen={() => openPicker()}
        onCamera={() => setCamera(true)}
        onKeys={() => setKeys(true)}
      />
      <Show when={props.model.state.restoredWorkspace} fallback={<main class="main" />}>
        <Main
          model={props.model}
          viewer={viewer}
          narrow={narrow()}
          onOpen={() => openPicker()}
          onCamera={() => setCamera(true)}
        />
      </Show>
      <Notices notices={props.model.state.notices} onDismiss={props.model.commands.dismissNotice} />
      <FileInput
        onFiles={addFiles}
        onReady={(open) => {
          openPicker = open;
        }}
      />
      <DropZone onFiles={addFiles} />
      <Show when={props.model.state.unclear.length > 0}>
        <RoleChooser files={props.model.state.unclear} onChoose={props.model.commands.chooseRole} />
      </Show>
      <Show when={camera()}>
        <CameraDialog
          onClose={() => setCamera(false)}
          onChoose={() => {
            setCamera(false);
            openPicker();
          }}
          onPicture={(file) => {
            setCamera(false);
            addFiles([file]);
          }}
        />
      </Show>
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

interface MainProps {
  readonly model: AppModel;
  readonly viewer: ViewerState;
  readonly narrow: boolean;
  readonly onOpen: () => void;
  readonly onCamera: () => void;
}

/** The empty page or the current case, and the footer beneath either. */
function Main(props: MainProps): JSX.Element {
  const storage = () => (
    <StorageLine storage={props.model.state.storage} onClear={props.model.commands.clearStorage} />
  );
  return (
    <>
      <main class="main">
        <Switch>
          <Match when={props.viewer.case()}>
            <Workspace {...props} />
          </Match>
          <Match when={true}>
            <EmptyLook
              samples={props.model.state.samples}
              onSample={(id) => void props.model.commands.openSample(id)}
              onOpen={props.onOpen}
              onCamera={props.onCamera}
            />
          </Match>
        </Switch>
      </main>
      <footer class="footer">
        <Progress model={props.model} />
        <Show when={!props.narrow || props.viewer.case() === null}>{storage()}</Show>
      </footer>
      <Show when={props.narrow && props.viewer.case()}>
        {(item) => (
          <Sheet case={item()} actions={<Export model={props.model} case={item()} compact />}>
            <Cases {...props} />
            <Panel model={props.model} case={item()} onAddFile={props.onOpen} />
            {storage()}
          </Sheet>
        )}
      </Show>
    </>
  );
}

function Workspace(props: MainProps): JSX.Element {
  const panels = () => !props.narrow && props.model.state.view.panels;
  return (
    <div class="workspace">
      <Show when={panels()}>
        <Cases {...props} />
      </Show>
      <Viewer model={props.model} viewer={props.viewer} />
      <Show when={panels() && props.viewer.case()}>
        {(item) => (
          <aside class="panel" aria-label="Details">
            <Export model={props.model} case={item()} compact={false} />
            <Panel model={props.model} case={item()} onAddFile={props.onOpen} />
          </aside>
        )}
      </Show>
    </div>
  );
}

function Cases(props: MainProps): JSX.Element {
  return (
    <Show when={props.model.state.cases.length > 1}>
      <CaseStrip
        cases={props.model.state.cases}
        currentId={props.model.state.currentCaseId}
        onSelect={(id) => void props.model.commands.selectCase(id)}
      />
    </Show>
  );
}

/** What the state does to the document itself, outside the component tree. */
function createPageEffects(model: AppModel, viewer: ViewerState, narrow: () => boolean): void {
  createEffect(() => {
    document.documentElement.dataset.theme = model.state.view.theme;
  });
  createEffect(() => {
    const title = viewer.case()?.title;
    document.title = title ? `${title} · Loupe` : 'Loupe';
  });
  // A first visit on a phone: two pictures side by side would be stamps there, so it begins split.
  createEffect(() => {
    const first = model.state.restoredWorkspace && model.state.cases.length === 0;
    if (first && narrow()) model.commands.setView({ mode: 'split' });
  });
}
