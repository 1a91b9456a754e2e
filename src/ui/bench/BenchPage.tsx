import { createEffect, createSignal, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { AppModel } from '../../app/model.ts';
import type { Doors } from '../doors.ts';
import { readyEngine } from '../engine.ts';
import { DropZone } from '../intake/DropZone.tsx';
import { BenchTabs } from './BenchTabs.tsx';
import { BenchTop } from './BenchTop.tsx';
import { type BenchChoices, createBenchView } from './bench-view.ts';
import { EmptyBench } from './EmptyBench.tsx';
import { FilePickers, type Pickers } from './FilePickers.tsx';
import { FromLook } from './FromLook.tsx';
import { createBenchIntake } from './intake.ts';
import { PairingReport } from './PairingReport.tsx';
import { ReadingLine, ReadingSaid } from './ReadingLine.tsx';
import { RunBar } from './RunBar.tsx';
import { sourcesOfDrop } from './sources.ts';
import { tabOf } from './tabs.ts';
import './bench.css';
import './menu.css';
import './tables.css';
import './case-table.css';

interface BenchPageProps {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly doors: Doors;
  readonly choices: BenchChoices;
}

/** A whole data set and many methods: what fits, the numbers, what challenges make of them. */
export function BenchPage(props: BenchPageProps): JSX.Element {
  const { state } = props.bench;
  const intake = createBenchIntake(props.model, props.bench);
  const [pickers, setPickers] = createSignal<Pickers>({ folder: () => {}, files: () => {} });
  const filled = () =>
    [state.cases, state.problems, state.excluded].some(({ length }) => length > 0);
  return (
    <>
      <FilePickers intake={intake} onReady={setPickers} />
      <DropZone
        label="Drop to add to the set"
        onDrop={(transfer) => void intake.takeFrom((onFound) => sourcesOfDrop(transfer, onFound))}
      />
      <ReadingSaid state={state} intake={intake} />
      <Switch>
        <Match when={state.opened && filled()}>
          <Filled {...props} pickers={pickers()} reading={<ReadingLine {...{ state, intake }} />} />
        </Match>
        <Match when={state.opened}>
          <EmptyBench
            state={state}
            intake={intake}
            pickers={pickers()}
            fromLook={<FromLook model={props.model} bench={props.bench} large />}
          />
        </Match>
      </Switch>
    </>
  );
}

function Filled(
  props: BenchPageProps & { readonly pickers: Pickers; readonly reading: JSX.Element },
): JSX.Element {
  // A case that is long in opening must not fetch back who has left by another door meanwhile.
  let here = true;
  onCleanup(() => {
    here = false;
  });
  const view = createBenchView(props.bench, props.choices, () => {
    if (here) props.doors.go('look');
  });
  const { state, commands } = props.bench;
  const tab = () => tabOf(props.doors.place().item, props.choices.tab());
  createEffect(() => props.choices.setTab(tab()));
  return (
    <div class="bench" data-testid="bench">
      <h2 class="visually-hidden">Bench</h2>
      <BenchTop
        view={view}
        pickers={props.pickers}
        fromLook={<FromLook model={props.model} bench={props.bench} />}
      />
      {props.reading}
      <Show when={state.needsPermission}>
        <div class="missing" role="note">
          <p>The browser asks once more before Loupe may read the folders of this set.</p>
          <button type="button" class="button" onClick={() => void commands.allowHandles()}>
            Allow reading
          </button>
        </div>
      </Show>
      <PairingReport bench={props.bench} />
      <RunBar
        bench={props.bench}
        methods={props.model.state.methods}
        findsPeople={(readyEngine(props.model.state.engine)?.masks.length ?? 0) > 0}
      />
      <BenchTabs
        view={view}
        tab={tab()}
        methods={props.model.state.methods}
        onTab={(tab) => props.doors.go('bench', tab)}
        onPick={() => props.pickers.files()}
      />
    </div>
  );
}
