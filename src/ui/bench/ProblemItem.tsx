import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { PairingProblem } from '../../core/dataset/survey.ts';
import { PickMenu } from '../common/PickMenu.tsx';
import { formatBytes } from '../format.ts';
import { placeOf, placeOptions, sizeWords } from './pairing.ts';

interface ProblemProps {
  readonly bench: BenchModel;
  readonly problem: PairingProblem;
}

/** One thing that does not fit, with the ways to put it right. */
export function ProblemItem(props: ProblemProps): JSX.Element {
  return (
    <li class="problem">
      <p class="problem-text">{props.problem.sentence}</p>
      <Switch fallback={<FileFixes {...props} />}>
        <Match when={props.problem.kind === 'missing-output'}>
          <MissingFix {...props} />
        </Match>
        <Match when={props.problem.kind === 'duplicate'}>
          <DuplicateFix {...props} />
        </Match>
      </Switch>
    </li>
  );
}

function fileOf(props: ProblemProps, id: string) {
  return props.bench.state.files[id];
}

/** The path of a file with its size: two files of one name are told apart by it. */
function FileName(props: ProblemProps & { readonly id: string }): JSX.Element {
  return (
    <span class="problem-file">
      <span class="file-path">{fileOf(props, props.id)?.path ?? props.id}</span>
      <Show when={fileOf(props, props.id)}>
        {(file) => <span class="file-size">{sizeWords(file(), formatBytes)}</span>}
      </Show>
    </span>
  );
}

function DuplicateFix(props: ProblemProps): JSX.Element {
  const { commands } = props.bench;
  /** The others of the same place are left out: then there is nothing left to doubt. */
  const use = async (id: string) => {
    const others = props.problem.files.filter((other) => other !== id);
    await commands.correct([id], { preferred: true, excluded: false });
    await commands.correct(others, { excluded: true });
  };
  return (
    <ul class="fix-list">
      <For each={props.problem.files}>
        {(id, i) => (
          <li class="fix-row">
            <FileName {...props} id={id} />
            <Show when={i() === 0}>
              <span class="file-size">used now</span>
            </Show>
            <button
              type="button"
              class="button small"
              aria-label={`Use this one: ${fileOf(props, id)?.path ?? id}`}
              title="The others are left out"
              onClick={() => void use(id)}
            >
              Use this one
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}

/** Files that belong nowhere may be what is missing. */
function MissingFix(props: ProblemProps): JSX.Element {
  const free = () =>
    props.bench.state.problems
      .filter(({ kind }) => kind === 'unmatched')
      .flatMap(({ files }) => files);
  const assign = (id: string) => {
    const { method, caseId } = props.problem;
    if (method === null || caseId === null) return;
    void props.bench.commands.correct([id], { place: { role: 'output', method }, caseId });
  };
  return (
    <Show when={free().length > 0}>
      <PickMenu
        label="It is"
        first="an unmatched file"
        action="Use it"
        options={free().map((id) => ({ value: id, label: fileOf(props, id)?.path ?? id }))}
        onChoose={assign}
      />
    </Show>
  );
}

function FileFixes(props: ProblemProps): JSX.Element {
  const { state, commands } = props.bench;
  // An output that does not agree with its ground truth is listed before it, and is what is in doubt.
  const files = () =>
    props.problem.method === null ? props.problem.files : props.problem.files.slice(0, 1);
  const cases = () => state.cases.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <ul class="fix-list">
      <For each={files()}>
        {(id) => (
          <li class="fix-row">
            <FileName {...props} id={id} />
            <Show when={props.problem.kind === 'unmatched'}>
              <PickMenu
                label="belongs to"
                first="case"
                action="Assign"
                options={cases()}
                onChoose={(caseId) => void commands.correct([id], { caseId })}
              />
              <PickMenu
                label="is"
                first="role"
                action="Change"
                options={placeOptions(state.methods)}
                onChoose={(value) => {
                  const place = placeOf(value);
                  if (place) void commands.correct([id], { place });
                }}
              />
            </Show>
            <button
              type="button"
              class="button small"
              aria-label={`Leave out ${fileOf(props, id)?.path ?? id}`}
              onClick={() => void commands.correct([id], { excluded: true })}
            >
              Leave out
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}
