import { BadInput } from '../../core/badInput.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import type { BenchContext } from './context.ts';
import { isAutomatic, openFile } from './files.ts';

const extensionOf = (path: string) => /\.[^./]+$/.exec(path)?.[0] ?? '.png';

/** A name's part that a role's token cannot be taken from, nor a folder. */
const plain = (name: string) => name.replaceAll(/[/\\]/g, ' ');

async function named(context: BenchContext, id: string, name: string): Promise<File> {
  const file = await openFile(context, id);
  if (!file.ok) throw new BadInput(file.error.message);
  return new File([file.value], name + extensionOf(id), { type: file.value.type });
}

/**
 * The files of a case under names by which the Look page knows their roles and methods.
 * @throws {BadInput} where one cannot be read
 */
export async function filesForLook(
  context: BenchContext,
  entry: SetCase,
  method: string | null,
): Promise<File[]> {
  const title = plain(entry.title);
  const roles = [
    [entry.input, `${title}_input`],
    [entry.gt, `${title}_gt`],
    // Look finds people by itself, and then says that it did.
    [isAutomatic(context, entry.mask) ? null : entry.mask, `${title}_mask`],
  ] as const;
  // The one that was clicked comes last: it is then the one that is shown.
  const methods = Object.keys(entry.outputs).sort(
    (a, b) => Number(a === method) - Number(b === method),
  );
  const files: File[] = [];
  for (const [id, name] of roles) if (id !== null) files.push(await named(context, id, name));
  for (const own of methods) {
    const id = entry.outputs[own];
    if (id !== undefined) files.push(await named(context, id, `${title}_${plain(own)}`));
  }
  return files;
}
