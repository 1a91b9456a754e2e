import { expose } from 'comlink';
import { settle } from '../engine/failure.ts';
import { ProviderComparison } from '../engine/parity.ts';
import { tryModel } from '../engine/trial.ts';
import type { TrialWorker } from '../engine/trials.ts';
import { loadOrt } from '../models/ort.ts';

const comparison = new ProviderComparison();

// One thread: more would be workers of their own, which end later than this one.
const api: Pick<TrialWorker, 'run' | 'compare'> = {
  run: (files, contract, onProgress) =>
    settle(() => tryModel(files, contract, () => loadOrt('wasm', 1), onProgress)),
  compare: (task, onProgress) => settle(() => comparison.run(task, onProgress)),
};

expose(api);
