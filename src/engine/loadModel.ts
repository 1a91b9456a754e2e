import type { ModelBytes } from '../models/session.ts';
import { sha256Hex } from '../models/sha256.ts';
import type { ModelEntry, Progress } from '../protocol/engine.ts';
import type { ModelFiles } from '../protocol/models.ts';
import { Failure, reasonOf } from './failure.ts';
import { externalDataFor, inspectFiles } from './trial.ts';

/** The bytes of a stream, each chunk reported as it comes. */
async function drain(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  report: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value);
    received += step.value.length;
    report(received);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** What is needed of a network's entry to read its file. */
type Listed = Pick<ModelEntry, 'title' | 'source' | 'bytes' | 'sha256'>;

async function open(
  { source }: Listed,
  files: ModelFiles | null,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (source.kind === 'user') {
    if (!files) throw new Error('its file is not there any more');
    return files.file.stream();
  }
  const response = await fetch(source.url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  return response.body;
}

function fileNameOf({ source }: Listed): string {
  return source.kind === 'user'
    ? source.fileName
    : source.url.slice(source.url.lastIndexOf('/') + 1);
}

/**
 * Reads a network and checks that it is the one its entry speaks of: results are kept under its hash,
 * so other bytes must never run in its name.
 * @param files of a user's model; null for one of the list, which is fetched
 * @throws {Failure} `model-load`
 */
export async function loadModel(
  entry: Listed,
  files: ModelFiles | null,
  onProgress: (progress: Progress) => void,
): Promise<ModelBytes> {
  try {
    const onnx = await drain(await open(entry, files), (received) =>
      onProgress({ stage: 'loading-model', done: received, total: entry.bytes, secondsLeft: null }),
    );
    if ((await sha256Hex(onnx)) !== entry.sha256) {
      throw new Error('the file is not the one the model list describes');
    }
    const beside = files !== null && files.externalData.length > 0;
    return {
      onnx,
      externalData: beside ? externalDataFor(await inspectFiles(files), files) : [],
    };
  } catch (caught) {
    const remedy =
      entry.source.kind === 'user'
        ? 'Remove the model and drop its file again'
        : 'Check the connection and try again';
    throw new Failure(
      'model-load',
      `The model ${entry.title} (${fileNameOf(entry)}) could not be loaded: ${reasonOf(caught)}. ${remedy}.`,
      caught,
    );
  }
}

/**
 * Fetches and parses the model list.
 * @throws {Failure} `model-load`
 */
export async function fetchManifest(url: string): Promise<unknown> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.json();
  } catch (caught) {
    throw new Failure(
      'model-load',
      `The model list ${url} could not be read: ${reasonOf(caught)}. Check the connection and reload the page.`,
      caught,
    );
  }
}
