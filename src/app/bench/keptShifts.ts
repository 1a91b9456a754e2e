import * as v from 'valibot';
import { readableIn } from './readable.ts';

const text = v.pipe(v.string(), v.maxLength(10_000));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(-65_535), v.maxValue(65_535));

const keptShiftSchema = v.object({
  dx: pixels,
  dy: pixels,
  /** The files it was found between, as `pairMarkOf` has them: of others it says nothing. */
  of: text,
});

/** By case id, then by method. */
export const keptShiftsSchema = readableIn(readableIn(keptShiftSchema));

export type KeptShifts = Readonly<
  Record<string, Readonly<Record<string, Readonly<v.InferOutput<typeof keptShiftSchema>>>>>
>;
