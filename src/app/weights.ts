import { hexOf } from '../core/bytes.ts';
import type { WeightKind } from '../protocol/learned.ts';
import type { AppContext } from './context.ts';
import { setWaiting, showLearned, showNetworks, takeNetwork } from './learnedNetworks.ts';
import { sentenceOf } from './sentences.ts';

const NAMES = /\.(pth|pt)$/i;
/** What a checkpoint of old PyTorch begins with: a pickle of its magic number. */
const LEGACY = '80028a0a6cfc9c46f9206aa85019';
/** What a zip archive begins with; a checkpoint's first member is `<name>/data.pkl`. */
const ZIP = '504b0304';

/** Whether a file is a PyTorch checkpoint, by its name or by how it begins. */
export async function isWeightFile(file: File): Promise<boolean> {
  if (NAMES.test(file.name)) return true;
  // A file that cannot be read is no concern of this: its decoder says so, by name.
  const start = await file
    .slice(0, 256)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const bytes = new Uint8Array(start);
  const hex = hexOf(bytes);
  if (hex.startsWith(LEGACY)) return true;
  return hex.startsWith(ZIP) && new TextDecoder('latin1').decode(bytes).includes('/data.pkl');
}

const OTHER: Readonly<Record<WeightKind, string>> = {
  alexnet: 'holds AlexNet. LPIPS also needs its linear heads: drop alex.pth from LPIPS v0.1 too.',
  heads:
    'holds the linear heads of LPIPS. It also needs AlexNet: drop alexnet-owt-7be5be79.pth from torchvision too.',
};

async function readOne(context: AppContext, file: File): Promise<void> {
  const { engine, store, weights } = context;
  const { name } = file;
  const kind = await engine.call((api) => api.identifyWeights({ file, name }));
  if (!kind.ok) {
    store.notify('error', sentenceOf(kind.error, name));
    return;
  }
  const first = weights.waiting;
  if (first === null || first.kind === kind.value) {
    await setWaiting(context, { file, kind: kind.value });
    return;
  }
  showLearned(context, true);
  const files = [
    { file: first.file, name: first.file.name },
    { file, name },
  ] as const;
  await takeNetwork(context, await engine.call((api) => api.buildLpips(files)), name);
}

async function read(context: AppContext, files: readonly File[]): Promise<void> {
  for (const file of files) {
    await readOne(context, file);
    showLearned(context);
  }
  const { waiting } = context.weights;
  if (waiting !== null) {
    context.store.notify('info', `“${waiting.file.name}” ${OTHER[waiting.kind]}`);
  }
  await showNetworks(context);
}

/** Takes weight files in, in whatever order they come; the first of two waits for the other. */
export function addWeights(context: AppContext, files: readonly File[]): void {
  const names = files.map(({ name }) => name).join(', ');
  context.jobs.add({
    kind: 'network',
    caseId: '',
    label: `Reading ${names}`,
    cancellable: false,
    run: () => read(context, files),
  });
}
