import { BadInput } from '../../core/badInput.ts';
import { AttentionClock, type TimeSpent } from '../../core/judge/attention.ts';
import {
  INPUT_MARK,
  REFERENCE_MARK,
  type StudyItem,
  scheduleFor,
} from '../../core/judge/schedule.ts';
import {
  type Answer,
  type Ballot,
  type Conditions,
  isAllowed,
  isChanged,
  isComplete,
  readBallot,
  type Vote,
} from '../../core/judge/votes.ts';
import { newId } from '../ids.ts';
import { keepBallot } from './ballots.ts';
import { ballotKey, type HeldStudy, type JudgeContext } from './context.ts';
import type { VotingPicture, VotingView } from './model.ts';
import { type Decoded, Shelf } from './shelf.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BEAT_MS = 1000;

/** The letter of a place on screen: A to Z, then AA and on. */
const letterAt = (index: number): string =>
  index < 26
    ? (LETTERS[index] ?? '?')
    : `${letterAt(Math.floor(index / 26) - 1)}${LETTERS[index % 26]}`;

/** Marks in an answer become letters, or letters marks: the page never sees a mark. */
function translated(answer: Answer, change: (text: string) => string): Answer {
  return typeof answer.value === 'number' ? answer : { ...answer, value: answer.value.map(change) };
}

const UNTOUCHED = { answers: [], seconds: 0, away: 0, changes: 0, returns: 0, skips: 0 } as const;

/** One rater's voting on one study, from the first item on screen to the last. */
export class Voting {
  private readonly context: JudgeContext;
  private readonly hash: string;
  private readonly held: HeldStudy;
  private readonly items: readonly StudyItem[];
  private readonly locked: boolean;
  private readonly unlock: () => void;
  private readonly shelf: Shelf;
  private readonly timer: ReturnType<typeof setInterval>;
  private ballot: Ballot;
  private index: number;
  private clock: AttentionClock;
  /** What the item on screen had taken when it came up. */
  private earlier: TimeSpent = UNTOUCHED;

  private constructor(
    context: JudgeContext,
    hash: string,
    held: HeldStudy,
    ballot: Ballot,
    unlock: (() => void) | null,
  ) {
    this.context = context;
    this.hash = hash;
    this.held = held;
    this.ballot = ballot;
    this.locked = unlock === null;
    this.unlock = unlock ?? (() => undefined);
    this.shelf = new Shelf(context, held);
    this.items = scheduleFor(held.study, ballot.rater);
    const at = this.items.findIndex(({ id }) => id === ballot.at);
    const open = this.items.findIndex(({ id }) => ballot.votes[id] === undefined);
    this.index = at >= 0 ? at : open >= 0 ? open : this.items.length;
    this.clock = new AttentionClock(context.app.platform.now());
    this.timer = setInterval(() => this.tick(), BEAT_MS);
  }

  /**
   * Starts, or goes on where this rater stopped. Only one tab may vote as a rater: a second one watches.
   * @throws {BadInput} where the study is not here
   */
  static async start(
    context: JudgeContext,
    hash: string,
    rater: string,
    conditions: Conditions,
  ): Promise<Voting> {
    const held = context.studies.get(hash);
    if (held === undefined)
      throw new BadInput('The study is not here any more. Open its file again.');
    const unlock = await context.app.platform.lock(ballotKey(hash, rater));
    const stored = readBallot(await context.storage.read(ballotKey(hash, rater)));
    const fresh: Ballot = {
      ...{ id: newId(), rater, conditions, startedAt: Date.now(), votes: {}, at: null },
    };
    const voting = new Voting(context, hash, held, stored ?? fresh, unlock);
    await voting.show();
    return voting;
  }

  /** Keeps the answers to the item on screen, if they are ones that it allows. */
  async answer(answers: readonly Answer[], next: boolean): Promise<void> {
    const item = this.items[this.index];
    if (item === undefined || this.locked) return;
    const { study } = this.held;
    const toMark = (letter: string) =>
      item.shown[item.shown.findIndex((_, place) => letterAt(place) === letter)] ?? '';
    const given = answers.map((answer) => translated(answer, toMark));
    if (!given.every((answer) => isAllowed(study, item, answer))) return;
    const before = this.ballot.votes[item.id];
    // What was never begun is not yet an answer, and no skip either.
    if (before === undefined && given.length === 0) return;
    const changed = before !== undefined && isChanged(before.answers, given);
    await this.write(item, given, { changes: (before?.changes ?? 0) + (changed ? 1 : 0) });
    if (next && isComplete(study, item, given)) await this.go(this.index + 1);
    else this.present();
  }

  /** Goes on; an item that lacks an answer was skipped. What was begun of it is kept. */
  async skip(): Promise<void> {
    const item = this.items[this.index];
    if (item === undefined || this.locked) return;
    const { answers, skips } = this.ballot.votes[item.id] ?? UNTOUCHED;
    if (!isComplete(this.held.study, item, answers)) {
      await this.write(item, answers, { skips: skips + 1 });
    }
    await this.go(this.index + 1);
  }

  async back(): Promise<void> {
    if (this.index > 0) await this.go(this.index - 1);
  }

