import {
  createMemo,
  createSignal,
  type JSX,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { JudgeModel } from '../../app/judge/model.ts';
import type { AppModel } from '../../app/model.ts';
import type { Conditions } from '../../core/judge/votes.ts';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { Said } from '../common/Said.tsx';
import { addressOf, type Doors } from '../doors.ts';
import { fractionDone } from '../format.ts';
import { DropZone } from '../intake/DropZone.tsx';
import { filesOfDrop } from '../intake/dropped-files.ts';
import { UNASKED } from './conditions.ts';
import { type JudgePlace, judgePlaceOf, NEW_STUDY, votingItem } from './judge-place.ts';
import { NewStudy } from './NewStudy.tsx';
import { StudyFileButton } from './StudyFileButton.tsx';
import { StudyList } from './StudyList.tsx';
import { StudyPage } from './StudyPage.tsx';
import { VotingPage } from './VotingPage.tsx';
import '../bench/bench.css';
import '../bench/tables.css';
import './forms.css';
import './judge.css';

export interface JudgePageProps {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly judge: JudgeModel;
  readonly doors: Doors;
}

/** Blind studies: made here, voted on here or elsewhere, and what the votes come to. */
export function JudgePage(props: JudgePageProps): JSX.Element {
  const place = createMemo(() => judgePlaceOf(props.doors.place().item));
  const at = <Kind extends JudgePlace['kind']>(kind: Kind) => {
    const own = place();
    return own.kind === kind ? (own as Extract<JudgePlace, { kind: Kind }>) : null;
  };
  const go = (item: string | null) => props.doors.go('judge', item);
  return (
    <Show when={props.judge.state.opened}>
      <Show when={props.judge.state.voting === null}>
        <DropZone
          label="Drop a study, votes or a key"
          onDrop={(transfer) => void filesOfDrop(transfer).then(props.judge.commands.addFiles)}
        />
      </Show>
      <Switch>
        <Match when={at('vote')} keyed>
          {(own) => <VotingRoom {...props} hash={own.hash} rater={own.rater} onLeave={go} />}
        </Match>
        <Match when={at('new')}>
          <Page {...props}>
            <NewStudy {...props} onMade={go} onCancel={() => go(null)} />
          </Page>
        </Match>
        <Match when={at('address')} keyed>
          {(own) => (
            <Page {...props}>
              <Opening {...props} path={own.path} />
            </Page>
          )}
        </Match>
        <Match when={at('study')} keyed>
          {(own) => (
            <Page {...props}>
              <StudyPage {...props} hash={own.hash} onBegin={begin(props, own.hash)} />
            </Page>
          )}
        </Match>
        <Match when={true}>
          <Page {...props}>
            <StudyList
              {...props}
              onNew={() => go(NEW_STUDY)}
              open={<StudyFileButton judge={props.judge} />}
            />
          </Page>
        </Match>
      </Switch>
    </Show>
  );
}

/** Starts voting as a rater, and goes where a reload goes on. */
const begin =
  ({ judge, doors }: JudgePageProps, hash: string) =>
  async (rater: string, conditions: Conditions) => {
    await judge.commands.startVoting(hash, rater, conditions);
    if (judge.state.voting !== null) doors.go('judge', votingItem(hash, rater));
  };

function Page(props: JudgePageProps & { readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="judge" data-testid="judge">
      {/* Said once a work, not once a step. */}
      <Said>{props.judge.state.working?.label}</Said>
      <Show when={props.judge.state.working}>
        {(working) => (
          <div class="judge-working">
            <p>
              {working().label}: {working().done} of {working().total}
            </p>
            <ProgressBar
              label={working().label}
              fraction={fractionDone(working().done, working().total)}
            />
          </div>
        )}
      </Show>
      {props.children}
    </div>
  );
}

/** A study that a link names is opened, and its own address takes the link's place. */
function Opening(props: JudgePageProps & { readonly path: string }): JSX.Element {
  const [failed, setFailed] = createSignal(false);
  onMount(async () => {
    const hash = await props.judge.commands.openAddress(props.path);
    if (hash === null) setFailed(true);
    else location.replace(addressOf('judge', hash));
  });
  return (
    <p class="judge-line" role="status">
      {failed() ? 'This study could not be opened.' : 'Opening the study…'}{' '}
      <Show when={failed()}>
        <a href={addressOf('judge')}>All studies</a>
      </Show>
    </p>
  );
}

/** A rater's voting by its address: begun on the page before, or gone on with after a reload. */
function VotingRoom(
  props: JudgePageProps & {
    readonly hash: string;
    readonly rater: string;
    readonly onLeave: (item: string | null) => void;
  },
): JSX.Element {
  const { state, commands } = props.judge;
  const voting = () => {
    const now = state.voting;
    return now?.studyHash === props.hash && now.rater === props.rater ? now : null;
  };
  // The conditions of a rater who is known here were asked when the first answer was given.
  const goOn = () => commands.startVoting(props.hash, props.rater, UNASKED);
  const known = () =>
    state.studies
      .find(({ hash }) => hash === props.hash)
      ?.raters.some(({ name, here }) => here && name === props.rater) ?? false;
  onMount(() => {
    if (voting() !== null) return;
    if (known()) void goOn();
    else location.replace(addressOf('judge', props.hash));
  });
  onCleanup(() => {
    if (state.voting !== null) void commands.stopVoting();
  });
  return (
    <Show when={voting()} fallback={<p class="judge-line">Opening the pictures…</p>}>
      {(now) => (
        <VotingPage
          judge={props.judge}
          voting={now()}
          characterKeys={props.model.state.view.shortcuts}
          onLeave={() => props.onLeave(props.hash)}
          onRetry={() => void goOn()}
        />
      )}
    </Show>
  );
}
