import { MAPS } from '../core/metrics/maps.ts';
import type { StoredCase } from '../storage/records.ts';
import type { Bench } from './bench/createBench.ts';
import { titleOf } from './cases.ts';
import type { AppContext, AppTurns } from './context.ts';
import { callSteadily } from './engineCall.ts';
import type { FigureCommands, FigurePicture } from './figureModel.ts';
import { loadPair, MeasureFailure } from './measured.ts';
import { openCase } from './openCase.ts';
import { fileKindOf, outputOf } from './outputs.ts';
import { sentenceOf } from './sentences.ts';
import { trimPictures } from './show.ts';
import { mapInPlace } from './showErrorMap.ts';
import type { AppStore } from './state.ts';
import { strengthSettled } from './strength.ts';

/** An output that is compared under a shift, where it lies over the ground truth; others as they are. */
async function inPlace(
  { platform }: AppContext,
  record: StoredCase,
  picture: Exclude<FigurePicture, { kind: 'map' }>,
  bitmap: ImageBitmap,
): Promise<ImageBitmap> {
  const shift = picture.kind === 'output' ? outputOf(record, picture.method)?.shift : undefined;
  if (shift === undefined || record.gt === null) return bitmap;
  const placed = await platform.placeBitmap(bitmap, { x: -shift.dx, y: -shift.dy }, record.gt);
  bitmap.close();
  return placed;
}

/** Decoded for the figure alone: what is on screen stays as it is. */
async function decode(
  context: AppContext,
  record: StoredCase,
  picture: Exclude<FigurePicture, { kind: 'map' }>,
): Promise<ImageBitmap | null> {
  const output = picture.kind === 'output' ? outputOf(record, picture.method) : null;
  const stored = picture.kind === 'output' ? (output?.picture ?? null) : record[picture.kind];
  if (stored === null) return null;
  const kind = output === null ? 'picture' : fileKindOf(output);
  const file = await context.storage.getFile(kind, stored.sha256);
  const decoded =
    file === null ? null : await context.codec.call((api) => api.decode(file, stored.name));
  if (decoded?.ok) return inPlace(context, record, picture, decoded.value.bitmap);
  context.store.notify(
    'error',
    `“${stored.name}” could not be read for the figure. Drop the file again.`,
  );
  return null;
}

/** An error map on its fixed scale, so that cases and methods of one figure compare. */
async function drawMap(
  context: AppContext,
  record: StoredCase,
  { method, map }: Extract<FigurePicture, { kind: 'map' }>,
): Promise<ImageBitmap | null> {
  if (record.gt === null || outputOf(record, method) === null) return null;
  const { errorMapColours: colours } = context.store.state.view;
  try {
    const shown = { ...record, shownMethod: method };
    const pair = await loadPair(context, shown, 'output');
    const masks = { person: null, named: {} };
    const job = { ...pair, map, scale: 'fixed', colours, region: null, masks } as const;
    const drawn = await callSteadily(context, new AbortController().signal, (api, jobId) =>
      api.errorMap({ ...job, jobId }),
    );
    if (!drawn.ok) throw new MeasureFailure(sentenceOf(drawn.error, pair.fileName));
    return (await mapInPlace(context, shown, drawn.value)).bitmap;
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    context.store.notify(
      'error',
      `The error map (${MAPS[map].title}) of case ${titleOf(record)} could not be drawn: ${error.message}`,
    );
    return null;
  } finally {
    trimPictures(context);
  }
}

/** A picture of a case that is open, decoded for a figure; the caller closes its bitmap. */
async function figurePicture(
  context: AppContext,
  caseId: string,
  picture: FigurePicture,
): Promise<ImageBitmap | null> {
  await strengthSettled(context, caseId);
  const record = context.records.get(caseId);
  if (record === undefined) return null;
  return picture.kind === 'map'
    ? drawMap(context, record, picture)
    : decode(context, record, picture);
}

/** The commands of figures, as the page calls them. */
export function makeFigureCommands(
  context: Promise<AppContext>,
  { state }: AppStore,
  turns: AppTurns,
  bench: Pick<Bench, 'state' | 'commands'>,
): FigureCommands {
  return {
    figurePicture: async (id, picture) => figurePicture(await context, id, picture),
    benchCases: () => {
      const open = new Set(state.cases.map(({ benchCase }) => benchCase));
      return bench.state.cases.filter(({ id }) => !open.has(id));
    },
    async takeFromBench(benchCase) {
      const { currentCaseId } = state;
      await bench.commands.openInLook(benchCase, null);
      await turns.now((ready) => openCase(ready, currentCaseId));
    },
  };
}
