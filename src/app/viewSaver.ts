/** Time between two writes while a slider moves, in ms. */
const INTERVAL = 250;

export interface ViewSaver {
  /** Writes at once, or, soon after another write, the newest value a moment later. */
  save(view: object): void;
  /** Writes what is not written yet without waiting: the page may be about to close. */
  flush(): void;
  /** Resolves when the newest value is written. */
  saved(): Promise<void>;
}

/** Spares the database while a slider moves, without losing the last change before a reload. */
export function makeViewSaver(write: (view: object) => Promise<void>): ViewSaver {
  let next: object | null = null;
  let working: Promise<void> | null = null;
  let flushed: Promise<void> = Promise.resolve();

  async function work(): Promise<void> {
    while (next !== null) {
      const view = next;
      next = null;
      await write(view);
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
    working = null;
  }
  return {
    save(view) {
      next = view;
      working ??= work();
    },
    flush() {
      if (next === null) return;
      const view = next;
      next = null;
      flushed = write(view);
    },
    saved: async () => {
      await working;
      await flushed;
    },
  };
}
