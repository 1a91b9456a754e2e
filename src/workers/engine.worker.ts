import { expose, transfer } from 'comlink';
import { makeEngine } from '../engine/engine.ts';
import type { EngineApi } from '../protocol/engine.ts';
import { openTrial } from './openTrial.ts';

const engine = makeEngine(openTrial);

const api: EngineApi = {
  ...engine,
  async restore(job, onProgress) {
    const result = await engine.restore(job, onProgress);
    return result.ok ? transfer(result, [result.value.pixels.data.buffer]) : result;
  },
  async errorMap(job) {
    const result = await engine.errorMap(job);
    return result.ok ? transfer(result, [result.value.bitmap]) : result;
  },
  async buildLpips(files) {
    const result = await engine.buildLpips(files);
    return result.ok ? transfer(result, [result.value.onnx.buffer]) : result;
  },
};

expose(api);
