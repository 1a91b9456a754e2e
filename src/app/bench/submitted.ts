import { BadInput } from '../../core/badInput.ts';
import { imageId, isPicturePath, stemOf } from '../../core/dataset/ids.ts';
import { listNames } from '../../core/dataset/pairing.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import type { DecodedPixels } from '../../protocol/codec.ts';
import type { Result } from '../../protocol/result.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';
import type { SubmissionReport } from './model.ts';

type Finding = SubmissionReport['findings'][number];

/** A submission's pictures by case, and what is wrong with the list of them. */
export interface Listed {
  readonly name: string;
  readonly byCase: ReadonlyMap<string, string>;
  readonly findings: Finding[];
  read(path: string): Promise<Result<DecodedPixels>>;
  close(): Promise<void>;
}

export const error = (sentence: string): Finding => ({ sentence, severity: 'error' });
const success = (sentence: string): Finding => ({ sentence, severity: 'success' });
const warning = (sentence: string): Finding => ({ sentence, severity: 'warning' });

export function valueOrThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new BadInput(result.error.message);
  return result.value;
}

const missingFrom = (cases: readonly SetCase[], byCase: ReadonlyMap<string, string>): Finding[] => {
  const missing = cases.filter(({ id }) => !byCase.has(id)).map(({ title }) => title);
  return missing.length > 0 ? [error(`There is no output for ${listNames(missing)}.`)] : [];
};

/** Files that are matched by their stems, where the scoring program would match another case, or none. */
function strangeIds(cases: readonly SetCase[], byCase: ReadonlyMap<string, string>): Finding[] {
  return cases.flatMap(({ id, title, imageId: wanted }) => {
    const path = byCase.get(id);
    const found = path === undefined ? null : imageId(path);
    if (path === undefined || wanted === null || found === wanted) return [];
    return [
      error(
        `${path} is ${title} by its name, but its three-digit ID is ${found ?? 'missing'} and not ${wanted}.`,
      ),
    ];
  });
}

/** The outputs of a method of the set, under the names that a submission would give them. */
export function listOutputs(context: BenchContext, method: string): Listed {
  const { cases } = context.survey;
  const byCase = new Map(
    cases.flatMap(({ id, outputs }) => {
      const output = outputs[method];
      return output === undefined ? [] : [[id, output] as const];
    }),
  );
  return {
    name: method,
    byCase,
    findings: missingFrom(cases, byCase),
    read: (id) => decodeOwn(context, id),
    close: async () => undefined,
  };
}

export async function listArchive(context: BenchContext, archive: File): Promise<Listed> {
  const { archives } = context;
  const opened = valueOrThrow(await archives.call((api) => api.open(archive, archive.name)));
  const findings = opened.remarks.map(warning);
  const { cases } = context.survey;
  const known = new Map<string, string>();
  for (const { id, title, imageId: own } of cases) {
    if (own !== null) known.set(own, id);
    known.set(title.toLowerCase(), id);
  }
  const byCase = new Map<string, string>();
  const extra: string[] = [];
  const twice: string[] = [];
  for (const { path } of opened.entries) {
    if (!isPicturePath(path)) {
      extra.push(path);
      continue;
    }
    const id = known.get(stemOf(path).toLowerCase()) ?? known.get(imageId(path) ?? '');
    if (id === undefined) extra.push(path);
    else if (byCase.has(id)) twice.push(path);
    else byCase.set(id, path);
  }
  findings.push(...missingFrom(cases, byCase), ...strangeIds(cases, byCase));
  if (twice.length > 0) findings.push(error(`Several outputs for one case: ${listNames(twice)}.`));
  if (extra.length > 0)
    findings.push(warning(`These files belong to no case: ${listNames(extra)}.`));
  return {
    name: archive.name,
    byCase,
    findings,
    async read(path) {
      const read = await archives.call((api) => api.read(opened.handle, path));
      if (!read.ok) return read;
      return context.pool.call((api) => api.decodePixels(read.value, path));
    },
    async close() {
      await archives.call(async (api) => {
        await api.close(opened.handle);
        return { ok: true, value: undefined };
      });
    },
  };
}

async function decodeOwn(context: BenchContext, id: string): Promise<Result<DecodedPixels>> {
  const file = await openFile(context, id);
  if (!file.ok) return file;
  return context.pool.call((api) => api.decodePixels(file.value, id));
}

/** A picture of the set. @throws {BadInput} where it cannot be read */
export const decodeOwnOrThrow = async (context: BenchContext, id: string): Promise<DecodedPixels> =>
  valueOrThrow(await decodeOwn(context, id));

/** What was good is said where nothing is wrong. */
export function finished(findings: readonly Finding[], good: string): SubmissionReport {
  const ok = findings.every(({ severity }) => severity !== 'error');
  return { ok, findings: ok ? [success(good), ...findings] : findings };
}

/**
 * Goes over the cases that were submitted, says how far it is, and closes the submission whatever
 * happens.
 */
export async function eachSubmitted(
  context: BenchContext,
  listed: Listed,
  label: string,
  check: (entry: SetCase, path: string) => Promise<void>,
): Promise<void> {
  const cases = context.survey.cases.filter(({ id }) => listed.byCase.has(id));
  try {
    for (const [index, entry] of cases.entries()) {
      context.store.set({
        reading: { done: index, total: cases.length, label: `${label} ${listed.name}` },
      });
      await check(entry, listed.byCase.get(entry.id) ?? '');
    }
  } finally {
    context.store.set({ reading: null });
    await listed.close();
  }
}
