import type { ModelCard, ModelEntry } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { readContract } from './contractJson.ts';
import { FieldError, fields, numbers, text, whole } from './fields.ts';
import { readFile, readList, readScores } from './manifestFields.ts';

function toneRow(value: unknown, where: string): ModelCard['byTone'][number] {
  const of = fields(value, where);
  const [deltaE = 0, psnrPerson = 0] = numbers(
    { scores: [of.deltaE, of.psnrPerson] },
    'scores',
    where,
    2,
  );
  return {
    group: text(of, 'group', where),
    images: whole(of, 'images', where, 0),
    deltaE,
    psnrPerson,
  };
}

function card(value: unknown, where: string): ModelCard | null {
  if (value === undefined || value === null) return null;
  const of = fields(value, where);
  const list = (key: string): readonly unknown[] => {
    const items: unknown = of[key];
    if (!Array.isArray(items)) throw new FieldError(`${where}.${key} is not a list`);
    return items;
  };
  return {
    data: text(of, 'data', where),
    intendedUse: text(of, 'intendedUse', where),
    limits: text(of, 'limits', where),
    byTone: list('byTone').map((row, index) => toneRow(row, `${where}.byTone[${index}]`)),
    commands: list('commands').filter((command) => typeof command === 'string'),
  };
}

function entry(value: unknown, where: string, manifestUrl: string): ModelEntry {
  const of = fields(value, where);
  if (of.task !== 'restoration') throw new FieldError(`${where}.task is not "restoration"`);
  const { url, bytes, sha256 } = readFile(of, where, manifestUrl);
  fields(of.tile, `${where}.tile`);
  const half = `${where}.fp16`;
  return {
    id: text(of, 'id', where),
    title: text(of, 'title', where),
    source: { kind: 'built-in', url },
    bytes,
    sha256,
    default: of.default === true,
    task: 'restoration',
    licence: text(of, 'licence', where),
    parameters: whole(of, 'parameters', where, 1),
    macs720p: whole(of, 'macs720p', where, 1),
    contract: readContract(of, where),
    facts: null,
    training: text(of, 'training', where),
    scores: readScores(of.scores, `${where}.scores`),
    card: card(of.card, `${where}.card`),
    fp16: of.fp16 === undefined ? null : readFile(fields(of.fp16, half), half, manifestUrl),
  };
}

/**
 * Checks a parsed `manifest.json` field by field and resolves the model files against its address.
 * @param manifestUrl absolute
 * @returns the models, the default one first; the error names the field that is wrong
 */
export function readManifest(json: unknown, manifestUrl: string): Result<readonly ModelEntry[]> {
  return readList(json, manifestUrl, ({ models }) => {
    if (!Array.isArray(models) || models.length === 0) throw new FieldError('models is empty');
    return models
      .map((value: unknown, index) => entry(value, `models[${index}]`, manifestUrl))
      .sort((a, b) => Number(b.default) - Number(a.default));
  });
}
