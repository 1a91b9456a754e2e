import Plus from 'lucide-solid/icons/plus';
import { For, type JSX, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { JudgeModel, StudyView } from '../../app/judge/model.ts';
import { addressOf } from '../doors.ts';
import { ratersWords } from './words.ts';

/** All studies that are here, and the ways to more. */
export function StudyList(props: {
  readonly judge: JudgeModel;
  readonly bench: BenchModel;
  readonly onNew: () => void;
  readonly open: JSX.Element;
}): JSX.Element {
  const studies = () => props.judge.state.studies;
  const actions = () => (
    <>
      <button type="button" class="button primary" onClick={() => props.onNew()}>
        <Plus /> New study
      </button>
      {props.open}
    </>
  );
  return (
    <Show when={studies().length > 0} fallback={<NoStudies>{actions()}</NoStudies>}>
      <header class="judge-head">
        <h2 class="judge-title">Studies</h2>
        <div class="judge-actions">{actions()}</div>
      </header>
      <ul class="studies">
        <For each={studies()}>{(study) => <StudyRow study={study} />}</For>
      </ul>
    </Show>
  );
}

function NoStudies(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="judge-empty">
      <section class="empty-drop crop-marks" aria-labelledby="judge-empty-title">
        <h2 id="judge-empty-title" class="empty-title">
          Let people judge
        </h2>
        <p class="empty-text">
          A study shows pictures without names, in another order for everybody. Make one of the
          bench’s set, or drop one that you were given.
        </p>
        <div class="empty-actions">{props.children}</div>
      </section>
      <p class="section-note">
        There is no server: a study travels as a file, votes come back as small files, and are
        joined where the study was made.
      </p>
    </div>
  );
}

function StudyRow(props: { readonly study: StudyView }): JSX.Element {
  const share = () => {
    const { raters } = props.study;
    return raters.length === 0
      ? 0
      : raters.reduce((sum, { done, total }) => sum + done / Math.max(1, total), 0) / raters.length;
  };
  return (
    <li class="study">
      <a class="study-link" href={addressOf('judge', props.study.hash)}>
        <span class="study-title">{props.study.title}</span>
        <span class="study-facts">
          {props.study.protocol.title} · {props.study.cases} cases × {props.study.methods} methods
        </span>
        <span class="study-facts">
          {ratersWords(props.study.raters)} · {props.study.mine ? 'made here' : 'brought'}
        </span>
      </a>
      <span class="study-bar" style={{ '--fraction': String(share()) }} aria-hidden="true" />
    </li>
  );
}
