import type { StoreParts } from './caseStore.ts';
import { filesOf, type StoredMethod } from './methodRecords.ts';
import type { StoredNetwork, StoredWaiting } from './records.ts';
import { METHOD_PREFIX, NETWORK_PREFIX, WAITING_PREFIX } from './schema.ts';
import { readWorkspace } from './workspace.ts';

/** What the user brought besides pictures: networks of metrics, models and LUT files. */
export interface BroughtStore {
  /** A metric's network, its file before the record that names it. */
  putNetwork(metric: string, network: StoredNetwork, file: Blob): Promise<void>;
  removeNetwork(metric: string, sha256: string): Promise<void>;
  /** A weight file that waits for another one; null: none does any more. */
  putWaiting(metric: string, waiting: StoredWaiting | null, file?: Blob): Promise<void>;
  /** A model or LUT file, its files (by their hash) before the record that names them. */
  putMethod(method: StoredMethod, files: ReadonlyMap<string, Blob>): Promise<void>;
  /** With its files, except those that another method needs. */
  removeMethod(method: StoredMethod): Promise<void>;
}

/**
 * See `BroughtStore`.
 * @param kept called when something was kept that cannot be made again
 */
export function broughtStore(
  { workspace, files, keep }: StoreParts,
  kept: () => void,
): BroughtStore {
  return {
    async putNetwork(metric, network, file) {
      await files.put('network', network.sha256, file);
      await keep(NETWORK_PREFIX + metric, network);
      kept();
    },
    async removeNetwork(metric, sha256) {
      await workspace.change([], [NETWORK_PREFIX + metric]);
      await files.remove('network', sha256);
    },
    async putWaiting(metric, waiting, file) {
      const before = (await readWorkspace(workspace)).waiting.get(metric);
      if (waiting === null) await workspace.change([], [WAITING_PREFIX + metric]);
      else {
        if (file !== undefined) await files.put('weights', waiting.sha256, file);
        await keep(WAITING_PREFIX + metric, waiting);
      }
      if (before !== undefined && before.sha256 !== waiting?.sha256) {
        await files.remove('weights', before.sha256);
      }
    },
    async putMethod(method, blobs) {
      for (const [sha256, file] of blobs) await files.put('model', sha256, file);
      await keep(METHOD_PREFIX + method.id, method);
      kept();
    },
    async removeMethod(method) {
      await workspace.change([], [METHOD_PREFIX + method.id]);
      const { methods } = await readWorkspace(workspace);
      const needed = new Set(methods.flatMap(filesOf).map(({ sha256 }) => sha256));
      for (const { sha256 } of filesOf(method)) {
        if (!needed.has(sha256)) await files.remove('model', sha256);
      }
    },
  };
}
