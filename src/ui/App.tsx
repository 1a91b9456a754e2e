import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/controls.css';
import './styles/overlays.css';
import './app.css';
import { createEffect, createMemo, createSignal, type JSX, on, Show } from 'solid-js';
import type { BenchModel } from '../app/bench/model.ts';
import type { JudgeModel } from '../app/judge/model.ts';
import type { AppModel } from '../app/model.ts';
import { createActions } from './actions.ts';
import { createFocusKeeper } from './common/focus.ts';
import { createDoors, DOORS, type DoorId, type Doors } from './doors.ts';
import { Header } from './header/Header.tsx';
import { createWaysIn, Intake } from './intake/Intake.tsx';
import { createBlindNotices } from './judge/blind.ts';
import { createKeyboard } from './keyboard.ts';
import { Main } from './Main.tsx';
import { createMedia } from './media.ts';
import { Notices } from './notices/Notices.tsx';
import { type PageDialog, PageDialogs } from './palette/PageDialogs.tsx';
import { createViewLinks } from './viewer/link-state.ts';
import { createViewer, type Viewer } from './viewer/viewer-state.ts';

/** The whole page on top of the app's store and commands. */
export function App(props: {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly judge: JudgeModel;
}): JSX.Element {
  const viewer = createViewer(props.model);
  const narrow = createMedia('(max-width: 719px)');
  const ways = createWaysIn();
  const doors = createDoors();
  const [dialog, setDialog] = createSignal<PageDialog | null>(null);
  const looking = () => doors.place().door === 'look' && viewer.case() !== null;
  const actions = createActions({
    model: props.model,
    viewer,
    looking,
    openHelp: () => setDialog('keys'),
    openPalette: () => setDialog('palette'),
  });
  /** Whoever votes sees pictures and questions, and nothing that might tell whose they are. */
  const voting = () => doors.place().door === 'judge' && props.judge.state.voting !== null;
  const notices = createBlindNotices({ ...props, voting });

  createFocusKeeper();
  createPageEffects(props.model, viewer, narrow, doors);
  createViewLinks(props.model, viewer);
  createKeyboard({
    enabled: () => !voting(),
    characterKeys: () => props.model.state.view.shortcuts,
    mode: () => (looking() && viewer.mask.painting() !== null ? 'mask' : null),
    ...actions,
  });

  return (
    <div class="app" classList={{ voting: voting() }}>
      <Show when={!voting()}>
        <Header
          model={props.model}
          door={doors.place().door}
          withCase={looking()}
          narrow={narrow()}
          ways={ways}
          onKeys={() => setDialog('keys')}
        />
      </Show>
      <Show when={props.model.state.restoredWorkspace} fallback={<main class="main" />}>
        <Main
          {...props}
          viewer={viewer}
          doors={doors}
          narrow={narrow()}
          ways={ways}
          voting={voting()}
        />
      </Show>
      <Notices
        notices={notices()}
        onDismiss={props.model.commands.dismissNotice}
        onAction={(id) => void props.model.commands.runAction(id)}
      />
      <Show when={!voting()}>
        <Intake
          model={props.model}
          ways={ways}
          takesDrops={!['bench', 'judge'].includes(doors.place().door)}
        />
      </Show>
      <PageDialogs
        open={dialog()}
        onClose={() => setDialog(null)}
        context={{ model: props.model, viewer, doors, ways, looking, ...actions }}
      />
    </div>
  );
}

/** What the state does to the document itself, outside the component tree. */
function createPageEffects(
  model: AppModel,
  viewer: Viewer,
  narrow: () => boolean,
  doors: Doors,
): void {
  createEffect(() => {
    document.documentElement.dataset.theme = model.state.view.theme;
  });
  createEffect(() => {
    const { door } = doors.place();
    const title = door === 'look' ? viewer.case()?.title : doorTitle(door);
    document.title = title ? `${title} · Loupe` : 'Loupe';
  });
  // Pictures may be dropped behind any door; they are looked at behind the first.
  const onScreen = createMemo(() =>
    model.state.restoredWorkspace ? model.state.currentCaseId : undefined,
  );
  createEffect(
    on(onScreen, (id, before) => {
      if (before !== undefined && id && doors.place().door !== 'look') doors.go('look');
    }),
  );
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

function doorTitle(id: DoorId): string | undefined {
  return DOORS.find((door) => door.id === id)?.title;
}
