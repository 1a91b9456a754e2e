import type { BenchContext } from './context.ts';
import { smallPicture } from './reportCases.ts';

/** Small pictures by file, made once. */
export function makeThumbnails(context: Promise<BenchContext>) {
  const urls = new Map<string, Promise<string | null>>();
  return async (caseId: string): Promise<string | null> => {
    const ready = await context;
    const entry = ready.survey.cases.find(({ id }) => id === caseId);
    const id = entry && (entry.input ?? entry.gt ?? Object.values(entry.outputs)[0]);
    if (id === undefined) return null;
    const known = urls.get(id);
    if (known !== undefined) return known;
    const made = smallPicture(ready, id).then((blob) => blob && URL.createObjectURL(blob));
    urls.set(id, made);
    return made;
  };
}
