import { type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js';
import type { BenchModel } from '../app/bench/model.ts';
import type { JudgeModel } from '../app/judge/model.ts';
import type { AppModel, CaseView } from '../app/model.ts';
import { BenchStorage } from './bench/BenchStorage.tsx';
import { createBenchChoices } from './bench/bench-view.ts';
import { CaseStrip } from './cases/CaseStrip.tsx';
import type { Doors } from './doors.ts';
import { EmptyLook } from './empty/EmptyLook.tsx';
import { Progress, ProgressSaid, StorageLine } from './footer/Footer.tsx';
import type { WaysIn } from './intake/Intake.tsx';
import { JudgeStorage } from './judge/JudgeStorage.tsx';
import { ModelsPage } from './models/ModelsPage.tsx';
import { Export, Panel } from './panel/Panel.tsx';
import { Sheet } from './panel/Sheet.tsx';
import { Viewer } from './viewer/Viewer.tsx';
import type { Viewer as ViewerState } from './viewer/viewer-state.ts';

// Tables, plots and lists that most visitors never open are fetched when they are.
const BenchPage = lazy(async () => {
  const { BenchPage: page } = await import('./bench/BenchPage.tsx');
  return { default: page };
});

const JudgePage = lazy(async () => {
  const { JudgePage: page } = await import('./judge/JudgePage.tsx');
  return { default: page };
});

interface MainProps {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly judge: JudgeModel;
  readonly viewer: ViewerState;
  readonly doors: Doors;
  readonly narrow: boolean;
  readonly ways: WaysIn;
  /** While somebody votes nothing else is on screen. */
  readonly voting: boolean;
}

/** What lies behind the open door, and the footer beneath it. */
export function Main(props: MainProps): JSX.Element {
  const looking = () => lookedAt(props);
  return (
    <>
      <main class="main">
        <Page {...props} />
      </main>
      <Show when={!props.voting}>
        <ProgressSaid model={props.model} />
        <footer class="footer">
          <Progress model={props.model} />
          <Switch
            fallback={
              <Show when={!props.narrow || !looking()}>
                <Kept {...props} />
              </Show>
            }
          >
            <Match when={props.doors.place().door === 'bench'}>
              <BenchStorage bench={props.bench} />
            </Match>
            <Match when={props.doors.place().door === 'judge'}>
              <JudgeStorage judge={props.judge} />
            </Match>
          </Switch>
        </footer>
      </Show>
      <Show when={props.narrow && looking()}>
        {(item) => (
          <Sheet case={item()} actions={<Export {...props} case={item()} compact />}>
            <Cases {...props} />
            <Panel
              model={props.model}
              viewer={props.viewer}
              case={item()}
              onAddFile={props.ways.openPicker}
            />
            <Kept {...props} />
          </Sheet>
        )}
      </Show>
    </>
  );
}

/** The case on screen; null behind any door but the first. */
function lookedAt({ doors, viewer }: MainProps): CaseView | null {
  return doors.place().door === 'look' ? viewer.case() : null;
}

function Page(props: MainProps): JSX.Element {
  const benchChoices = createBenchChoices();
  return (
    <Switch>
      <Match when={props.doors.place().door === 'bench'}>
        <Suspense>
          <BenchPage
            model={props.model}
            bench={props.bench}
            doors={props.doors}
            choices={benchChoices}
          />
        </Suspense>
      </Match>
      <Match when={props.doors.place().door === 'judge'}>
        <Suspense>
          <JudgePage
            model={props.model}
            bench={props.bench}
            judge={props.judge}
            doors={props.doors}
          />
        </Suspense>
      </Match>
      <Match when={props.doors.place().door === 'models'}>
        <ModelsPage
          model={props.model}
          doors={props.doors}
          narrow={props.narrow}
          onOpen={props.ways.openPicker}
        />
      </Match>
      <Match when={lookedAt(props)}>
        <Workspace {...props} />
      </Match>
      <Match when={true}>
        <Start {...props} />
      </Match>
    </Switch>
  );
}

/** What is kept of the first door's cases. */
function Kept(props: MainProps): JSX.Element {
  return (
    <StorageLine storage={props.model.state.storage} onClear={props.model.commands.clearStorage} />
  );
}

/** The page of samples, with the cases there are beside it. */
function Start(props: MainProps): JSX.Element {
  return (
    <div class="workspace start">
      <Show when={props.model.state.cases.length > 0}>
        <CaseList {...props} />
      </Show>
      <EmptyLook
        samples={props.model.state.samples}
        onSample={(id) => void props.model.commands.openSample(id)}
        onOpen={() => props.ways.openPicker()}
        onCamera={props.ways.openCamera}
      />
    </div>
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
            <Export {...props} case={item()} compact={false} />
            <Panel
              model={props.model}
              viewer={props.viewer}
              case={item()}
              onAddFile={props.ways.openPicker}
            />
          </aside>
        )}
      </Show>
    </div>
  );
}

/** One case alone needs no list. */
function Cases(props: MainProps): JSX.Element {
  return (
    <Show when={props.model.state.cases.length > 1}>
      <CaseList {...props} />
    </Show>
  );
}

function CaseList(props: MainProps): JSX.Element {
  return (
    <CaseStrip
      cases={props.model.state.cases}
      currentId={props.model.state.currentCaseId}
      order={props.model.state.view.caseOrder}
      onOrder={(caseOrder) => props.model.commands.setView({ caseOrder })}
      remarksOf={props.model.remarksOf}
      onSelect={(id) => void props.model.commands.selectCase(id)}
    />
  );
}
