import { INPUT_MARK, REFERENCE_MARK, type StudyItem } from '../../core/judge/schedule.ts';
import type { Study, StudyCase } from '../../core/judge/study.ts';
import { releaseSoon } from '../context.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import { loadPicture } from './studyFiles.ts';

/** Pictures of an item by mark; null: it cannot be had. */
export type Decoded = ReadonlyMap<string, ImageBitmap | null>;

function hashOf({ input, reference, outputs }: StudyCase, mark: string): string | null {
  if (mark === INPUT_MARK) return input;
  if (mark === REFERENCE_MARK) return reference;
  return outputs[mark] ?? null;
}

/** Pictures beside those that are judged, where the case has them. */
function besides(
  { protocol }: Study,
  { kind }: StudyItem,
  { input, reference }: Pick<StudyCase, 'input' | 'reference'>,
): string[] {
  if (kind === 'golden') return [];
  return [
    ...(protocol.withInput && input !== null ? [INPUT_MARK] : []),
    ...(protocol.withReference && reference !== null ? [REFERENCE_MARK] : []),
  ];
}

/** Decoded pictures of the items around the one on screen. */
export class Shelf {
  private readonly context: JudgeContext;
  private readonly held: HeldStudy;
  private decoded: { readonly item: string; readonly pictures: Promise<Decoded> }[] = [];

  constructor(context: JudgeContext, held: HeldStudy) {
    this.context = context;
    this.held = held;
  }

  /** An item's pictures, decoded once. */
  load(item: StudyItem): Promise<Decoded> {
    const known = this.decoded.find((own) => own.item === item.id);
    if (known !== undefined) return known.pictures;
    const pictures = this.decode(item);
    this.decoded.push({ item: item.id, pictures });
    return pictures;
  }

  /** Lets go of all pictures but those of the given items. */
  keep(items: readonly (StudyItem | undefined)[]): void {
    const near = new Set(items.map((item) => item?.id));
    const far = this.decoded.filter(({ item }) => !near.has(item));
    this.decoded = this.decoded.filter(({ item }) => near.has(item));
    for (const { pictures } of far) {
      pictures.then((decoded) =>
        releaseSoon(() => {
          for (const bitmap of decoded.values()) bitmap?.close();
        }),
      );
    }
  }

  private async decode(item: StudyItem): Promise<Decoded> {
    const { study } = this.held;
    const entry = study.cases.find(({ id }) => id === item.caseId);
    const beside = entry === undefined ? [] : besides(study, item, entry);
    const decoded = await Promise.all(
      [...item.shown, ...beside].map(
        async (mark): Promise<readonly [string, ImageBitmap | null]> => {
          const hash = entry === undefined ? null : hashOf(entry, mark);
          const blob = hash === null ? null : await loadPicture(this.context, this.held, hash);
          if (blob === null) return [mark, null];
          return [mark, await this.context.app.platform.decodeBitmap(blob).catch(() => null)];
        },
      ),
    );
    return new Map(decoded);
  }
}
