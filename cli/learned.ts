import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type LearnedMetricId,
  LPIPS_CONTRACT,
  learnedMetricId,
  type MetricContract,
  networkVersion,
} from '../src/core/metrics/learned.ts';
import type { LearnedScore } from '../src/core/scoring/imageScores.ts';
import { measureLearned } from '../src/engine/learnedMetric.ts';
import { lpipsFromCheckpoints } from '../src/models/lpips/fromCheckpoints.ts';
import { readMetricFile } from '../src/models/metricFile.ts';
import { createMetricSession, type MetricSession } from '../src/models/metricSession.ts';
import { OnnxRefusal } from '../src/models/onnx/inspect/refusal.ts';
import { blobAccess, type RandomAccess } from '../src/models/pytorch/randomAccess.ts';
import type { LearnedPicture } from '../src/protocol/learned.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readBytes, refusal } from './files.ts';
import { loadOrtInNode } from './ort.ts';

/** A learned metric on the command line. */
export interface LearnedTool {
  readonly id: LearnedMetricId;
  readonly contract: MetricContract;
  /** What the reader of the numbers must know; null where nothing. */
  readonly warning: string | null;
  /** Hash of the network, as results cite it. */
  readonly version: string;
  /**
   * @param image its ID
   * @param pictures the output, and behind it the ground truth or the input
   * @throws {BadInput} where the network fails on this image
   */
  measure(image: string, pictures: readonly LearnedPicture[]): Promise<LearnedScore>;
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

async function lpipsNetwork(files: readonly string[]): Promise<Network> {
  const [first, second, third] = files;
  if (first === undefined || third !== undefined) {
    throw new BadInput('--lpips takes one ONNX file, or two weight files joined by a comma.');
  }
  if (second !== undefined) return fromCheckpoints(first, second);
  return { onnx: await readBytes(first), warning: null };
}

interface Opened extends Network {
  readonly id: LearnedMetricId;
  readonly contract: MetricContract;
  /** How sentences call it. */
  readonly name: string;
  readonly session: MetricSession;
}

function toolOf({ id, contract, onnx, warning, name, session }: Opened): LearnedTool {
  const version = networkVersion(createHash('sha256').update(onnx).digest('hex'));
  return {
    id,
    contract,
    warning,
    version,
    async measure(image, pictures) {
      try {
        const value = await measureLearned({ name, contract, session }, pictures);
        return { id, version, value, ofPerson: contract.crop.region === 'person' };
      } catch (caught) {
        const { cause } = caught instanceof Error ? caught : {};
        const reason = reasonOf(cause ?? caught);
        throw new BadInput(
          `${name} could not be measured on image ${image}: ${reason.replace(/\.$/, '')}.`,
          caught,
        );
      }
    },
    release: () => session.release(),
  };
}

/**
 * LPIPS from one ONNX file or from the two weight files that everybody can download.
 * @throws {BadInput} where they are something else
 */
export async function openLpips(files: readonly string[]): Promise<LearnedTool> {
  const network = await lpipsNetwork(files);
  const contract = LPIPS_CONTRACT;
  try {
    const ort = await loadOrtInNode();
    const session = await createMetricSession(ort, network.onnx, contract.inputs, null);
    return toolOf({ ...network, id: 'lpips', contract, name: 'LPIPS', session });
  } catch (caught) {
    const reason = reasonOf(caught);
    throw new BadInput(`${files.join(' and ')} cannot be used as LPIPS: ${reason}.`, caught);
  }
}

/**
 * A metric by what its ONNX file says of itself (docs/export.md).
 * @throws {BadInput} where it says nothing, or what its graph contradicts
 */
export async function openMetric(file: string): Promise<LearnedTool> {
  const onnx = await readBytes(file);
  const name = basename(file);
  try {
    const contract = await readMetricFile(blobAccess(new Blob([onnx])), name);
    const id = learnedMetricId(contract, createHash('sha256').update(onnx).digest('hex'));
    const ort = await loadOrtInNode();
    const session = await createMetricSession(ort, onnx, contract.inputs, null);
    return toolOf({ onnx, warning: null, id, contract, name, session });
  } catch (caught) {
    if (caught instanceof OnnxRefusal) throw new BadInput(`${name} ${caught.message}`, caught);
    throw new BadInput(`${name} cannot be used as a metric: ${reasonOf(caught)}.`, caught);
  }
}
