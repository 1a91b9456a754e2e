import { readFileSync } from 'node:fs';

/** A file as Playwright hands it to a file input. */
export interface UploadFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

interface SampleEntry {
  readonly id: string;
  readonly title: string;
  readonly input: string;
  readonly gt: string;
  readonly mask: string;
}

const ROOT = 'public/samples';

/** The samples that the project ships, as listed for the page. */
export function listSamples(): SampleEntry[] {
  return JSON.parse(readFileSync(`${ROOT}/samples.json`, 'utf8')).samples;
}

/** The first sample, which the tests drop like a user's own files. */
export function firstSample(): SampleEntry {
  const [sample] = listSamples();
  if (!sample) throw new Error('public/samples/samples.json lists no sample');
  return sample;
}

/** A sample's file under the name a data set would give it, e.g. `001_input.jpg`. */
export function sampleFile(
  sample: SampleEntry,
  role: 'input' | 'gt' | 'mask',
  stem = '001',
): UploadFile {
  const path = sample[role];
  const extension = path.slice(path.lastIndexOf('.'));
  return {
    name: `${stem}_${role}${extension}`,
    mimeType: extension === '.png' ? 'image/png' : 'image/jpeg',
    buffer: readFileSync(`${ROOT}/${path}`),
  };
}

/** Input, ground truth and mask of the first sample. */
export function sampleTriple(stem = '001'): UploadFile[] {
  const sample = firstSample();
  return (['input', 'gt', 'mask'] as const).map((role) => sampleFile(sample, role, stem));
}
