import { imageId, isPicturePath } from './ids.ts';

/** The files of one image. */
export interface ImagePair {
  readonly id: string;
  readonly output: string;
  readonly groundTruth: string;
}

export interface Pairing {
  /** Sorted by ID; only the IDs that both folders have. */
  readonly pairs: readonly ImagePair[];
  /** What is wrong with the set, as parts of a sentence; empty where it can be scored. */
  readonly problems: readonly string[];
  /** Pictures without a three-digit ID, which take no part. */
  readonly ignored: readonly string[];
}

interface Folder {
  readonly byId: ReadonlyMap<string, readonly string[]>;
  readonly ignored: readonly string[];
}

function readFolder(paths: readonly string[]): Folder {
  const byId = new Map<string, string[]>();
  const ignored: string[] = [];
  for (const path of paths.filter(isPicturePath).toSorted()) {
    const id = imageId(path);
    if (id === null) ignored.push(path);
    else byId.set(id, [...(byId.get(id) ?? []), path]);
  }
  return { byId, ignored };
}

/** So many names are listed before the rest is counted. */
const LISTED = 10;

/** "a, b and 3 more": names for a sentence. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ');
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}

function duplicates(what: string, { byId }: Folder): string[] {
  return [...byId]
    .filter(([, paths]) => paths.length > 1)
    .map(
      ([id, paths]) =>
        `the ID ${id} is there more than once among the ${what} (${listNames(paths)})`,
    );
}

const missingFrom = (folder: Folder, other: Folder) =>
  [...other.byId.keys()].filter((id) => !folder.byId.has(id)).toSorted();

/**
 * Pairs predictions with ground truths by their three-digit IDs, as the RAIM 2026 scoring program
 * does: never by position. A duplicate ID, a missing and an extra prediction are problems.
 * @param outputs all files below the folder of predictions, relative to it, with "/"
 * @param groundTruths likewise
 */
export function pairById(outputs: readonly string[], groundTruths: readonly string[]): Pairing {
  const output = readFolder(outputs);
  const truth = readFolder(groundTruths);
  const problems = [...duplicates('predictions', output), ...duplicates('ground truths', truth)];
  if (truth.byId.size === 0) problems.push('there is no ground truth with a three-digit ID');
  const missing = missingFrom(output, truth);
  if (missing.length > 0) problems.push(`predictions are missing for ${listNames(missing)}`);
  const extra = missingFrom(truth, output);
  if (extra.length > 0) problems.push(`predictions without ground truth: ${listNames(extra)}`);
  const pairs = [...truth.byId.keys()].toSorted().flatMap((id) => {
    const [outputPath] = output.byId.get(id) ?? [];
    const [truthPath] = truth.byId.get(id) ?? [];
    if (outputPath === undefined || truthPath === undefined) return [];
    return [{ id, output: outputPath, groundTruth: truthPath }];
  });
  return { pairs, problems, ignored: [...truth.ignored, ...output.ignored] };
}
