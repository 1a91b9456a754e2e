import { BadInput } from '../../core/badInput.ts';
import type { BenchContext } from './context.ts';
import { idOf } from './files.ts';
import type { BenchSource } from './model.ts';
import { takeIn } from './takeIn.ts';

/** A case of the Look page as the set takes it. */
export interface LookCase {
  readonly id: string;
  readonly title: string;
  /** Its files under a name. */
  readonly sources: (name: string) => readonly BenchSource[];
}

/** The Look page as the bench sees it. */
export interface LookCases {
  /** Cases that were not opened from the set, and that it can take over. */
  own(): Promise<readonly LookCase[]>;
  /** The case is the set's from now on, with all that was said of it. */
  join(caseId: string, benchCase: string): Promise<void>;
}

/** A name that no case of the set has. “001 (2)” would be a second copy of 001. */
function freeName(taken: ReadonlySet<string>, title: string): string {
  let name = title;
  for (let i = 1; taken.has(name.toLowerCase()); i += 1) name = `${title}-look${i}`;
  return name;
}

/**
 * Takes the cases of the Look page into the set, with tags, ratings, notes, pins and shifts.
 * @throws {BadInput} where there is none that the set does not have
 */
export async function addFromLook(context: BenchContext, look: LookCases): Promise<void> {
  const { cases, strays } = context.survey;
  const taken = new Set(
    [...cases, ...strays].flatMap(({ id, title }) => [id, title.toLowerCase()]),
  );
  const own = (await look.own()).map(({ id, title, sources }) => {
    const name = freeName(taken, title);
    taken.add(name.toLowerCase());
    return { id, sources: sources(name) };
  });
  if (own.every(({ sources }) => sources.length === 0)) {
    throw new BadInput('There is no case on the Look page that the set does not have.');
  }
  await takeIn(
    context,
    own.flatMap(({ sources }) => sources),
  );
  for (const { id, sources } of own) {
    const files = new Set(sources.map(idOf));
    const entry = context.survey.cases.find(({ input, gt }) =>
      [input, gt].some((file) => file !== null && files.has(file)),
    );
    if (entry !== undefined) await look.join(id, entry.id);
  }
}
