import type { BenchSource } from '../../src/app/bench/model.ts';
import type { StudyPlan, VotingView } from '../../src/app/judge/model.ts';
import { openArchive } from '../../src/codecs/archive/read.ts';
import { writeArchive } from '../../src/codecs/archive/write.ts';
import { PROTOCOLS } from '../../src/core/judge/protocols.ts';
import { bright, dark, glaring, mask, noticesOf, type TestBench } from './app.ts';

/** The app with its bench, on which studies are made. */
export type JudgeApp = Awaited<ReturnType<TestBench['open']>>;

export const METHODS = ['alpha', 'bravo', 'charlie'];
export const CONDITIONS = {
  ...{ screen: 'desk', brightness: 'middle', room: 'dark', distance: '60 cm' },
  colourVision: 'normal',
};

const source = async (path: string, file: Promise<File>): Promise<BenchSource> => ({
  path,
  file: new File([await file], path.split('/').at(-1) ?? '', { lastModified: 1 }),
});

/** A measured set. Charlie's picture is the ground truth, bravo's is close, alpha's is the dark input. */
export async function fillBench(app: JudgeApp): Promise<void> {
  const sources: Promise<BenchSource>[] = [];
  for (const [index, stem] of ['001', '002'].entries()) {
    const seed = index + 1;
    sources.push(source(`input/${stem}.png`, dark(stem, seed)));
    sources.push(source(`gt/${stem}.png`, bright(stem, seed)));
    sources.push(source(`mask/${stem}.png`, mask(stem)));
    sources.push(source(`alpha/${stem}.png`, dark(stem, seed)));
    sources.push(source(`bravo/${stem}.png`, glaring(stem, seed)));
    sources.push(source(`charlie/${stem}.png`, bright(stem, seed)));
  }
  await app.bench.commands.add(await Promise.all(sources));
  await app.bench.commands.measure();
}

export function planOf(
  app: JudgeApp,
  protocol = 'pair-forced',
  change: Partial<StudyPlan> = {},
): StudyPlan {
  const found = PROTOCOLS.find(({ id }) => id === protocol);
  if (!found) throw new Error(protocol);
  return {
    title: 'Evening faces',
    protocol: found,
    cases: app.bench.state.cases.map(({ id }) => id),
    methods: METHODS,
    seed: 'seed',
    perRater: 0,
    training: 1,
    repeats: 0,
    golden: 1,
    secondsLimit: 0,
    consent: 'Yes.',
    ...change,
  };
}

/** A study of the whole set. @returns its hash */
export async function madeStudy(
  app: JudgeApp,
  protocol?: string,
  change?: Partial<StudyPlan>,
): Promise<string> {
  await fillBench(app);
  const hash = await app.judge.commands.createStudy(planOf(app, protocol, change));
  if (hash === null) throw new Error(noticesOf(app, 'error').join(' '));
  return hash;
}

export const votingOf = (app: JudgeApp): VotingView => {
  const { voting } = app.judge.state;
  if (voting === null) throw new Error('nobody votes');
  return voting;
};

/** The file that a command made, or its error. */
export async function fileOr<T>(app: JudgeApp, promise: Promise<T | null>): Promise<T> {
  const file = await promise;
  if (file === null) throw new Error(noticesOf(app, 'error').join(' '));
  return file;
}

/** What lies in a zip archive, by path. */
export async function contentsOf(file: File): Promise<ReadonlyMap<string, Blob>> {
  const archive = await openArchive(file, file.name);
  const contents = new Map<string, Blob>();
  for (const { path } of archive.entries) contents.set(path, await archive.read(path));
  await archive.close();
  return contents;
}

/** The same archive without the entries whose paths match. */
export async function without(file: File, paths: RegExp): Promise<File> {
  const parts = [...(await contentsOf(file))]
    .filter(([path]) => !paths.test(path))
    .map(([path, data]) => ({ path, data }));
  return new File([await writeArchive(parts)], file.name);
}
