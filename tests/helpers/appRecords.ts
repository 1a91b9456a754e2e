import type { StoredCase, StoredPicture, StoredSettings } from '../../src/storage/records.ts';

/** A stored PNG of 4 x 3 pixels with a content address made up from its name. */
export function storedPicture(name: string): StoredPicture {
  return {
    sha256: `sha256-of-${name}`,
    name,
    bytes: 100,
    width: 4,
    height: 3,
    format: 'png',
    bitDepth: 8,
    exact: true,
    profileName: null,
  };
}

/** A case with nothing in it. */
export function storedCase(id: string): StoredCase {
  return {
    id,
    stem: id,
    addedAt: 0,
    input: null,
    gt: null,
    mask: null,
    outputs: [],
    shownMethod: null,
    measuredWith: null,
    pendingMethods: [],
    regionMasks: {},
    rectangle: null,
  };
}

/** The same as schema version 3 kept it. */
export function caseOfVersion3(id: string) {
  const { outputs: _, shownMethod: __, pendingMethods: ___, ...rest } = storedCase(id);
  return { ...rest, output: null, restorePending: false };
}

/** Settings as plain values, for keys. */
export const KEYED = {
  modelId: 'gain',
  modelSha256: 'model-sha',
  provider: 'wasm',
  tileSize: 512,
  tileOverlap: 32,
  pipelineVersion: 1,
} as const;

export const SETTINGS: StoredSettings = KEYED;

/** What a restoration notes besides its settings. */
export const UNNOTED_RUN = {
  seconds: 1,
  tiles: 1,
  adapter: null,
  parity: null,
  providerReason: null,
  warnings: [],
} as const;
