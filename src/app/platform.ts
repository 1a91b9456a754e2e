import { wrap } from 'comlink';
import type { ArchiveApi } from '../protocol/archive.ts';
import type { CodecApi } from '../protocol/codec.ts';
import type { EngineApi } from '../protocol/engine.ts';
import type { ReviewApi } from '../protocol/review.ts';
import type { VotesApi } from '../protocol/votes.ts';
import type { QuotaSource } from '../storage/quota.ts';
import type { WorkerConnection } from './workerClient.ts';

/** What the app needs from the browser, in one place: unit tests hand in their own. */
export interface Platform {
  /** Samples and models are found beside the page, in whatever folder it is served from. */
  readonly baseUrl: string;
  /** The address's query, e.g. "?provider=wasm". */
  readonly search: string;
  /** False on plain http: browsers then withhold WebGPU and the hashes that storage goes by. */
  readonly secure: boolean;
  readonly quota: QuotaSource | null;
  /** Name and version: with the adapter, what a verdict on this device's numbers hangs on. */
  readonly browser: string;
  /** How long nothing must happen before jobs of the background start, in ms. */
  readonly quiet: number;
  connectCodec(): WorkerConnection<CodecApi>;
  connectEngine(): WorkerConnection<EngineApi>;
  connectReview(): WorkerConnection<ReviewApi>;
  connectVotes(): WorkerConnection<VotesApi>;
  connectArchive(): WorkerConnection<ArchiveApi>;
  /** Processor cores, as far as the browser tells. */
  readonly cores: number;
  fetch(url: string): Promise<Response>;
  /** For pictures that are only shown (overlays); measured ones come from the codec worker. */
  decodeBitmap(file: Blob): Promise<ImageBitmap>;
  /** A picture of this size that is transparent but for `bitmap`, whose corner lies at `at`. */
  placeBitmap(
    bitmap: ImageBitmap,
    at: { readonly x: number; readonly y: number },
    size: { readonly width: number; readonly height: number },
  ): Promise<ImageBitmap>;
  /** A JPEG of at most `THUMBNAIL_SIDE` px a side. */
  makeThumbnail(bitmap: ImageBitmap): Promise<Blob>;
  /**
   * Takes a lock that only one tab can hold; null where another tab has it. The function that is given
   * back lets it go; so does closing the tab.
   */
  lock(name: string): Promise<(() => void) | null>;
  /** Calls the listener whenever the page leaves the screen, perhaps for good. */
  onHide(listener: () => void): void;
  /** Calls the listener whenever the page comes back on screen. */
  onShow(listener: () => void): void;
  /** Whether the page is on screen now. */
  visible(): boolean;
  /** Milliseconds, monotonic. */
  now(): number;
}

const THUMBNAIL_SIDE = 192;

const PING_INTERVAL = 250;

/**
 * Asks the worker for its lock (`serve`) until it answers: what is asked before its own code ran may be
 * lost, and any answer proves that it runs. Gives up silently when `ended`.
 * @returns null where it has no lock
 */
async function firstAnswer(worker: Worker, ended: AbortSignal): Promise<string | null> {
  const probe = wrap<{ life(): string | null }>(worker);
  return new Promise((resolve) => {
    let answered = false;
    const answer = (lock: string | null): void => {
      answered = true;
      clearInterval(timer);
      resolve(lock);
    };
    const ask = (): void => {
      if (answered || ended.aborted) answer(null);
      else probe.life().then(answer, () => answer(null));
    };
    const timer = setInterval(ask, PING_INTERVAL);
    ask();
  });
}

/** Calls the listener when nobody holds this lock any more. */
function whenFree(lock: string, listener: () => void, signal: AbortSignal): void {
  navigator.locks
    .request(lock, { signal }, listener)
    // It was not waited for to the end: the page itself ended the worker.
    .catch(() => undefined);
}

/** A worker whose methods all answer with promises, so that its API is the remote's as it stands. */
export function connectWorker<Api>(worker: Worker): WorkerConnection<Api> {
  const ended = new AbortController();
  let died: (reason: string) => void = () => undefined;
  return {
    api: wrap<Api>(worker) as Api,
    async ready() {
      const lock = await firstAnswer(worker, ended.signal);
      if (lock !== null) whenFree(lock, () => died('the browser ended it'), ended.signal);
    },
    onDeath(listener) {
      died = listener;
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'its program could not be loaded');
      });
      worker.addEventListener('messageerror', () => listener('an answer could not be read'));
    },
    terminate() {
      ended.abort();
      worker.terminate();
    },
  };
}

async function makeThumbnail(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gave no 2-D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

/** A lock over all tabs of this page; without the browser's help every tab gets it. */
function lock(name: string): Promise<(() => void) | null> {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const asked = locks.request(name, { ifAvailable: true }, (held) => {
      if (held === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => resolve(release));
    });
    asked.catch(() => resolve(() => undefined));
  });
}

/** The real one: two module workers, the page's address, its storage. */
export function browserPlatform(): Platform {
  return {
    baseUrl: document.baseURI,
    search: location.search,
    secure: isSecureContext,
    quota: navigator.storage ?? null,
    browser: navigator.userAgent,
    quiet: 3000,
    connectCodec: () =>
      connectWorker(
        new Worker(new URL('../workers/codec.worker.ts', import.meta.url), { type: 'module' }),
      ),
    connectEngine: () =>
      connectWorker(
        new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module' }),
      ),
    connectReview: () =>
      connectWorker(
        new Worker(new URL('../workers/review.worker.ts', import.meta.url), { type: 'module' }),
      ),
    connectVotes: () =>
      connectWorker(
        new Worker(new URL('../workers/votes.worker.ts', import.meta.url), { type: 'module' }),
      ),
    connectArchive: () =>
      connectWorker(
        new Worker(new URL('../workers/archive.worker.ts', import.meta.url), { type: 'module' }),
      ),
    cores: navigator.hardwareConcurrency,
    fetch: (url) => fetch(url),
    decodeBitmap: (file) => createImageBitmap(file),
    // A part that reaches beyond the bitmap is transparent there.
    placeBitmap: (bitmap, { x, y }, { width, height }) =>
      createImageBitmap(bitmap, -x, -y, width, height),
    makeThumbnail,
    lock,
    onHide(listener) {
      addEventListener('pagehide', listener);
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') listener();
      });
    },
    onShow(listener) {
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') listener();
      });
      addEventListener('focus', listener);
    },
    visible: () => document.visibilityState === 'visible',
    now: () => performance.now(),
  };
}
