import { For, type JSX, Show } from 'solid-js';
import type { Protocol, RatingQuestion } from '../../core/judge/protocols.ts';
import { radarOutline, radarPoint } from '../../core/judge/radar.ts';
import type { JudgementRow } from './analysis-rows.ts';
import { NumberTable } from './NumberTable.tsx';
import { numberOr } from './numbers.ts';

const RADIUS = 70;
/** Dimensions that make a figure; of fewer the table says all. */
const LEAST = 3;

const ratingsOf = ({ questions }: Protocol): RatingQuestion[] =>
  questions.filter((question) => question.kind === 'rating');

/** The mean opinion of every dimension: a small radar a method, and the numbers beneath. */
export function Dimensions(props: {
  readonly protocol: Protocol;
  readonly rows: readonly JudgementRow[];
}): JSX.Element {
  const questions = () => ratingsOf(props.protocol);
  return (
    <Show when={questions().length > 0}>
      <section class="judge-part" aria-labelledby="dimensions-title">
        <h3 id="dimensions-title" class="judge-part-title">
          Dimensions
        </h3>
        <Show when={questions().length >= LEAST}>
          <p class="section-note">
            The ring is the best mark, the centre the worst; the broken line is the mean of all
            methods.
          </p>
          <ul class="radars">
            <For each={props.rows}>
              {(row) => <Radar questions={questions()} row={row} rows={props.rows} />}
            </For>
          </ul>
        </Show>
        <OpinionTable questions={questions()} rows={props.rows} />
      </section>
    </Show>
  );
}

const meanOf = (row: JudgementRow, question: RatingQuestion) =>
  row.judgement.opinions[question.id]?.mean ?? null;

/** 1 is the centre and the last label the ring. */
const shareOf = (mean: number | null, { labels }: RatingQuestion) =>
  mean === null ? 0 : (mean - 1) / Math.max(1, labels.length - 1);

function Radar(props: {
  readonly questions: readonly RatingQuestion[];
  readonly row: JudgementRow;
  readonly rows: readonly JudgementRow[];
}): JSX.Element {
  const own = () =>
    props.questions.map((question) => shareOf(meanOf(props.row, question), question));
  const mean = () =>
    props.questions.map((question) => {
      const all = props.rows.map((row) => meanOf(row, question)).filter((value) => value !== null);
      const sum = all.reduce((total, value) => total + value, 0);
      return shareOf(all.length === 0 ? null : sum / all.length, question);
    });
  const ring = () => props.questions.map(() => 1);
  return (
    <li class="radar">
      <span class="radar-name">{props.row.title}</span>
      <svg viewBox="-146 -92 292 184" role="img" aria-label={`Dimensions of ${props.row.title}`}>
        <polygon class="radar-ring" points={radarOutline(ring(), RADIUS)} />
        <For each={props.questions}>
          {(question, index) => (
            <Spoke title={question.title} index={index()} count={props.questions.length} />
          )}
        </For>
        <polygon class="radar-mean" points={radarOutline(mean(), RADIUS)} />
        <polygon class="radar-own" points={radarOutline(own(), RADIUS)} />
      </svg>
    </li>
  );
}

function Spoke(props: {
  readonly title: string;
  readonly index: number;
  readonly count: number;
}): JSX.Element {
  const end = () => radarPoint(props.index, props.count, 1, RADIUS);
  const label = () => radarPoint(props.index, props.count, 1.16, RADIUS);
  const anchor = () => (Math.abs(label().x) < 8 ? 'middle' : label().x > 0 ? 'start' : 'end');
  /** The last word alone fits beside the figure; the table has the whole. */
  const word = () => props.title.split(' ').at(-1) ?? '';
  return (
    <g class="radar-spoke">
      <line x1="0" y1="0" x2={end().x} y2={end().y} />
      <text x={label().x} y={label().y + 4} text-anchor={anchor()}>
        {word()}
      </text>
    </g>
  );
}

function OpinionTable(props: {
  readonly questions: readonly RatingQuestion[];
  readonly rows: readonly JudgementRow[];
}): JSX.Element {
  return (
    <NumberTable
      label="Mean opinion by dimension, with 95 % intervals"
      corner="Method"
      heads={props.questions}
      rows={props.rows}
      titleOf={({ title }) => title}
    >
      {(row) => (
        <For each={props.questions}>{({ id }) => <td class="num">{opinionWords(row, id)}</td>}</For>
      )}
    </NumberTable>
  );
}

/** "3.42 ± 0.31" */
function opinionWords({ judgement }: JudgementRow, question: string): string {
  const opinion = judgement.opinions[question];
  if (!opinion) return '–';
  const half = opinion.interval ? (opinion.interval[1] - opinion.interval[0]) / 2 : null;
  return half === null
    ? numberOr(opinion.mean, 2)
    : `${numberOr(opinion.mean, 2)} ± ${numberOr(half, 2)}`;
}
