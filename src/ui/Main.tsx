import { type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel } from '../app/model.ts';
import { CaseStrip } from './cases/CaseStrip.tsx';
import { EmptyLook } from './empty/EmptyLook.tsx';
import { Progress, StorageLine } from './footer/Footer.tsx';
import type { WaysIn } from './intake/Intake.tsx';
import { Export, Panel } from './panel/Panel.tsx';
import { Sheet } from './panel/Sheet.tsx';
import { Viewer } from './viewer/Viewer.tsx';
import type { Viewer as ViewerState } from './viewer/viewer-state.ts';

interface MainProps {
  readonly model: AppModel;
  readonly viewer: ViewerState;
  readonly narrow: boolean;
  readonly ways: WaysIn;
}

/** The empty page or the current case, and the footer beneath either. */
export function Main(props: MainProps): JSX.Element {
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
              onOpen={() => props.ways.openPicker()}
              onCamera={props.ways.openCamera}
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
            <Panel
              model={props.model}
              case={item()}
              onAddFile={props.ways.openPicker}
              onDraw={() => props.viewer.setDrawing(true)}
            />
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
            <Panel
              model={props.model}
              case={item()}
              onAddFile={props.ways.openPicker}
              onDraw={() => props.viewer.setDrawing(true)}
            />
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
