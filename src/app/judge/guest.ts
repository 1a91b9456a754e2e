import * as v from 'valibot';
import { BadInput } from '../../core/badInput.ts';
import type { ReportStudy } from '../../core/export/report.ts';
import { COMBINATIONS } from '../../core/judge/combine.ts';
import { SCREENING_RULE } from '../../core/judge/screening.ts';
import { readStudy } from '../../core/judge/study.ts';
import { mergeVoteFiles, readVoteFile, type VoteFile } from '../../core/judge/votes.ts';
import type { BenchGuest, GuestSection } from '../bench/guest.ts';
import { sha256Of } from '../hash.ts';
import { analysisView, type NamedStudy } from './analysisView.ts';
import { allVotes } from './ballots.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import { evaluateAll } from './evaluation.ts';
import { dimensionsPlot, placesPlot, scorePlot } from './figures.ts';
import type { AnalysisView } from './model.ts';
import { addStudy, bringVotes, isGenuine, readKey } from './studyFiles.ts';
import { hashOfStudy, picturesOf } from './studyMaking.ts';
import { analysisTables } from './tables.ts';
import { heldVotes } from './views.ts';

/* What judging adds to the bench's workspace file and report: studies, keys, votes and their analysis. */

type Votes = ReadonlyMap<string, readonly VoteFile[]>;

const sectionSchema = v.object({
  loupe: v.literal('studies'),
  version: v.literal(1),
  studies: v.pipe(
    v.array(
      v.object({
        study: v.unknown(),
        key: v.unknown(),
        votes: v.pipe(v.array(v.unknown()), v.maxLength(10_000)),
      }),
    ),
    v.maxLength(1000),
  ),
});

async function sectionOf(context: JudgeContext, images: boolean): Promise<GuestSection | null> {
  if (context.studies.size === 0) return null;
  const studies: { study: unknown; key: unknown; votes: readonly VoteFile[] }[] = [];
  const pictures = new Map<string, Blob>();
  for (const [hash, { study, key }] of context.studies) {
    studies.push({ study, key, votes: mergeVoteFiles(await allVotes(context, hash)).kept });
    for (const sha256 of images ? picturesOf(study) : []) {
      const picture = await context.storage.picture(sha256);
      if (picture !== null) pictures.set(sha256, picture);
    }
  }
  return { json: { loupe: 'studies', version: 1, studies }, pictures };
}

async function keepPictures(
  context: JudgeContext,
  wanted: readonly string[],
  pictures: GuestSection['pictures'],
): Promise<void> {
  for (const sha256 of wanted) {
    const picture = pictures.get(sha256);
    if (picture === undefined || (await sha256Of(picture)) !== sha256) continue;
    await context.storage.putPicture(sha256, picture.slice(0, picture.size, 'image/png'));
  }
}

/** Studies are added to those that are here; votes are merged as if they had been dropped. */
async function take(context: JudgeContext, { json, pictures }: GuestSection): Promise<void> {
  const section = v.safeParse(sectionSchema, json);
  if (!section.success) throw new BadInput('The studies in the workspace cannot be read.');
  for (const entry of section.output.studies) {
    const read = readStudy(entry.study);
    if ('problem' in read) {
      throw new BadInput(`A study in the workspace cannot be read: ${read.problem}.`);
    }
    const wanted = picturesOf(read.study);
    await keepPictures(context, wanted, pictures);
    const hash = await hashOfStudy(read.study);
    const key = readKey(entry.key);
    const own = { key: key?.studyHash === hash ? key : null, address: null };
    await addStudy(context, read.study, own);
    const votes: VoteFile[] = [];
    for (const raw of entry.votes) {
      const vote = readVoteFile(raw);
      if ('file' in vote && vote.file.study === hash && (await isGenuine(vote.file))) {
        votes.push(vote.file);
      }
    }
    await bringVotes(context, hash, votes);
  }
}

function sentencesOf({ study }: HeldStudy, view: AnalysisView): string[] {
  const { protocol, cases, methods } = study;
  const { raters, warnings, kendallW, alpha } = view.analysis;
  const known = (name: string, value: number | null) =>
    value === null ? [] : [`${name}: ${value.toFixed(3)}.`];
  const left = raters.filter(({ keep }) => !keep);
  return [
    `${protocol.title} (${protocol.source}): ${cases.length} cases, ${methods.length} methods, seed “${study.seed}”.`,
    `${view.analysis.votes} answers of ${raters.length - left.length} raters count.`,
    ...left.map(({ rater, reasons }) => `${rater} is left out: ${reasons.join(' ')}`),
    SCREENING_RULE,
    ...known('Kendall’s W', kendallW),
    ...known('Krippendorff’s α', alpha),
    ...warnings,
  ];
}

async function reportOf(context: JudgeContext, votes: Votes): Promise<ReportStudy[]> {
  const studies: ReportStudy[] = [];
  for (const [hash, held] of context.studies) {
    if (held.key === null) continue;
    const files = heldVotes(votes, hash, await allVotes(context, hash));
    if (files.length === 0) continue;
    const named: NamedStudy = { ...held, key: held.key };
    await evaluateAll(context, named, files, COMBINATIONS.raim2026);
    const view = analysisView(context, hash, named, files, COMBINATIONS.raim2026);
    if (view === null) continue;
    const { protocol } = held.study;
    const plots = [scorePlot(view, protocol), placesPlot(view), dimensionsPlot(view, protocol)];
    studies.push({
      title: `Study: ${held.study.title}`,
      sentences: sentencesOf(held, view),
      tables: analysisTables(view, protocol),
      plots: plots.filter((plot) => plot !== null),
    });
  }
  return studies;
}

/**
 * @param votes on a study by its hash, as the page has them: what it has worked out is not worked out anew
 * @param refresh shows what was taken in
 */
export function judgeGuest(
  context: Promise<JudgeContext>,
  votes: Votes,
  refresh: () => Promise<void>,
): BenchGuest {
  return {
    section: async (images) => sectionOf(await context, images),
    take: async (section) => {
      await take(await context, section);
      await refresh();
    },
    report: async () => reportOf(await context, votes),
  };
}
