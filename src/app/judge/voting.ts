import { BadInput } from '../../core/badInput.ts';
import {
  INPUT_MARK,
  REFERENCE_MARK,
  type StudyItem,
  scheduleFor,
} from '../../core/judge/schedule.ts';
import type { Study, StudyCase } from '../../core/judge/study.ts';
import { type Answer, type Conditions, isAllowed, type Vote } from '../../core/judge/votes.ts';
import { releaseSoon } from '../context.ts';
import { keepBallot } from './ballots.ts';
import { type Ballot, ballotKey, type HeldStudy, type JudgeContext } from './context.ts';
import type { VotingPicture, VotingView } from './model.ts';
import { loadPicture } from './studyFiles.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** A pause is no thinking: more than this does not count as the time of a vote. In seconds. */
const LONGEST_VOTE = 600;

/** The letter of a place on screen: A to Z, then AA and on. */
const letterAt = (index: number): string =>
  index < 26
    ? (LETTERS[index] ?? '?')
    : `${letterAt(Math.floor(index / 26) - 1)}${LETTERS[index % 26]}`;

/** Pictures of an item, decoded; kept until another item took its place. */
type Decoded = ReadonlyMap<string, ImageBitmap | null>;

function hashOf({ input, reference, outputs }: StudyCase, mark: string): string | null {
  if (mark === INPUT_MARK) return input;
  if (mark === REFERENCE_MARK) return reference;
  return outputs[mark] ?? null;
}

/** Marks in an answer become letters, or letters marks: the page never sees a mark. */
function translated(answer: Answer, change: (text: string) => string): Answer {
  return typeof answer.value === 'number' ? answer : { ...answer, value: answer.value.map(change) };
}

