import type { SetCase } from '../../core/dataset/survey.ts';
import { NO_REMARKS, ownTag, READY_TAGS, type Remarks, tagWord } from '../../core/inspect/tags.ts';
import type { BenchContext } from './context.ts';
import { lookTitle } from './look.ts';
import { keepSettings } from './settings.ts';

/** What is said of the set's cases, for the Look page: it knows a case by the name it came under. */
export interface BenchRemarks {
  /** Null where the set has no such case. */
  of(title: string): Remarks | null;
  /** False where the set has no such case. */
  put(title: string, remarks: Remarks): Promise<boolean>;
}

const isEmpty = (remarks: Remarks) => Object.values(remarks).every((list) => list.length === 0);

/** A case's tags as the words that filters know them by, each once. */
export function tagWords({ tags }: Remarks): string[] {
  return [...new Set(tags.map(({ tag }) => tagWord(tag)))];
}

/** Tag words of all cases that have some, by case id. */
export function allTagWords(remarks: Readonly<Record<string, Remarks>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(remarks).map(([id, own]) => [id, tagWords(own)]));
}

/** Tags that are still among the words stay as they are; new words are tags of the case as a whole. */
export function withTagWords(remarks: Remarks, words: readonly string[], at: number): Remarks {
  const kept = remarks.tags.filter(({ tag }) => words.includes(tagWord(tag)));
  const known = new Set(kept.map(({ tag }) => tagWord(tag)));
  const added = words
    .filter((word) => !known.has(word))
    .map((word) => {
      const { id, title } = READY_TAGS.find((ready) => ready.id === word) ?? ownTag(word);
      return { tag: id, title, method: null, at };
    });
  return { ...remarks, tags: [...kept, ...added] };
}

/** Keeps what is said of a case and shows it. */
export async function putRemarks(
  context: BenchContext,
  caseId: string,
  remarks: Remarks,
): Promise<void> {
  const { [caseId]: _, ...others } = context.settings.remarks;
  const all = isEmpty(remarks) ? others : { ...others, [caseId]: remarks };
  await keepSettings(context, { remarks: all });
  context.store.set({ remarks: all, tags: allTagWords(all) });
}

export const remarksOf = ({ settings }: BenchContext, caseId: string): Remarks =>
  settings.remarks[caseId] ?? NO_REMARKS;

const caseNamed = ({ survey }: BenchContext, title: string): SetCase | undefined =>
  survey.cases.find((entry) => lookTitle(entry) === title);

/** @param current the bench, null while it opens */
export function makeBenchRemarks(
  current: () => BenchContext | null,
  change: (work: (context: BenchContext) => Promise<void>) => Promise<void>,
): BenchRemarks {
  return {
    of(title) {
      const context = current();
      const entry = context === null ? undefined : caseNamed(context, title);
      return context === null || entry === undefined ? null : remarksOf(context, entry.id);
    },
    async put(title, remarks) {
      let found = false;
      await change(async (context) => {
        const entry = caseNamed(context, title);
        found = entry !== undefined;
        if (entry !== undefined) await putRemarks(context, entry.id, remarks);
      });
      return found;
    },
  };
}
