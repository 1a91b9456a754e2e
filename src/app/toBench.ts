import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { canJoinSet } from './bench/canJoin.ts';
import type { LookCase, LookCases } from './bench/fromLook.ts';
import type { BenchSource } from './bench/model.ts';
import type { BenchRemarks } from './bench/remarks.ts';
import type { BenchShifts } from './bench/shifts.ts';
import { shareShifts } from './benchShifts.ts';
import { titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { fileKindOf } from './outputs.ts';
import { joinBench } from './remarks.ts';

/** A folder's name and nothing else: a slash would be another folder. */
const plain = (name: string) => name.replaceAll(/[/\\]/g, ' ');

/** The folders of a case by what they hold, as a set has them. */
function placesOf({ input, gt, mask, outputs, addedAt }: StoredCase) {
  const of = (folder: string, picture: StoredPicture | null, kind: 'picture' | 'output') =>
    picture === null ? [] : [{ folder, picture, kind, modified: addedAt }];
  return [
    ...of('input', input, 'picture'),
    ...of('gt', gt, 'picture'),
    // The bench finds people by itself, and then says that it did.
    ...of('mask_personmask', mask?.origin?.kind === 'automatic' ? null : mask, 'picture'),
    ...outputs.flatMap((output) => of(plain(output.method), output.picture, fileKindOf(output))),
  ];
}

async function lookCase(context: AppContext, record: StoredCase): Promise<LookCase> {
  const found = placesOf(record).map(async ({ folder, picture, kind, modified }) => {
    const blob = await context.storage.getFile(kind, picture.sha256);
    if (blob === null) return [];
    const extension = /\.[^.]+$/.exec(picture.name)?.[0] ?? '.png';
    const sourceAs = (title: string): BenchSource => {
      const name = title + (kind === 'output' ? '.png' : extension);
      const options = { lastModified: modified, type: blob.type };
      return { path: `Look/${folder}/${name}`, file: new File([blob], name, options) };
    };
    return [sourceAs];
  });
  const sources = (await Promise.all(found)).flat();
  const title = plain(titleOf(record));
  return { id: record.id, title, sources: (as) => sources.map((sourceAs) => sourceAs(as)) };
}

/** What the bench takes from the Look page: cases that no set knows, and that it can know again. */
export function makeLookCases(
  context: Promise<AppContext>,
  remarks: () => BenchRemarks,
  shifts: () => BenchShifts,
): LookCases {
  return {
    async own() {
      const ready = await context;
      const own = [...ready.records.values()].filter(canJoinSet);
      return Promise.all(own.map((record) => lookCase(ready, record)));
    },
    async join(caseId, benchCase) {
      const ready = await context;
      await joinBench(ready, remarks(), caseId, benchCase);
      await shareShifts(ready, shifts(), benchCase);
    },
  };
}
