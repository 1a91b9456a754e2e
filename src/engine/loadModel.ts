import { sha256Hex } from '../models/sha256.ts';
import type { ModelEntry, Progress } from '../protocol/engine.ts';
import { Failure } from './failure.ts';

async function download(
  entry: ModelEntry,
  report: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(entry.file);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value);
    received += step.value.length;
    report(received);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Fetches a network and checks that it is the one the manifest speaks of: results are kept under its
 * hash, so other bytes must never run in its name.
 * @throws {Failure} `model-load`
 */
export async function loadModel(
  entry: ModelEntry,
  onProgress: (progress: Progress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = entry.file.slice(entry.file.lastIndexOf('/') + 1);
  try {
    const bytes = await download(entry, (received) =>
      onProgress({ stage: 'loading-model', done: received, total: entry.bytes, secondsLeft: null }),
    );
    if ((await sha256Hex(bytes)) !== entry.sha256) {
      throw new Error('the file is not the one the model list describes');
    }
    return bytes;
  } catch (caught) {
    const detail = caught instanceof Error ? caught.message : String(caught);
    throw new Failure(
      'model-load',
      `The model ${entry.title} (${name}) could not be loaded: ${detail}. Check the connection and press “Restore again”.`,
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
    const detail = caught instanceof Error ? caught.message : String(caught);
    throw new Failure(
      'model-load',
      `The model list ${url} could not be read: ${detail}. Check the connection and reload the page.`,
      caught,
    );
  }
}
