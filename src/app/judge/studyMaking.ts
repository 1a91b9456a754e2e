import { BadInput } from '../../core/badInput.ts';
import type { Study, StudyCase, StudyKey } from '../../core/judge/study.ts';
import { makeRandom, shuffled } from '../../core/stats/random.ts';
import { canonicalJson, type KeyIngredient } from '../../storage/keys.ts';
import { sha256Of } from '../hash.ts';
import { newId } from '../ids.ts';
import { sentenceOf } from '../sentences.ts';
import type { JudgeContext } from './context.ts';
import type { StudyPlan } from './model.ts';

/** SHA-256 of a study, whatever the order of its fields. */
export const hashOfStudy = (study: Study): Promise<string> =>
  sha256Of(new Blob([canonicalJson(study as unknown as KeyIngredient)]));

/**
 * A picture without anything but its pixels: names of programs, cameras and files stay behind, and every
 * method's picture is the same kind of file.
 */
async function anonymous(context: JudgeContext, id: string, name: string): Promise<string> {
  const { app, bench, storage } = context;
  const decoded = await app.codec.call(async (api) => api.decode(await bench.file(id), name));
  if (!decoded.ok) throw new BadInput(sentenceOf(decoded.error, name));
  const { pixels, profile, bitmap } = decoded.value;
  bitmap.close();
  const png = await app.codec.call((api) => api.encodePng(pixels, profile?.icc ?? null));
  if (!png.ok) throw new BadInput(png.error.message);
  const sha256 = await sha256Of(png.value);
  await storage.putPicture(sha256, png.value);
  return sha256;
}

/** What a plan says of the study that is made of these pictures. */
function studyOf(plan: StudyPlan, methods: string[], cases: StudyCase[]): Study {
  const { title, protocol, seed, perRater, training, repeats, golden, secondsLimit, consent } =
    plan;
  return {
    ...{ loupe: 'study', version: 1, id: newId(), title, protocol, seed, methods, cases },
    ...{ perRater, training, repeats, golden, secondsLimit, consent },
  };
}

/**
 * Makes a study of the bench's set: methods get marks in an order drawn from the seed, cases numbers, and
 * pictures hashes.
 * @throws {BadInput} where a chosen case lacks what the protocol shows
 */
export async function makeStudy(
  context: JudgeContext,
  plan: StudyPlan,
): Promise<{ readonly study: Study; readonly key: StudyKey; readonly hash: string }> {
  const { bench, store } = context;
  const order = shuffled(plan.methods, makeRandom(`${plan.seed} marks`));
  const marks = order.map((_, index) => `m${index + 1}`);
  const chosen = bench.state.cases.filter(({ id }) => plan.cases.includes(id));
  if (order.length < 2 || chosen.length === 0) {
    throw new BadInput('A study needs at least two methods and one case.');
  }
  const { withInput, withReference } = plan.protocol;
  const cases: StudyCase[] = [];
  for (const [index, entry] of shuffled(chosen, makeRandom(`${plan.seed} cases`)).entries()) {
    store.set({ working: { label: 'Preparing pictures', done: index, total: chosen.length } });
    const missing = order.find((method) => entry.outputs[method] === undefined);
    if (missing !== undefined) {
      throw new BadInput(`${missing} has no output for ${entry.title}: leave one of them out.`);
    }
    const picture = async (id: string | null, wanted: boolean) =>
      id === null || !wanted ? null : anonymous(context, id, entry.title);
    const outputs: Record<string, string> = {};
    for (const [place, method] of order.entries()) {
      outputs[marks[place] ?? ''] = await anonymous(
        context,
        entry.outputs[method] ?? '',
        entry.title,
      );
    }
    cases.push({
      id: `c${index + 1}`,
      input: await picture(entry.input, withInput || plan.golden > 0),
      reference: await picture(entry.gt, withReference || plan.golden > 0),
      outputs,
    });
  }
  const study = studyOf(plan, marks, cases);
  const hash = await hashOfStudy(study);
  const titles = shuffled(chosen, makeRandom(`${plan.seed} cases`)).map(({ id }) => id);
  const key: StudyKey = {
    studyHash: hash,
    methods: Object.fromEntries(marks.map((mark, place) => [mark, order[place] ?? ''])),
    cases: Object.fromEntries(cases.map(({ id }, index) => [id, titles[index] ?? ''])),
  };
  return { study, key, hash };
}

/** Every picture of a study. */
export function picturesOf({ cases }: Study): string[] {
  const all = cases.flatMap(({ input, reference, outputs }) => [
    input,
    reference,
    ...Object.values(outputs),
  ]);
  return [...new Set(all.filter((hash) => hash !== null))];
}
