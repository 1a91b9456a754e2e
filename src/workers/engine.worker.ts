import { transfer } from 'comlink';
import { makeEngine } from '../engine/engine.ts';
import type { EngineApi } from '../protocol/engine.ts';
import { openTrial } from './openTrial.ts';
import { serve } from './serve.ts';

const engine = makeEngine(openTrial);

const api: EngineApi = {
  ...engine,
  async restore(job, onProgress, onPreview) {
    const preview = (bitmap: ImageBitmap) => onPreview?.(transfer(bitmap, [bitmap]));
    const result = await engine.restore(job, onProgress, preview);
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
  async personMask(job) {
    const result = await engine.personMask(job);
    return result.ok ? transfer(result, [result.value.mask.data.buffer]) : result;
  },
  async mixStrength(job, strength) {
    const result = await engine.mixStrength(job, strength);
    return result.ok ? transfer(result, [result.value.pixels.data.buffer]) : result;
  },
  async previewMix(key, strength) {
    const result = await engine.previewMix(key, strength);
    return result.ok && result.value ? transfer(result, [result.value]) : result;
  },
  async simulateWeakFlash(job) {
    const result = await engine.simulateWeakFlash(job);
    return result.ok ? transfer(result, [result.value.pixels.data.buffer]) : result;
  },
};

serve(api);
