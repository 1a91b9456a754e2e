import type { KeyValueStore } from './keyValue.ts';
import { isStoredMethod, type StoredModel } from './methodRecords.ts';
import { UNNOTED } from './records.ts';

/** The version of everything under the keys below and in `records.ts`. */
const SCHEMA_VERSION = 5;

const VERSION_KEY = 'schemaVersion';
export const CURRENT_CASE_KEY = 'currentCase';
export const VIEW_KEY = 'view';
export const MODEL_KEY = 'selectedModel';
export const PERSIST_ASKED_KEY = 'persistAsked';
export const CASE_PREFIX = 'case/';
export const NETWORK_PREFIX = 'network/';
export const METHOD_PREFIX = 'method/';
/** A weight file that waits for the one it belongs with, by the metric's id. */
export const WAITING_PREFIX = 'waiting/';
/** Cases as they were before something was taken out of them: their files wait to be deleted. */
export const REMOVED_PREFIX = 'removed/';
/** What was said of a case, by its id. */
export const REMARKS_PREFIX = 'remarks/';

interface Changes {
  readonly puts: Array<readonly [string, unknown]>;
  readonly deletes: string[];
}

/** From the version of its place in the list (the first one: 1) to the next. */
type Migration = (entries: ReadonlyMap<string, unknown>) => Changes;

interface WorkspaceV1 {
  readonly currentCaseId: string | null;
  readonly cases: ReadonlyArray<{
    readonly id: string;
    readonly title: string;
    readonly input: unknown;
    readonly gt: unknown;
    readonly mask: unknown;
    readonly output: { readonly picture: unknown; readonly restoration: object | null } | null;
  }>;
}

/**
 * Version 1 kept the whole workspace in one record, so that two open tabs overwrote each other's
 * cases. Version 2 has one record per case, and says of every output where it came from.
 */
const oneRecordPerCase: Migration = (entries) => {
  const old = entries.get('workspace') as WorkspaceV1 | undefined;
  if (old === undefined) return { puts: [], deletes: [] };
  const puts: Array<readonly [string, unknown]> = old.cases.map((entry, index) => [
    CASE_PREFIX + entry.id,
    {
      id: entry.id,
      stem: entry.title,
      addedAt: index,
      input: entry.input,
      gt: entry.gt,
      mask: entry.mask,
      output:
        entry.output === null
          ? null
          : {
              picture: entry.output.picture,
              origin:
                entry.output.restoration === null
                  ? { kind: 'dropped' }
                  : { kind: 'restored', ...entry.output.restoration },
            },
      measuredWith: null,
      restorePending: false,
    },
  ]);
  puts.push([CURRENT_CASE_KEY, old.currentCaseId]);
  return { puts, deletes: ['workspace'] };
};

/** Version 3 knows masks of other regions than the person, and a rectangle. */
const furtherRegions: Migration = (entries) => {
  const puts = [...entries].flatMap(([key, value]): Array<readonly [string, unknown]> => {
    if (!key.startsWith(CASE_PREFIX) || typeof value !== 'object') return [];
    return [[key, { ...value, regionMasks: {}, rectangle: null }]];
  });
  return { puts, deletes: [] };
};

interface CaseV3 {
  readonly output: {
    readonly picture: unknown;
    readonly origin: {
      readonly kind: 'dropped' | 'restored';
      readonly settings?: { readonly modelId: string };
      readonly modelTitle?: string;
    };
  } | null;
  readonly restorePending: boolean;
}

/** Version 4 keeps an output for each method, and notes what restored outputs ran on. */
const oneOutputPerMethod: Migration = (entries) => {
  const puts = [...entries].flatMap(([key, value]): Array<readonly [string, unknown]> => {
    if (!key.startsWith(CASE_PREFIX) || typeof value !== 'object' || value === null) return [];
    const { output, restorePending, ...rest } = value as CaseV3;
    // A damaged record stays one: the reader leaves it out.
    if (output === undefined) return [];
    const restored = output?.origin.kind === 'restored';
    const method = (restored ? output?.origin.settings?.modelId : null) ?? 'output';
    const origin = restored ? { ...UNNOTED, ...output?.origin } : output?.origin;
    const title = output?.origin.modelTitle ?? method;
    const entry = { method, title, picture: output?.picture, origin };
    return [
      [
        key,
        {
          ...rest,
          outputs: output === null ? [] : [entry],
          shownMethod: output === null ? null : method,
          pendingMethods: restorePending ? [null] : [],
        },
      ],
    ];
  });
  return { puts, deletes: [] };
};

/** What version 4 gave networks whose makers said nothing of tiles: the size, and the least overlap. */
const TILE_V4 = { size: 1024, overlap: 64 };

/** Whether a network's maker chose its tiles: sizes that Loupe would not have chosen tell. */
function statesTiles({ guesses, contract }: StoredModel): boolean {
  const { input, tile }: Partial<StoredModel['contract']> = contract;
  // A damaged record stays one.
  if (input === undefined || tile === undefined || input.fixedSize !== null) return false;
  const multiple = input.sizeMultiple;
  const own = Math.ceil(TILE_V4.size / multiple) * multiple;
  // A multiple that the user set came after the tiles: only what is a guess still tells of them.
  const tells = guesses.some(({ property }) => property === 'sizeMultiple');
  return tile.overlap < TILE_V4.overlap || (tells && tile.size !== own);
}

/** Version 5 knows which networks' makers chose their tiles. */
const tilesOfMakers: Migration = (entries) => {
  const puts = [...entries].flatMap(([key, value]): Array<readonly [string, unknown]> => {
    if (!key.startsWith(METHOD_PREFIX) || !isStoredMethod(value) || value.kind !== 'model') {
      return [];
    }
    const { contract } = value;
    if (!statesTiles(value)) return [];
    return [
      [key, { ...value, contract: { ...contract, tile: { ...contract.tile, stated: true } } }],
    ];
  });
  return { puts, deletes: [] };
};

const MIGRATIONS: readonly Migration[] = [
  oneRecordPerCase,
  furtherRegions,
  oneOutputPerMethod,
  tilesOfMakers,
];

/**
 * Brings the workspace database up to `SCHEMA_VERSION`, each step in one transaction together with
 * its new version number. Answers `newer` and touches nothing where a newer Loupe has written.
 */
export async function migrate(meta: KeyValueStore): Promise<'ready' | 'newer'> {
  const stored = await meta.get(VERSION_KEY);
  if (stored === undefined) {
    await meta.set(VERSION_KEY, SCHEMA_VERSION);
    return 'ready';
  }
  if (typeof stored !== 'number' || stored > SCHEMA_VERSION) return 'newer';
  for (let version = stored; version < SCHEMA_VERSION; version += 1) {
    const step = MIGRATIONS[version - 1];
    if (step === undefined) throw new Error(`No migration from schema version ${version}.`);
    const changes = step(new Map(await meta.entries()));
    await meta.change([...changes.puts, [VERSION_KEY, version + 1]], changes.deletes);
  }
  return 'ready';
}

/** Empties the workspace and writes the version back, in that order. */
export async function resetWorkspace(meta: KeyValueStore): Promise<void> {
  await meta.clear();
  await meta.set(VERSION_KEY, SCHEMA_VERSION);
}
