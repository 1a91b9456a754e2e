import { createSignal, For, type JSX, Show } from 'solid-js';
import type { JudgeModel, RaterView, StudyView } from '../../app/judge/model.ts';
import type { Conditions } from '../../core/judge/votes.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { addressOf, type Doors } from '../doors.ts';
import { saveFile } from '../panel/save.ts';
import { Analysis } from './Analysis.tsx';
import { BeginVoting } from './BeginVoting.tsx';
import type { JudgePageProps } from './JudgePage.tsx';
import { votingItem } from './judge-place.ts';
import { Sharing } from './Sharing.tsx';
import { StudyFileButton } from './StudyFileButton.tsx';
import { saveVotes } from './VotingEnd.tsx';
import { counted } from './words.ts';

interface StudyPageProps extends JudgePageProps {
  readonly hash: string;
  readonly onBegin: (rater: string, conditions: Conditions) => Promise<void>;
}

/** One study: who votes, its files, and where its key is what the votes come to. */
export function StudyPage(props: StudyPageProps): JSX.Element {
  const study = () => props.judge.state.studies.find(({ hash }) => hash === props.hash);
  return (
    <Show
      when={study()}
      fallback={
        <p class="judge-line">
          This study is not here. Open its file again, or go to{' '}
          <a href={addressOf('judge')}>all studies</a>.
        </p>
      }
    >
      {(own) => (
        <>
          <StudyHead study={own()} judge={props.judge} doors={props.doors} />
          <For each={own().remarks}>{(remark) => <p class="missing">{remark}</p>}</For>
          <Show when={own().mine}>
            <Sharing study={own()} />
          </Show>
          <Raters study={own()} judge={props.judge} />
          <details class="judge-part vote-here" open={!own().mine}>
            <summary class="judge-part-title">Vote here</summary>
            <BeginVoting study={own()} onBegin={props.onBegin} />
          </details>
          <Analysis {...props} study={own()} />
        </>
      )}
    </Show>
  );
}

function StudyHead(props: {
  readonly study: StudyView;
  readonly judge: JudgeModel;
  readonly doors: Doors;
}): JSX.Element {
  const [removing, setRemoving] = createSignal(false);
  const { commands } = props.judge;
  const save = async (making: Promise<File | null>) => {
    const file = await making;
    if (file) await saveFile(file);
  };
  const remove = async () => {
    setRemoving(false);
    await commands.removeStudy(props.study.hash);
    props.doors.go('judge');
  };
  return (
    <header class="judge-head">
      <div>
        <a class="judge-up" href={addressOf('judge')}>
          Studies
        </a>
        <h2 class="judge-title">{props.study.title}</h2>
        <p class="section-note">
          {props.study.protocol.title} · {counted(props.study.cases, 'case')} ×{' '}
          {counted(props.study.methods, 'method')}
          <Show when={props.study.secondsLimit > 0}>
            {' '}
            · {props.study.secondsLimit} s for each item
          </Show>
        </p>
      </div>
      <div class="judge-actions">
        <Show when={props.study.mine}>
          <button
            type="button"
            class="button primary"
            onClick={() => void save(commands.studyFile(props.study.hash))}
          >
            Study for the raters
          </button>
          <button
            type="button"
            class="button"
            title="What the letters stand for: for yourself, not for the raters"
            onClick={() => void save(commands.keyFile(props.study.hash))}
          >
            Key
          </button>
        </Show>
        <StudyFileButton judge={props.judge} />
        <button type="button" class="button" onClick={() => setRemoving(true)}>
          Remove
        </button>
      </div>
      <Show when={removing()}>
        <ConfirmDialog
          title={`Remove “${props.study.title}”?`}
          text="Its pictures, its key and all votes that are here are deleted. Files that were saved stay."
          yes="Remove"
          no="Keep"
          onYes={() => void remove()}
          onNo={() => setRemoving(false)}
        />
      </Show>
    </header>
  );
}

function Raters(props: { readonly study: StudyView; readonly judge: JudgeModel }): JSX.Element {
  return (
    <Show when={props.study.raters.length > 0}>
      <section class="judge-part" aria-labelledby="raters-title">
        <h3 id="raters-title" class="judge-part-title">
          Raters
        </h3>
        <ul class="raters">
          <For each={props.study.raters}>
            {(rater) => <RaterRow rater={rater} hash={props.study.hash} judge={props.judge} />}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function RaterRow(props: {
  readonly rater: RaterView;
  readonly hash: string;
  readonly judge: JudgeModel;
}): JSX.Element {
  return (
    <li class="rater" data-rater={props.rater.name}>
      <span class="rater-name">{props.rater.label}</span>
      <span class="rater-done">
        {props.rater.done} of {props.rater.total}
        {props.rater.finished ? ', done' : ''}
      </span>
      <Show when={props.rater.here} fallback={<ByFile {...props} />}>
        <span class="rater-actions">
          <a
            class="button small"
            href={addressOf('judge', votingItem(props.hash, props.rater.name))}
          >
            {props.rater.finished ? 'Look again' : 'Go on'}
            <span class="visually-hidden"> as {props.rater.name}</span>
          </a>
          <button
            type="button"
            class="button small"
            onClick={() => void saveVotes(props.judge, props.hash, props.rater.name)}
          >
            Save votes<span class="visually-hidden"> of {props.rater.name}</span>
          </button>
        </span>
      </Show>
    </li>
  );
}

/** Votes that came as a file can be taken out again: two of one name may be one person. */
function ByFile(props: {
  readonly rater: RaterView;
  readonly hash: string;
  readonly judge: JudgeModel;
}): JSX.Element {
  return (
    <span class="rater-actions">
      <span class="row-note">by file</span>
      <button
        type="button"
        class="button small"
        onClick={() => void props.judge.commands.removeVotes(props.hash, props.rater)}
      >
        Take out<span class="visually-hidden"> the votes of {props.rater.label}</span>
      </button>
    </span>
  );
}
