import { BadInput } from '../../core/badInput.ts';
import { newId } from '../ids.ts';
import { keep } from '../keep.ts';
import type { BenchContext } from './context.ts';
import { readImport } from './imports.ts';
import type { BenchSource } from './model.ts';
import { pairAnew } from './pairing.ts';
import { takeIn } from './takeIn.ts';
import { readWorkspace } from './workspaceFile.ts';

/** A table that is dropped may be this large, in bytes. */
const LARGEST_TABLE = 64 * 2 ** 20;

/** Brings a table in. @throws {BadInput} */
export async function addImport(context: BenchContext, file: File): Promise<void> {
  if (file.size > LARGEST_TABLE) {
    throw new BadInput(
      `“${file.name}” is ${Math.round(file.size / 1e6)} MB; a table may have 64 MB.`,
    );
  }
  const table = readImport(await file.text(), file.name, newId());
  context.imports.set(table.id, table);
  await keep(context.app, `the table ${file.name}`, () =>
    context.storage.putImport(table.id, table),
  );
  pairAnew(context);
}

const isTable = ({ path }: BenchSource) => /\.(csv|json)$/i.test(path);
const isWorkspace = ({ path }: BenchSource) => /\.loupe$/i.test(path);

/** Tables and workspaces among what was dropped go their own ways; everything else is a picture set. */
export async function add(context: BenchContext, sources: readonly BenchSource[]): Promise<void> {
  const workspace = sources.find(isWorkspace);
  if (workspace !== undefined) {
    await readWorkspace(context, workspace.file);
    return;
  }
  const tables = sources.filter(isTable);
  const rest = sources.filter((source) => !isTable(source));
  if (rest.length > 0) await takeIn(context, rest);
  for (const { file, path } of tables) {
    try {
      await addImport(context, file);
    } catch (caught) {
      // A table that lies in a folder among pictures may be anything: it was not asked for by name.
      if (!(caught instanceof BadInput) || !path.includes('/')) throw caught;
    }
  }
}
