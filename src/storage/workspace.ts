import type { KeyValueStore } from './keyValue.ts';
import { isStoredCase, isStoredNetwork, type StoredCase, type StoredNetwork } from './records.ts';
import { CASE_PREFIX, CURRENT_CASE_KEY, MODEL_KEY, NETWORK_PREFIX, VIEW_KEY } from './schema.ts';

/** What was open when the page was closed. */
export interface StoredWorkspace {
  readonly cases: readonly StoredCase[];
  readonly currentCaseId: string | null;
  readonly selectedModelId: string | null;
  /** The networks of learned metrics, by the metric's id. */
  readonly networks: ReadonlyMap<string, StoredNetwork>;
  /** As it was given to `putView`; the reader checks it. */
  readonly view: unknown;
  /** Records that could not be read and were left out (they stay where they are). */
  readonly damaged: number;
}

/** Reads the open workspace; cases in the order they were added. */
export async function readWorkspace(meta: KeyValueStore): Promise<StoredWorkspace> {
  const entries = await meta.entries();
  const map = new Map(entries);
  const records = entries.filter(([key]) => key.startsWith(CASE_PREFIX)).map(([, value]) => value);
  const cases = records.filter(isStoredCase).sort((a, b) => a.addedAt - b.addedAt);
  const networks = entries.flatMap(([key, value]): Array<[string, StoredNetwork]> => {
    const isNetwork = key.startsWith(NETWORK_PREFIX) && isStoredNetwork(value);
    return isNetwork ? [[key.slice(NETWORK_PREFIX.length), value]] : [];
  });
  const current = map.get(CURRENT_CASE_KEY);
  const model = map.get(MODEL_KEY);
  return {
    cases,
    currentCaseId: typeof current === 'string' ? current : null,
    selectedModelId: typeof model === 'string' ? model : null,
    networks: new Map(networks),
    view: map.get(VIEW_KEY) ?? null,
    damaged: records.length - cases.length,
  };
}
