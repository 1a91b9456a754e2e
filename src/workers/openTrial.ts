import { proxy, wrap } from 'comlink';
import type { TrialWorker } from '../engine/trials.ts';

/** Starts a worker for the trial of one model, or for one comparison of providers. */
export function openTrial(): TrialWorker {
  const worker = new Worker(new URL('./trial.worker.ts', import.meta.url), { type: 'module' });
  const api = wrap<Pick<TrialWorker, 'run' | 'compare'>>(worker);
  return {
    run: (files, contract, onProgress) => api.run(files, contract, proxy(onProgress)),
    compare: (task, onProgress) => api.compare(task, proxy(onProgress)),
    onDeath(listener) {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'it ran out of memory');
      });
      worker.addEventListener('messageerror', () => listener('an answer could not be read'));
    },
    terminate: () => worker.terminate(),
  };
}
