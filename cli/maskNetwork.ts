import { fileURLToPath } from 'node:url';
import { readMasks } from '../src/models/maskManifest.ts';
import { createMetricSession, type MetricSession } from '../src/models/metricSession.ts';
import type { MaskEntry } from '../src/protocol/visitor.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readListed, readManifestFile } from './models.ts';
import { loadOrtInNode } from './ort.ts';

/** A network that finds the person, ready to run on WASM. */
export interface OpenMask {
  readonly entry: MaskEntry;
  readonly session: MetricSession;
}

/** The model list's network that finds the person. @throws {BadInput} where it cannot be used */
export async function openMaskNetwork(): Promise<OpenMask> {
  const { json, url } = await readManifestFile();
  const masks = readMasks(json, url);
  if (!masks.ok) throw new BadInput(masks.error.message);
  const [entry] = masks.value;
  if (!entry) throw new BadInput('The model list has no network that finds people.');
  const onnx = await readListed(fileURLToPath(entry.url), entry.sha256);
  try {
    const ort = await loadOrtInNode();
    return { entry, session: await createMetricSession(ort, onnx, [entry.input.name], null) };
  } catch (caught) {
    throw new BadInput(`${entry.title} cannot be run: ${reasonOf(caught)}.`, caught);
  }
}
