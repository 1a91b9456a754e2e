import { transfer } from 'comlink';
import { makeCodec } from '../codecs/codec.ts';
import type { CodecApi } from '../protocol/codec.ts';
import { serve } from './serve.ts';

const codec = makeCodec();

/** The codec with its large results moved rather than copied. */
const api: CodecApi = {
  ...codec,
  async decode(file, name) {
    const result = await codec.decode(file, name);
    if (!result.ok) return result;
    return transfer(result, [result.value.pixels.data.buffer, result.value.bitmap]);
  },
  async decodePixels(file, name) {
    const result = await codec.decodePixels(file, name);
    return result.ok ? transfer(result, [result.value.pixels.data.buffer]) : result;
  },
  async featherMask(mask, sigma) {
    const result = await codec.featherMask(mask, sigma);
    return result.ok ? transfer(result, [result.value.data.buffer]) : result;
  },
};

serve(api);
