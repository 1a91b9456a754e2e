import { createSignal } from 'solid-js';
import type { BenchModel, BenchSource } from '../../app/bench/model.ts';
import type { AppModel } from '../../app/model.ts';
import { readFormula } from '../../core/bench/formula.ts';
import { picksFolders } from './handles.ts';
import { type Destination, destinationOf, type OnFound, sourcesOfFolder } from './sources.ts';

/** The ways into the bench, and what is being looked through. */
export interface BenchIntake {
  /** Files found so far while folders are looked through; null while nothing is. */
  readonly found: () => number | null;
  /** Whether folders are looked through or what they hold is being taken in. */
  readonly busy: () => boolean;
  /** Sends each file where it belongs: the set, the imports, the workspace, the methods. */
  readonly take: (sources: readonly BenchSource[]) => Promise<void>;
  /** Waits for folders that are still being looked through, and takes what they hold. */
  readonly takeFrom: (find: (onFound: OnFound) => Promise<BenchSource[]>) => Promise<void>;
  /** Opens the browser's folder picker where files can be read in place. @returns whether it has one */
  readonly pickFolder: () => boolean;
}

export function createBenchIntake(model: AppModel, bench: BenchModel): BenchIntake {
  const [found, setFound] = createSignal<number | null>(null);
  const [underWay, setUnderWay] = createSignal(0);
  const take = async (sources: readonly BenchSource[]) => {
    const to = (destination: Destination) =>
      sources.filter(({ path }) => destinationOf(path) === destination).map(({ file }) => file);
    const set = sources.filter(({ path }) => destinationOf(path) === 'set');
    const methods = to('method');
    if (set.length > 0) await bench.commands.add(set);
    if (methods.length > 0) await model.commands.addFiles(methods);
    for (const file of to('workspace')) await bench.commands.openWorkspace(file);
    for (const file of to('table')) await takeTable(model, bench, file);
  };
  const takeFrom: BenchIntake['takeFrom'] = async (find) => {
    setFound(0);
    setUnderWay((count) => count + 1);
    try {
      const sources = await find(setFound).finally(() => setFound(null));
      await take(sources);
    } finally {
      setUnderWay((count) => count - 1);
    }
  };
  const pickFolder = () => {
    if (!picksFolders(window)) return false;
    const picked = window.showDirectoryPicker({ mode: 'read', id: 'bench' });
    void picked.then(
      (folder) => takeFrom((onFound) => sourcesOfFolder(folder, onFound)),
      (error: unknown) => {
        // The picker was closed without a choice.
        if (error instanceof DOMException && error.name === 'AbortError') return;
        model.commands.notify(
          'error',
          'The folder could not be opened. Drop it on the page instead.',
        );
      },
    );
    return true;
  };
  return { found, busy: () => underWay() > 0, take, takeFrom, pickFolder };
}

/** A JSON file may be a formula; every other table is imported. */
async function takeTable(model: AppModel, bench: BenchModel, file: File): Promise<void> {
  if (!/\.json$/i.test(file.name)) return bench.commands.importTable(file);
  const json = await parsed(file);
  if (!isFormulaFile(json)) return bench.commands.importTable(file);
  const read = readFormula(json);
  if ('formula' in read) return bench.commands.setFormula(read.formula);
  model.commands.notify('error', `${file.name} is no formula Loupe can use: ${read.problem}.`);
}

async function parsed(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    return null;
  }
}

function isFormulaFile(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'loupe' in json && json.loupe === 'formula';
}
