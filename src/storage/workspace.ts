import type { KeyValueStore } from './keyValue.ts';
import { isStoredMethod, type StoredMethod } from './methodRecords.ts';
import {
  isStoredCase,
  isStoredNetwork,
  isStoredWaiting,
  type StoredCase,
  type StoredNetwork,
  type StoredWaiting,
} from './records.ts';
import {
  CASE_PREFIX,
  CURRENT_CASE_KEY,
  METHOD_PREFIX,
  MODEL_KEY,
  NETWORK_PREFIX,
  REMARKS_PREFIX,
  VIEW_KEY,
  WAITING_PREFIX,
} from './schema.ts';

/** What was open when the page was closed. */
export interface StoredWorkspace {
  readonly cases: readonly StoredCase[];
  readonly currentCaseId: string | null;
  readonly selectedModelId: string | null;
  /** The networks of learned metrics, by the metric's id. */
  readonly networks: ReadonlyMap<string, StoredNetwork>;
  /** Weight files that wait for the one they belong with, by the metric's id. */
  readonly waiting: ReadonlyMap<string, StoredWaiting>;
  /** The user's models and LUT files, in the order they were added. */
  readonly methods: readonly StoredMethod[];
  /** What was said of each case, by its id, of closed ones too; the reader checks it. */
  readonly remarks: ReadonlyMap<string, unknown>;
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
  const under = <T>(prefix: string, is: (value: unknown) => value is T): Array<[string, T]> =>
    entries.flatMap(
      ([key, value]): Array<[string, T]> =>
        key.startsWith(prefix) && is(value) ? [[key.slice(prefix.length), value]] : [],
    );
  const methods = under(METHOD_PREFIX, isStoredMethod).map(([, method]) => method);
  const current = map.get(CURRENT_CASE_KEY);
  const model = map.get(MODEL_KEY);
  return {
    cases,
    currentCaseId: typeof current === 'string' ? current : null,
    selectedModelId: typeof model === 'string' ? model : null,
    networks: new Map(under(NETWORK_PREFIX, isStoredNetwork)),
    waiting: new Map(under(WAITING_PREFIX, isStoredWaiting)),
    methods: methods.sort((a, b) => a.addedAt - b.addedAt),
    remarks: new Map(
      entries.flatMap(([key, value]) =>
        key.startsWith(REMARKS_PREFIX) ? [[key.slice(REMARKS_PREFIX.length), value]] : [],
      ),
    ),
    view: map.get(VIEW_KEY) ?? null,
    damaged: records.length - cases.length,
  };
}
