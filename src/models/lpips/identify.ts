import { type Checkpoint, openCheckpoint, type Tensor } from '../pytorch/checkpoint.ts';
import { CheckpointError } from '../pytorch/checkpointError.ts';
import type { RandomAccess } from '../pytorch/randomAccess.ts';
import type { Weights } from './graph.ts';
import { ALEXNET_SHAPES, HEAD_SHAPES, type WeightShapes } from './weights.ts';

/** The two kinds of weight files, by what tells them and what they must hold. */
const KINDS = {
  alexnet: {
    title: 'torchvision’s AlexNet',
    mark: 'features.0.weight',
    shapes: ALEXNET_SHAPES,
    other: 'Loupe needs AlexNet: alexnet-owt-7be5be79.pth from torchvision',
  },
  heads: {
    title: 'LPIPS’ linear heads',
    mark: 'lin0.model.1.weight',
    shapes: HEAD_SHAPES,
    other: 'Loupe needs those for AlexNet: alex.pth, version 0.1, from LPIPS',
  },
} as const;

export type WeightKind = keyof typeof KINDS;

/** A file known to be one of the two, its tensors checked by name and shape but not read yet. */
export interface WeightFile {
  readonly name: string;
  readonly kind: WeightKind;
  readonly title: string;
  /** Reads the tensors that LPIPS needs, and no others. */
  read(): Promise<Weights>;
}

function requireShapes({ shapes }: Checkpoint, kind: WeightKind): void {
  const { title, other } = KINDS[kind];
  for (const [tensor, wanted] of KINDS[kind].shapes) {
    const shape = shapes.get(tensor);
    if (shape?.join('×') === wanted.join('×')) continue;
    const found = shape ? `is ${shape.join('×') || 'a single value'}` : 'is missing';
    throw new CheckpointError(
      `it looks like ${title}, but its tensor ${tensor} ${found} instead of ${wanted.join('×')}; ${other}`,
    );
  }
}

async function readAll(checkpoint: Checkpoint, shapes: WeightShapes): Promise<Weights> {
  const weights = new Map<string, Tensor>();
  for (const name of shapes.keys()) weights.set(name, await checkpoint.read(name));
  return weights;
}

/**
 * Tells which of the two weight files this is, by its tensors and not by its name.
 * @throws {CheckpointError} where it is neither, or not as it must be
 */
export async function identify(file: RandomAccess, name: string): Promise<WeightFile> {
  const checkpoint = await openCheckpoint(file);
  const kinds: readonly WeightKind[] = ['alexnet', 'heads'];
  const kind = kinds.find((candidate) => checkpoint.shapes.has(KINDS[candidate].mark));
  if (!kind) {
    throw new CheckpointError(
      'it is a PyTorch checkpoint, but neither torchvision’s AlexNet nor LPIPS’ linear heads',
    );
  }
  requireShapes(checkpoint, kind);
  const { title, shapes } = KINDS[kind];
  return { name, kind, title, read: () => readAll(checkpoint, shapes) };
}
