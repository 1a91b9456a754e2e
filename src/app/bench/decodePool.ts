import type { CodecApi } from '../../protocol/codec.ts';
import type { Result } from '../../protocol/result.ts';
import { WorkerClient, type WorkerConnection } from '../workerClient.ts';

/** A few decoders side by side, so that measuring does not wait for files. */
export interface DecodePool {
  /** Runs a call on the decoder with the fewest calls. */
  call<T>(invoke: (api: CodecApi) => Promise<Result<T>>): Promise<Result<T>>;
  /** How many calls run side by side. */
  readonly size: number;
  stop(): void;
}

interface Slot {
  readonly client: WorkerClient<CodecApi>;
  calls: number;
}

/** @param size workers; each starts with its first call */
export function makeDecodePool(
  connect: () => WorkerConnection<CodecApi>,
  size: number,
): DecodePool {
  const slots: Slot[] = Array.from({ length: size }, () => ({
    client: new WorkerClient<CodecApi>({ name: 'The image decoder', connect }),
    calls: 0,
  }));
  return {
    size,
    async call(invoke) {
      const slot = slots.reduce((least, other) => (other.calls < least.calls ? other : least));
      slot.calls += 1;
      try {
        return await slot.client.call(invoke);
      } finally {
        slot.calls -= 1;
      }
    },
    stop() {
      for (const { client } of slots) client.stop();
    },
  };
}
