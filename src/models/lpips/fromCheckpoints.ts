import type { Result } from '../../protocol/result.ts';
import { CheckpointError } from '../pytorch/checkpointError.ts';
import type { RandomAccess } from '../pytorch/randomAccess.ts';
import { sha256Hex } from '../sha256.ts';
import { buildLpips } from './graph.ts';
import { weightsSha256 } from './hash.ts';
import { identify, type WeightFile, type WeightKind } from './identify.ts';
import { ALEXNET_SHAPES, HEAD_SHAPES, PUBLISHED_HEADS_SHA256 } from './weights.ts';

/** One of the two weight files, as a result cites it. */
export interface WeightSource {
  /** The file's name, as it was dropped. */
  readonly name: string;
  /** Hex SHA-256 of the tensors that were kept; see `weightsSha256`. */
  readonly sha256: string;
}

export interface LpipsModel {
  /** The network: inputs `output` and `reference`, [1, 3, height, width] in [0, 1]; one value out. */
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** Hex SHA-256 of `onnx`: what results are kept under. The same weights give the same bytes. */
  readonly sha256: string;
  readonly alexnet: WeightSource;
  readonly heads: WeightSource;
  /** True where the heads are those of LPIPS v0.1; others give numbers nobody can compare. */
  readonly publishedHeads: boolean;
}

const WHAT_TO_DO =
  'Add torchvision’s alexnet-owt-7be5be79.pth and LPIPS’ alex.pth as they were downloaded.';

/** Runs a step on one file; what it finds wrong becomes a sentence that names the file. */
async function onFile<T>(name: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (caught) {
    if (!(caught instanceof CheckpointError)) throw caught;
    throw new CheckpointError(`${name} cannot be used: ${caught.message}. ${WHAT_TO_DO}`);
  }
}

function pick(files: readonly WeightFile[], kind: WeightKind): WeightFile {
  const file = files.find((candidate) => candidate.kind === kind);
  if (file) return file;
  const names = files.map(({ name }) => name).join(' and ');
  throw new CheckpointError(`${names} are both ${files[0]?.title}. ${WHAT_TO_DO}`);
}

async function build(files: readonly WeightFile[]): Promise<LpipsModel> {
  const [trunk, linear] = [pick(files, 'alexnet'), pick(files, 'heads')];
  const alexnet = await onFile(trunk.name, trunk.read);
  const heads = await onFile(linear.name, linear.read);
  const alexnetSha256 = await weightsSha256(alexnet, ALEXNET_SHAPES);
  const headsSha256 = await weightsSha256(heads, HEAD_SHAPES);
  const onnx = buildLpips(alexnet, heads, {
    'alexnet.sha256': alexnetSha256,
    'heads.sha256': headsSha256,
  });
  return {
    onnx,
    sha256: await sha256Hex(onnx),
    alexnet: { name: trunk.name, sha256: alexnetSha256 },
    heads: { name: linear.name, sha256: headsSha256 },
    publishedHeads: headsSha256 === PUBLISHED_HEADS_SHA256,
  };
}

/**
 * Builds LPIPS (AlexNet, v0.1) from the two weight files as everybody can download them: torchvision's
 * `alexnet-owt-7be5be79.pth` and LPIPS' `alex.pth`. Which is which is told by their tensors, so the
 * order and the names do not matter. Of the first, only the convolutions are read (10 of 233 MB).
 * @param names of the files, for messages and citation
 * @returns an error `model-load` with a sentence for a wrong, damaged or twice given file
 */
export async function lpipsFromCheckpoints(
  fileA: RandomAccess,
  fileB: RandomAccess,
  names: readonly [string, string],
): Promise<Result<LpipsModel>> {
  try {
    const files = [
      await onFile(names[0], () => identify(fileA, names[0])),
      await onFile(names[1], () => identify(fileB, names[1])),
    ];
    return { ok: true, value: await build(files) };
  } catch (caught) {
    if (!(caught instanceof CheckpointError)) throw caught;
    return { ok: false, error: { kind: 'model-load', message: caught.message } };
  }
}