  /** Takes the pictures off the screen and lets another tab vote. */
  stop(): void {
    clearInterval(this.timer);
    this.shelf.keep([]);
    this.unlock();
    this.context.store.set({ voting: null });
  }

  private beat(): TimeSpent {
    const { platform } = this.context.app;
    return this.clock.beat(platform.now(), platform.visible());
  }

  private async write(
    item: StudyItem,
    answers: readonly Answer[],
    counts: Partial<Pick<Vote, 'changes' | 'skips' | 'returns'>>,
  ): Promise<void> {
    const before = this.ballot.votes[item.id];
    // The time to the first complete answer counts: looking again is no slower vote.
    const done = before !== undefined && isComplete(this.held.study, item, before.answers);
    const { seconds, away } = this.beat();
    const { earlier } = this;
    const spent = { seconds: earlier.seconds + seconds, away: earlier.away + away };
    const { changes, returns, skips } = before ?? UNTOUCHED;
    const vote: Vote = {
      ...{ item: item.id, answers: [...answers], at: Date.now() },
      ...{ changes, returns, skips, ...counts },
      ...(done ? { seconds: before.seconds, away: before.away } : spent),
    };
    this.ballot = { ...this.ballot, votes: { ...this.ballot.votes, [item.id]: vote }, at: item.id };
    await keepBallot(this.context, this.hash, this.ballot);
  }

  private async go(index: number): Promise<void> {
    this.index = Math.max(0, Math.min(this.items.length, index));
    const item = this.items[this.index];
    const vote = item && this.ballot.votes[item.id];
    const votes = vote
      ? { ...this.ballot.votes, [vote.item]: { ...vote, returns: vote.returns + 1 } }
      : this.ballot.votes;
    this.ballot = { ...this.ballot, votes, at: item?.id ?? null };
    if (!this.locked) await keepBallot(this.context, this.hash, this.ballot);
    await this.show();
  }

  private async show(): Promise<void> {
    const item = this.items[this.index];
    const pictures = item === undefined ? new Map() : await this.shelf.load(item);
    if (this.items[this.index] !== item) return;
    this.clock = new AttentionClock(this.context.app.platform.now());
    this.earlier = (item && this.ballot.votes[item.id]) ?? UNTOUCHED;
    this.present(pictures);
    const [before, next] = [this.items[this.index - 1], this.items[this.index + 1]];
    // Decoded while this one is looked at.
    if (next !== undefined) this.shelf.load(next);
    this.shelf.keep([before, item, next]);
  }

  private tick(): void {
    const { voting } = this.context.store.state;
    if (voting === null || voting.item === null) return;
    const secondsLeft = this.secondsLeft();
    if (secondsLeft === null || this.locked) return;
    if (secondsLeft === 0) void this.skip();
    else this.context.store.set({ voting: { ...voting, secondsLeft } });
  }

  /** Only looking counts: who comes back finds the rest of the time. */
  private secondsLeft(): number | null {
    const { seconds } = this.beat();
    const { secondsLimit } = this.held.study;
    return secondsLimit === 0 ? null : Math.max(0, Math.ceil(secondsLimit - seconds));
  }

  private present(pictures?: Decoded): void {
    const { store } = this.context;
    const { study } = this.held;
    const item = this.items[this.index] ?? null;
    const shown = item?.shown ?? [];
    const letter = (mark: string) => letterAt(shown.indexOf(mark));
    const votes = Object.values(this.ballot.votes);
    const own = item === null ? undefined : this.ballot.votes[item.id];
    const before = store.state.voting;
    const fresh =
      pictures === undefined && before !== null
        ? { pictures: before.pictures, input: before.input, reference: before.reference }
        : picturesIn(shown, pictures ?? new Map());
    const view: VotingView = {
      studyHash: this.hash,
      rater: this.ballot.rater,
      protocol: study.protocol,
      // Whether an item is a repeat or has a known answer must not be seen.
      item: item && {
        id: `${this.index + 1}`,
        kind: item.kind === 'training' ? 'training' : 'vote',
      },
      ...fresh,
      answers: (own?.answers ?? []).map((answer) => translated(answer, letter)),
      index: this.index,
      total: this.items.length,
      skipped: votes.filter((vote) => this.lacks(vote)).length,
      secondsLeft: this.secondsLeft(),
      secondsLimit: study.secondsLimit,
      locked: this.locked,
      lasts: this.context.storage.lasts,
    };
    store.set({ voting: view });
  }

  /** Whether an item was left without its whole answer. */
  private lacks({ item: id, answers }: Vote): boolean {
    const place = this.items.findIndex((item) => item.id === id);
    const item = this.items[place];
    return (
      item !== undefined && place !== this.index && !isComplete(this.held.study, item, answers)
    );
  }
}

/** What is on screen, under letters from left to right. */
function picturesIn(shown: readonly string[], pictures: Decoded) {
  const picture = (letter: string, mark: string): VotingPicture => ({
    letter,
    bitmap: pictures.get(mark) ?? null,
  });
  const beside = (letter: string, mark: string) =>
    pictures.has(mark) && !shown.includes(mark) ? picture(letter, mark) : null;
  return {
    pictures: shown.map((mark, place) => picture(letterAt(place), mark)),
    input: beside('Input', INPUT_MARK),
    reference: beside('Reference', REFERENCE_MARK),
  };
}
