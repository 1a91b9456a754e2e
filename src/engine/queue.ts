import { Failure } from './failure.ts';

/** The running job's view of the queue. */
export interface JobControl {
  /**
   * To be awaited between steps: lets messages (a cancel among them) reach the worker.
   * @throws {Failure} of kind `cancelled`
   */
  checkpoint(): Promise<void>;
}

export interface SerialQueue {
  /** Runs the job after all earlier ones; a job that fails does not stop the ones behind it. */
  add<T>(id: string, job: (control: JobControl) => Promise<T>): Promise<T>;
  /** Cancels a waiting or running job; unknown ids are ignored, they may have just ended. */
  cancel(id: string): void;
}

/** A macrotask, because comlink's messages are not delivered between microtasks. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** One job at a time: ONNX Runtime must never see two runs at once, and the device has one queue. */
export function makeQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  const live = new Map<string, { cancelled: boolean }>();

  return {
    add(id, job) {
      const state = { cancelled: false };
      live.set(id, state);
      const checkpoint = async () => {
        await nextTask();
        if (state.cancelled) throw new Failure('cancelled', 'Cancelled; nothing was changed.');
      };
      const done = last.then(async () => {
        try {
          await checkpoint();
          return await job({ checkpoint });
        } finally {
          if (live.get(id) === state) live.delete(id);
        }
      });
      last = done.catch(() => undefined);
      return done;
    },
    cancel(id) {
      const state = live.get(id);
      if (state) state.cancelled = true;
    },
  };
}
