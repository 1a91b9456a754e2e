import { basename } from 'node:path';
import type { Rgba8 } from '../src/core/image/types.ts';
import { CLASSICAL_METHODS } from '../src/core/methods/classical.ts';
import { makeCpuTiles } from '../src/engine/cpuTiles.ts';
import { Failure } from '../src/engine/failure.ts';
import { readLut } from '../src/engine/filters.ts';
import { restorePicture } from '../src/engine/restore.ts';
import { tileBudget, tilesFor, tilingWarning } from '../src/engine/tilePlan.ts';
import { changeFor } from '../src/engine/transformJobs.ts';
import { changePicture } from '../src/engine/wholePicture.ts';
import { CLASSICAL_IDS } from '../src/protocol/models.ts';
import { pathOf } from './arguments.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readBytes } from './files.ts';
import { type OpenModel, openListedModel, openModelFile } from './models.ts';

export interface Applied {
  readonly pixels: Rgba8;
  /** Finished sentences. */
  readonly warnings: readonly string[];
}

/** What pictures are restored with. */
export interface Method {
  readonly title: string;
  /** Finished sentences about the method itself. */
  readonly notes: readonly string[];
  /** @throws {BadInput} where the method fails on this picture */
  apply(fileName: string, picture: Rgba8): Promise<Applied>;
  close(): Promise<void>;
}

const HERE = { checkpoint: async () => undefined };
/** As in a browser without WebGPU, so that the same pictures come out. */
const MACHINE = {
  provider: 'wasm',
  softwareAdapter: false,
  bindingBytes: null,
  memory: null,
} as const;

async function runNetwork(
  { entry, session }: OpenModel,
  fileName: string,
  picture: Rgba8,
): Promise<Applied> {
  const { contract, title } = entry;
  const { output } = contract;
  const subject = { picture, mask: null };
  if (output.kind !== 'image') {
    const task = { title, fileName, session, device: null, contract: { ...contract, output } };
    return {
      ...(await changePicture(null, picture, await changeFor(task, subject))),
      warnings: [],
    };
  }
  const budget = tileBudget(entry, MACHINE);
  const tiles = tilesFor(contract, budget, picture.width, picture.height);
  const makeRunner = () => makeCpuTiles(session, { ...contract, output }, subject);
  const { provider } = MACHINE;
  const task = { fileName, title, provider, tiles, makeRunner, onProgress: () => undefined };
  const { pixels, warnings } = await restorePicture(task, HERE);
  const cut = tilingWarning(entry, tiles.length);
  return { pixels, warnings: cut === null ? warnings : [cut, ...warnings] };
}

function networkMethod(model: OpenModel): Method {
  const { title, contract } = model.entry;
  const mask = contract.mask
    ? [`${title} takes a person mask: it was told that the person is everywhere.`]
    : [];
  return {
    title,
    notes: [...model.notes, ...mask],
    async apply(fileName, picture) {
      try {
        return await runNetwork(model, fileName, picture);
      } catch (caught) {
        if (!(caught instanceof Failure)) throw caught;
        // The engine's sentence is for the page; its cause is the reason.
        const reason = caught.cause === undefined ? 'it gives no numbers' : reasonOf(caught.cause);
        throw new BadInput(`${title} could not restore ${fileName}: ${reason}.`, caught);
      }
    },
    close: () => model.session.release(),
  };
}

/** A classical method by its id, or a `.cube` file. @throws {BadInput} */
async function openFilter(wanted: string): Promise<Method> {
  const common = { notes: [], close: async () => undefined };
  const classical = CLASSICAL_IDS.find((id) => id === wanted);
  if (classical !== undefined) {
    const { title, plan } = CLASSICAL_METHODS[classical];
    return {
      ...common,
      title,
      apply: async (_, picture) => {
        const change = { kind: 'classical', plan: plan(picture) } as const;
        return { ...(await changePicture(null, picture, change)), warnings: [] };
      },
    };
  }
  if (!wanted.toLowerCase().endsWith('.cube')) {
    const ids = CLASSICAL_IDS.join(', ');
    throw new BadInput(
      `There is no method “${wanted}”; choose one of ${ids}, or a file whose name ends in .cube.`,
    );
  }
  const file = pathOf(wanted);
  const blob = new Blob([await readBytes(file)]);
  const { entry, lut } = await readLut(blob, basename(file)).catch((caught: unknown) => {
    if (caught instanceof Failure) throw new BadInput(caught.message, caught);
    throw caught;
  });
  return {
    ...common,
    title: entry.title,
    apply: async (_, picture) => {
      return { ...(await changePicture(null, picture, { kind: 'lut', lut })), warnings: [] };
    },
  };
}

/** What `--model`, `--contract` and `--method` ask for; the default model without them. @throws {BadInput} */
export async function openMethod(options: ReadonlyMap<string, string>): Promise<Method> {
  const [model, contract, method] = ['model', 'contract', 'method'].map((name) =>
    options.get(name),
  );
  if (method !== undefined) {
    if (model !== undefined) throw new BadInput('--model and --method exclude each other.');
    return openFilter(method);
  }
  if (model?.toLowerCase().endsWith('.onnx')) {
    return networkMethod(await openModelFile(pathOf(model), contract ?? null));
  }
  if (contract !== undefined) throw new BadInput('--contract needs --model with an ONNX file.');
  return networkMethod(await openListedModel(model ?? null));
}
