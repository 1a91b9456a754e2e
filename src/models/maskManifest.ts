import type { Result } from '../protocol/result.ts';
import type { MaskEntry } from '../protocol/visitor.ts';
import { FieldError, fields, numbers, pair, text, whole } from './fields.ts';
import { readFile, readList, readScores } from './manifestFields.ts';

function entry(value: unknown, where: string, manifestUrl: string): MaskEntry {
  const of = fields(value, where);
  const input = fields(of.input, `${where}.input`);
  const [height, width] = pair(input, 'size', `${where}.input`);
  if (![height, width].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new FieldError(`${where}.input.size is not a height and a width`);
  }
  const refine = fields(of.refine, `${where}.refine`);
  const positive = (key: string): number => {
    const [number = 0] = numbers({ [key]: [refine[key]] }, key, `${where}.refine`, 1);
    if (number <= 0) throw new FieldError(`${where}.refine.${key} is not above 0`);
    return number;
  };
  return {
    id: text(of, 'id', where),
    title: text(of, 'title', where),
    ...readFile(of, where, manifestUrl),
    licence: text(of, 'licence', where),
    parameters: whole(of, 'parameters', where, 1),
    macs: whole(of, 'macs', where, 1),
    input: { name: text(input, 'name', `${where}.input`), size: [height, width] },
    output: text(fields(of.output, `${where}.output`), 'name', `${where}.output`),
    refine: {
      radius: positive('radius'),
      epsilon: positive('eps'),
      subsample: Math.max(1, positive('subsample')),
    },
    training: text(of, 'training', where),
    scores: readScores(of.scores, `${where}.scores`),
  };
}

/**
 * The networks in a parsed `manifest.json` that find the person, checked field by field.
 * @param manifestUrl absolute
 * @returns none where the list has no `masks`; the error names the field that is wrong
 */
export function readMasks(json: unknown, manifestUrl: string): Result<readonly MaskEntry[]> {
  return readList(json, manifestUrl, ({ masks }) => {
    if (masks === undefined) return [];
    if (!Array.isArray(masks)) throw new FieldError('masks is not a list');
    return masks.map((value: unknown, index) => entry(value, `masks[${index}]`, manifestUrl));
  });
}
