import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { BinaryMask, Rgba8 } from '../src/core/image/types.ts';
import type { LpipsValue } from '../src/core/scoring/imageScores.ts';
import { LPIPS_INPUTS, measureLpips } from '../src/engine/lpips.ts';
import { lpipsFromCheckpoints } from '../src/models/lpips/fromCheckpoints.ts';
import { createMetricSession, type MetricSession } from '../src/models/metricSession.ts';
import type { RandomAccess } from '../src/models/pytorch/randomAccess.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readBytes, refusal } from './files.ts';
import { loadOrtInNode } from './ort.ts';

export interface Lpips {
  /** What the reader of the numbers must know; null where nothing. */
  readonly warning: string | null;
  /** Hash of the network, as results cite it. */
  readonly version: string;
  /** @throws {BadInput} where the network fails on this image */
  measure(
    name: string,
    output: Rgba8,
    groundTruth: Rgba8,
    mask: BinaryMask | null,
  ): Promise<LpipsValue>;
  release(): Promise<void>;
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (caught) {
    throw new BadInput(`The file ${file} cannot be read: ${refusal(caught)}.`, caught);
  }
}

async function accessTo(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat();
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    },
  };
}

interface Network {
  readonly onnx: Uint8Array;
  readonly warning: string | null;
}

async function fromCheckpoints(fileA: string, fileB: string): Promise<Network> {
  const handles: FileHandle[] = [];
  try {
    for (const file of [fileA, fileB]) handles.push(await openFile(file));
    const [a, b] = await Promise.all(handles.map(accessTo));
    if (!a || !b) throw new Error('two files were opened and are not there');
    const model = await lpipsFromCheckpoints(a, b, [fileA, fileB]);
    if (!model.ok) throw new BadInput(model.error.message);
    const { onnx, heads, publishedHeads } = model.value;
    const warning = `${heads.name} is not LPIPS v0.1: its values compare to no published ones.`;
    return { onnx, warning: publishedHeads ? null : warning };
  } finally {
    for (const handle of handles) await handle.close();
  }
}

async function networkOf(files: readonly string[]): Promise<Network> {
  const [first, second, third] = files;
  if (first === undefined || third !== undefined) {
    throw new BadInput('--lpips takes one ONNX file, or two weight files joined by a comma.');
  }
  if (second !== undefined) return fromCheckpoints(first, second);
  return { onnx: await readBytes(first), warning: null };
}

async function openSession(onnx: Uint8Array, files: readonly string[]): Promise<MetricSession> {
  try {
    return await createMetricSession(await loadOrtInNode(), onnx, LPIPS_INPUTS, null);
  } catch (caught) {
    const reason = reasonOf(caught);
    throw new BadInput(`${files.join(' and ')} cannot be used as LPIPS: ${reason}.`, caught);
  }
}

/**
 * LPIPS from one ONNX file or from the two weight files that everybody can download.
 * @throws {BadInput} where they are something else
 */
export async function openLpips(files: readonly string[]): Promise<Lpips> {
  const { onnx, warning } = await networkOf(files);
  const session = await openSession(onnx, files);
  const version = `sha256:${createHash('sha256').update(onnx).digest('hex').slice(0, 16)}`;
  return {
    warning,
    version,
    async measure(name, output, groundTruth, mask) {
      try {
        return { value: await measureLpips(session, output, groundTruth, mask), version };
      } catch (caught) {
        const { cause } = caught instanceof Error ? caught : {};
        const reason = reasonOf(cause ?? caught);
        throw new BadInput(
          `LPIPS could not be measured on image ${name}: ${reason.replace(/\.$/, '')}.`,
          caught,
        );
      }
    },
    release: () => session.release(),
  };
}
