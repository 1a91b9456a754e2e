/*
 * How long somebody looks at an item. A vote that took a week took a week of nothing: time with the page
 * out of sight, the machine asleep or nobody at it is told apart from looking.
 */

/** Seconds between two beats of the clock; a longer gap means that the machine was asleep. */
const LONGEST_GAP = 5;
/** Seconds of looking at one item; after that nobody is there. */
const LONGEST_LOOK = 600;

export interface TimeSpent {
  /** Seconds. */
  readonly seconds: number;
  readonly away: number;
}

/** Measures one item; its owner beats it about once a second. */
export class AttentionClock {
  private seconds = 0;
  private away = 0;
  private last: number;

  /** @param now milliseconds, monotonic, at every call */
  constructor(now: number) {
    this.last = now;
  }

  /** Counts the time since the last beat. @param visible whether the page is on screen */
  beat(now: number, visible: boolean): TimeSpent {
    const passed = Math.max(0, now - this.last) / 1000;
    this.last = now;
    const room = Math.max(0, LONGEST_LOOK - this.seconds);
    const looked = visible && passed <= LONGEST_GAP ? Math.min(room, passed) : 0;
    this.seconds += looked;
    this.away += passed - looked;
    return { seconds: this.seconds, away: this.away };
  }
}
