import type { AppContext } from './context.ts';
import { takeInAll } from './intake.ts';
import type { Role, SampleView } from './model.ts';
import type { KnownFile } from './sortFiles.ts';

/** Below the page's own address. */
const LIST = 'samples/samples.json';

interface SampleEntry {
  readonly id: string;
  readonly title: string;
  readonly credit: string;
  readonly input: string;
  readonly gt: string;
  readonly mask: string;
  readonly thumbnail: string;
}

const TEXTS = ['id', 'title', 'credit', 'input', 'gt', 'mask', 'thumbnail'] as const;

function isSample(value: unknown): value is SampleEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  return TEXTS.every((name) => typeof entry[name] === 'string');
}

export interface Samples {
  readonly views: readonly SampleView[];
  /** The files of a sample, fetched; throws an error whose message is a sentence. */
  files(id: string): Promise<KnownFile[]>;
}

/** The list of samples beside the page; empty where there is none. */
export async function loadSamples(
  baseUrl: string,
  fetchFile: (url: string) => Promise<Response>,
): Promise<Samples> {
  const listUrl = new URL(LIST, baseUrl);
  const urlOf = (path: string): string => new URL(path, listUrl).href;
  const response = await fetchFile(listUrl.href);
  if (!response.ok) return { views: [], files: async () => [] };
  const list: unknown = await response.json();
  const raw = typeof list === 'object' && list !== null && 'samples' in list ? list.samples : [];
  const entries = Array.isArray(raw) ? raw.filter(isSample) : [];

  async function fetchOne(entry: SampleEntry, role: 'input' | 'gt' | 'mask'): Promise<KnownFile> {
    const answer = await fetchFile(urlOf(entry[role]));
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const extension = entry[role].slice(entry[role].lastIndexOf('.'));
    const file = new File([await answer.blob()], `${entry.id}_${role}${extension}`);
    return { file, role: role satisfies Role, stem: entry.id, loose: false };
  }

  return {
    views: entries.map(({ id, title, credit, thumbnail }) => ({
      id,
      title,
      credit,
      thumbnailUrl: urlOf(thumbnail),
    })),
    async files(id) {
      const entry = entries.find((candidate) => candidate.id === id);
      if (entry === undefined) return [];
      return Promise.all([
        fetchOne(entry, 'input'),
        fetchOne(entry, 'gt'),
        fetchOne(entry, 'mask'),
      ]);
    },
  };
}

/** Opens a sample as a case like any other. */
export async function openSample(context: AppContext, samples: Samples, id: string): Promise<void> {
  let files: KnownFile[];
  try {
    files = await samples.files(id);
  } catch (error) {
    const title = samples.views.find((sample) => sample.id === id)?.title ?? id;
    const reason = error instanceof Error ? error.message : String(error);
    context.store.notify(
      'error',
      `The sample “${title}” could not be loaded (${reason}). Check the connection and try again.`,
    );
    return;
  }
  await takeInAll(context, files);
}