/** One rater's voting on one study, from the first item on screen to the last. */
export class Voting {
  private readonly context: JudgeContext;
  private readonly hash: string;
  private readonly held: HeldStudy;
  private readonly items: readonly StudyItem[];
  private readonly locked: boolean;
  private readonly unlock: () => void;
  private ballot: Ballot;
  private index: number;
  private shownAt = 0;
  private decoded: { readonly item: string; readonly pictures: Promise<Decoded> }[] = [];
  private timer: ReturnType<typeof setInterval> | undefined;

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
    this.items = scheduleFor(held.study, ballot.rater);
    const at = this.items.findIndex(({ id }) => id === ballot.at);
    const open = this.items.findIndex(({ id }) => ballot.votes[id] === undefined);
    this.index = at >= 0 ? at : open >= 0 ? open : this.items.length;
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
    const fresh: Ballot = { rater, conditions, startedAt: Date.now(), votes: {}, at: null };
    const stored = (await context.storage.read(ballotKey(hash, rater))) as Ballot | undefined;
    const voting = new Voting(context, hash, held, stored ?? fresh, unlock);
    await voting.show();
    if (held.study.secondsLimit > 0) voting.timer = setInterval(() => voting.tick(), 1000);
    return voting;
  }

  /** Keeps the answers to the item on screen, if they are ones that it allows. */
  async answer(answers: readonly Answer[], next: boolean): Promise<void> {
    const item = this.items[this.index];
    if (item === undefined || this.locked) return;
    const toMark = (letter: string) => item.shown[this.placeOf(letter)] ?? '';
    const given = answers.map((answer) => translated(answer, toMark));
    if (!given.every((answer) => isAllowed(this.held.study, item, answer))) return;
    await this.write(item, given);
    const questions = this.held.study.protocol.questions.map(({ id }) => id);
    const complete = questions.every((id) => given.some(({ question }) => question === id));
    if (next && complete) await this.go(this.index + 1);
    else this.present();
  }

  async skip(): Promise<void> {
    const item = this.items[this.index];
    if (item === undefined || this.locked) return;
    if (this.ballot.votes[item.id] === undefined) await this.write(item, []);
    await this.go(this.index + 1);
  }

  async back(): Promise<void> {
    if (this.index > 0) await this.go(this.index - 1);
  }

  /** Takes the pictures off the screen and lets another tab vote. */
  stop(): void {
    clearInterval(this.timer);
    for (const { pictures } of this.decoded.splice(0)) this.free(pictures);
    this.unlock();
    this.context.store.set({ voting: null });
  }

  private placeOf(letter: string): number {
    return Array.from({ length: 26 * 27 }, (_, i) => i).find((i) => letterAt(i) === letter) ?? -1;
  }

  private async write(item: StudyItem, answers: readonly Answer[]): Promise<void> {
    const before = this.ballot.votes[item.id];
    const seconds = Math.min(LONGEST_VOTE, (this.context.app.platform.now() - this.shownAt) / 1000);
    const vote: Vote = {
      item: item.id,
      answers: [...answers],
      // The time of the first answer counts: looking again is no slower vote.
      seconds: before?.seconds ?? seconds,
      at: Date.now(),
      changes: before === undefined ? 0 : before.changes + 1,
    };
    this.ballot = { ...this.ballot, votes: { ...this.ballot.votes, [item.id]: vote }, at: item.id };
    await keepBallot(this.context, this.hash, this.ballot);
  }

  private async go(index: number): Promise<void> {
    this.index = Math.max(0, Math.min(this.items.length, index));
    this.ballot = { ...this.ballot, at: this.items[this.index]?.id ?? null };
    if (!this.locked) await keepBallot(this.context, this.hash, this.ballot);
    await this.show();
  }

  private async show(): Promise<void> {
    const item = this.items[this.index];
    const pictures = item === undefined ? new Map() : await this.load(item);
    if (this.items[this.index] !== item) return;
    this.shownAt = this.context.app.platform.now();
    this.present(pictures);
    const next = this.items[this.index + 1];
    // Decoded while this one is looked at.
    if (next !== undefined) this.load(next);
    this.trim();
  }

  private load(item: StudyItem): Promise<Decoded> {
    const known = this.decoded.find((own) => own.item === item.id);
    if (known !== undefined) return known.pictures;
    const pictures = this.decode(item);
    this.decoded.push({ item: item.id, pictures });
    return pictures;
  }

  private async decode(item: StudyItem): Promise<Decoded> {
    const { study } = this.held;
    const entry = study.cases.find(({ id }) => id === item.caseId);
    const marks = [...item.shown, ...this.besides(study, item)];
    const decoded = await Promise.all(
      marks.map(async (mark): Promise<readonly [string, ImageBitmap | null]> => {
        const hash = entry === undefined ? null : hashOf(entry, mark);
        const blob = hash === null ? null : await loadPicture(this.context, this.held, hash);
        if (blob === null) return [mark, null];
        return [mark, await this.context.app.platform.decodeBitmap(blob).catch(() => null)];
      }),
    );
    return new Map(decoded);
  }

  /** Pictures beside those that are judged. */
  private besides({ protocol }: Study, { kind }: StudyItem): string[] {
    if (kind === 'golden') return [];
    return [
      ...(protocol.withInput ? [INPUT_MARK] : []),
      ...(protocol.withReference ? [REFERENCE_MARK] : []),
    ];
  }

  private trim(): void {
    const near = new Set([-1, 0, 1].map((step) => this.items[this.index + step]?.id));
    const far = this.decoded.filter(({ item }) => !near.has(item));
    this.decoded = this.decoded.filter(({ item }) => near.has(item));
    for (const { pictures } of far) this.free(pictures);
  }

  private free(pictures: Promise<Decoded>): void {
    pictures.then((decoded) =>
      releaseSoon(() => {
        for (const bitmap of decoded.values()) bitmap?.close();
      }),
    );
  }

  private tick(): void {
    const { voting } = this.context.store.state;
    if (voting === null || voting.item === null) return;
    const left = this.secondsLeft();
    if (left === 0) this.skip();
    else this.context.store.set({ voting: { ...voting, secondsLeft: left } });
  }

  private secondsLeft(): number | null {
    const { secondsLimit } = this.held.study;
    if (secondsLimit === 0) return null;
    const spent = (this.context.app.platform.now() - this.shownAt) / 1000;
    return Math.max(0, Math.ceil(secondsLimit - spent));
  }

  private present(pictures?: Decoded): void {
    const { store } = this.context;
    const { study } = this.held;
    const item = this.items[this.index] ?? null;
    const before = store.state.voting;
    const shown = item?.shown ?? [];
    const letter = (mark: string) => letterAt(shown.indexOf(mark));
    const picture = (name: string, mark: string): VotingPicture => ({
      letter: name,
      bitmap: pictures?.get(mark) ?? null,
    });
    const votes = Object.values(this.ballot.votes);
    const own = item === null ? undefined : this.ballot.votes[item.id];
    const fresh =
      pictures === undefined && before !== null
        ? { pictures: before.pictures, input: before.input, reference: before.reference }
        : {
            pictures: shown.map((mark, place) => picture(letterAt(place), mark)),
            input:
              pictures?.has(INPUT_MARK) && !shown.includes(INPUT_MARK)
                ? picture('Input', INPUT_MARK)
                : null,
            reference:
              pictures?.has(REFERENCE_MARK) && !shown.includes(REFERENCE_MARK)
                ? picture('Reference', REFERENCE_MARK)
                : null,
          };
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
      skipped: votes.filter(({ answers }) => answers.length === 0).length,
      secondsLeft: this.secondsLeft(),
      secondsLimit: study.secondsLimit,
      locked: this.locked,
    };
    store.set({ voting: view });
  }
}
