import { makeTimeLeft } from '../timeLeft.ts';
import type { BenchContext } from './context.ts';
import type { BenchRunView } from './model.ts';

/** The page is told at most this often, in ms. */
const EVERY = 200;
/** Throughput is that of this last while, in ms. */
const WINDOW = 10_000;
/** More failures than this are counted and not listed. */
const MOST_FAILURES = 200;

/** Counts the steps of a run over the set, with throughput and the time left. */
export function makeRunProgress(context: BenchContext, label: string, total: number) {
  const { store, app } = context;
  const now = () => app.platform.now();
  const timeLeft = makeTimeLeft(now);
  const times: number[] = [];
  const failures: BenchRunView['failures'][number][] = [];
  let done = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (status: BenchRunView['status']): void => {
    const at = now();
    while (times.length > 2 && at - (times[0] ?? at) > WINDOW) times.shift();
    const span = times.length > 1 ? ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000 : 0;
    told = at;
    store.set({
      run: {
        status,
        label,
        done,
        total,
        perSecond: span > 0 ? (times.length - 1) / span : null,
        secondsLeft: status === 'running' ? timeLeft('run', done, total) : null,
        failures: [...failures],
      },
    });
  };
  tell('running');
  return {
    step(): void {
      done += 1;
      times.push(now());
      const paused = store.state.run.status === 'paused';
      if (now() - told > EVERY) tell(paused ? 'paused' : 'running');
    },
    failed(caseId: string, method: string, message: string): void {
      if (failures.length < MOST_FAILURES) failures.push({ caseId, method, message });
    },
    end: (status: 'idle' | 'done'): void => tell(status),
  };
}
