import { expose, transfer } from 'comlink';
import { makeEngine } from '../engine/engine.ts';
import type { EngineApi } from '../protocol/engine.ts';

const engine = makeEngine();

const api: EngineApi = {
  ...engine,
  async restore(job, onProgress) {
    const result = await engine.restore(job, onProgress);
    return result.ok ? transfer(result, [result.value.pixels.data.buffer]) : result;
  },
};

expose(api);
