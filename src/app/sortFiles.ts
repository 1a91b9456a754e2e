import { groupByStem } from '../core/dataset/group.ts';
import { guessRole, type RegionName } from '../core/dataset/roles.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { LooseFile } from './chooser.ts';
import type { Role } from './model.ts';

/** A file whose role is known before it is opened. */
export interface KnownFile {
  readonly file: File;
  readonly role: Role;
  readonly stem: string;
  /** Of an output: the method it is told apart by, where its name or folder tells. */
  readonly method?: string;
  readonly loose: boolean;
  /** The case that the user said it is for; null: a case of its own. Absent: name and content tell. */
  readonly caseId?: string | null;
  /** Where it was decoded already: whoever takes it in frees it. */
  readonly decoded?: DecodedPicture;
}

export interface NamedMask {
  readonly file: File;
  readonly stem: string;
  readonly region: RegionName;
}

interface Sorted {
  readonly known: KnownFile[];
  readonly unclear: LooseFile[];
  /** Masks of other regions than the person. */
  readonly regions: NamedMask[];
}

/** A file of the drop, or the input of a case that is open, in whose company the others are seen. */
interface Entry {
  readonly path: string;
  readonly file: File | null;
}

const entryOf = (file: File): Entry => ({ path: file.webkitRelativePath || file.name, file });

/**
 * Roles from names and folders; of a case without an input, the one file without a role is it. A file
 * that is called like an open case and something more (`001_flash.png`) stays unclear: it may be a
 * method's output of that case, or quite another picture.
 * @param stems of open cases with an input
 */
export function sortByName(files: readonly File[], stems: readonly string[]): Sorted {
  const sorted: Sorted = { known: [], unclear: [], regions: [] };
  const open = stems.filter((stem) => stem !== '');
  const inputs = open.map((stem): Entry => ({ path: `${stem}_input.png`, file: null }));
  for (const { stem, files: group } of groupByStem(
    [...inputs, ...files.map(entryOf)],
    ({ path }) => path,
  )) {
    const unclear = group.filter((entry) => entry.role === null && entry.region === null);
    const clear = group.filter((entry) => entry.role !== null);
    const lacksInput = clear.every((entry) => entry.role !== 'input');
    const isInput = clear.length > 0 && lacksInput && unclear.length === 1;
    // With an input of the same drop beside it, a name that goes on is a method's, without a doubt.
    const isSure = group.some((entry) => entry.role === 'input' && entry.file.file !== null);
    for (const { file: entry, role, region, method } of group) {
      const { file, path } = entry;
      if (file === null) continue;
      if (region !== null) sorted.regions.push({ file, stem, region });
      else if (role === 'output' && method !== null && !isSure && open.includes(stem)) {
        const own = guessRole(path).stem;
        sorted.unclear.push({ file, stem: own, outputOf: { stem, method } });
      } else if (role !== null) {
        const of = method === null ? {} : { method };
        sorted.known.push({ file, role, stem, ...of, loose: false });
      } else if (isInput) sorted.known.push({ file, role: 'input', stem, loose: false });
      else sorted.unclear.push({ file, stem });
    }
  }
  return sorted;
}
