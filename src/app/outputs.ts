import type { StoredCase, StoredMethodOutput } from '../storage/records.ts';

/** The method of a dropped output whose name and folder tell none. */
export const NAMELESS_METHOD = 'output';

/** What one method made of a case; null where it made nothing. */
export function outputOf(record: StoredCase, method: string | null): StoredMethodOutput | null {
  return record.outputs.find((output) => output.method === method) ?? null;
}

/** The output on screen: that of the shown method. */
export function shownOutput(record: StoredCase): StoredMethodOutput | null {
  return outputOf(record, record.shownMethod);
}

/** A case's outputs with this one in the place of its method's, else behind the others. */
export function withOutput(
  { outputs }: StoredCase,
  output: StoredMethodOutput,
): readonly StoredMethodOutput[] {
  const there = outputs.some(({ method }) => method === output.method);
  if (!there) return [...outputs, output];
  return outputs.map((other) => (other.method === output.method ? output : other));
}

/** Of the case on screen, this many outputs are decoded for the viewer… */
const MOST_SHOWN = 6;
/** …and of large ones only as many as have this many pixels together. */
const MOST_PIXELS = 64e6;

/** The outputs that are decoded while their case is on screen: the shown one first. */
export function viewedOutputs(record: StoredCase): StoredMethodOutput[] {
  const shown = shownOutput(record);
  const others = record.outputs.filter((output) => output !== shown);
  let pixels = 0;
  return (shown === null ? others : [shown, ...others]).slice(0, MOST_SHOWN).filter((output) => {
    pixels += output.picture.width * output.picture.height;
    return output === shown || pixels <= MOST_PIXELS;
  });
}

/** The kind an output is stored as: restored ones can be made again, dropped files cannot. */
export function fileKindOf({ origin }: StoredMethodOutput): 'picture' | 'output' {
  return origin.kind === 'restored' ? 'output' : 'picture';
}

/** What changes in a case when only these outputs stay: the shown one, or the last one, is shown. */
export function keepOutputs(
  record: StoredCase,
  outputs: readonly StoredMethodOutput[],
): Pick<StoredCase, 'outputs' | 'shownMethod'> {
  const { shownMethod } = record;
  const stays = outputs.some(({ method }) => method === shownMethod);
  return { outputs, shownMethod: stays ? shownMethod : (outputs.at(-1)?.method ?? null) };
}

/** Whether an output can be mixed with the input it was made from. */
export function canMix({ input }: StoredCase, { origin, picture }: StoredMethodOutput): boolean {
  if (input === null || origin.kind !== 'restored') return false;
  return input.width === picture.width && input.height === picture.height;
}
