import { createHash } from 'node:crypto';
import { type App, createApp } from '../../src/app/createApp.ts';
import type { CaseView, Role } from '../../src/app/model.ts';
import type { Platform } from '../../src/app/platform.ts';
import type { WorkerConnection } from '../../src/app/workerClient.ts';
import { makeArchives } from '../../src/codecs/archive/archive.ts';
import { encodePng } from '../../src/codecs/png/encode.ts';
import { makeReview } from '../../src/engine/review.ts';
import { makeVotes } from '../../src/engine/votes.ts';
import type { CodecApi } from '../../src/protocol/codec.ts';
import type { EngineApi } from '../../src/protocol/engine.ts';
import type { QuotaSource } from '../../src/storage/quota.ts';
import { nodeCodec, TestBitmap } from './appCodec.ts';
import { type EngineControl, makeGainEngine } from './appEngine.ts';

/** A PNG whose pixels are made by a function of x and y that gives [R, G, B]. */
export async function pngFile(
  name: string,
  [width, height]: readonly [number, number],
  colour: (x: number, y: number) => readonly [number, number, number],
): Promise<File> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set([...colour(x, y), 255], (y * width + x) * 4);
    }
  }
  const png = await encodePng({ width, height, data }, null);
  return new File([png], name, { type: 'image/png' });
}

export const SIZE = [12, 16] as const;

/** A dark scene; `seed` makes it another one. */
export const dark = (name: string, seed = 1, size: readonly [number, number] = SIZE) =>
  pngFile(name, size, (x, y) => [
    10 + ((x * seed * 7 + y) % 50),
    20 + ((y * seed * 5) % 40),
    15 + ((x * y * seed) % 30),
  ]);

/** The same scene in good light. */
export const bright = (name: string, seed = 1, size: readonly [number, number] = SIZE) =>
  pngFile(name, size, (x, y) => [
    25 + 2 * ((x * seed * 7 + y) % 50),
    40 + 2 * ((y * seed * 5) % 40),
    30 + 2 * ((x * y * seed) % 30),
  ]);

/** The same scene again, brighter still. */
export const glaring = (name: string, seed = 1, size: readonly [number, number] = SIZE) =>
  pngFile(name, size, (x, y) => [
    40 + 3 * ((x * seed * 7 + y) % 50),
    60 + 3 * ((y * seed * 5) % 40),
    45 + 3 * ((x * y * seed) % 30),
  ]);

/** White inside a centred rectangle. */
export const mask = (name: string, size: readonly [number, number] = SIZE, inset = 4) =>
  pngFile(name, size, (x, y) => {
    const inside =
      x * inset >= size[0] && x * inset < (inset - 1) * size[0] && y * 2 >= size[1] / 2;
    return inside ? [255, 255, 255] : [0, 0, 0];
  });

/** A worker's API in this thread that can be made to die like a worker. */
class LocalWorkers<Api extends object> {
  started = 0;
  private readonly make: () => Api;
  private current: { kill: (reason: string) => void } | null = null;

  constructor(make: () => Api) {
    this.make = make;
  }

  connect(): WorkerConnection<Api> {
    this.started += 1;
    let dead = false;
    let died: (reason: string) => void = () => undefined;
    this.current = {
      kill: (reason) => {
        dead = true;
        died(reason);
      },
    };
    // A dead worker answers nothing at all, neither what is pending nor what comes.
    const api = new Proxy(this.make(), {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...values: unknown[]) =>
          new Promise((resolve, reject) => {
            if (dead) return;
            Promise.resolve(method.apply(target, values)).then(
              (value) => dead || resolve(value),
              (error) => dead || reject(error),
            );
          });
      },
    });
    return {
      api,
      ready: async () => undefined,
      onDeath: (listener) => {
        died = listener;
      },
      terminate: () => {
        dead = true;
      },
    };
  }

  kill(reason: string): void {
    this.current?.kill(reason);
  }
}

export interface TestBench {
  /** Opens the page on the storage that is there, as a reload would. */
  open(): Promise<App>;
  /** The same, without waiting for what is stored. */
  start(): App;
  readonly engine: EngineControl;
  readonly engines: LocalWorkers<EngineApi>;
  readonly codecs: LocalWorkers<CodecApi>;
  /** Files the page can fetch, by path below its address. */
  readonly served: Map<string, BlobPart>;
  search: string;
  /** What the next page is told of the browser's storage. */
  quota: QuotaSource | null;
  browser: string;
  /** Locks that some page holds. */
  readonly locks: Set<string>;
  /** Bitmaps that were placed in larger ones, and where. */
  readonly placed: Array<{ readonly at: object; readonly size: readonly [number, number] }>;
  /** In ms; see `Platform`. */
  quiet: number;
  /** The names of all files that were decoded, in order. */
  readonly decoded: string[];
  /** Set to make the codec wait before it decodes, encodes, and draws or softens a mask. */
  beforeDecoding: () => Promise<void>;
  beforeEncoding: () => Promise<void>;
  beforeMasks: () => Promise<void>;
  /** What the page is told when it leaves the screen. */
  readonly hide: Array<() => void>;
  /** What the page is told when it comes back on screen. */
  readonly show: Array<() => void>;
  /** What the platform says of the page's address. */
  secure: boolean;
  /** Whether the page is on screen. */
  visible: boolean;
  /** Milliseconds that the clock is ahead. */
  later: number;
}

const BASE = 'http://localhost/some/folder/';

/** The app on IndexedDB (set up by the caller), with a tiny engine whose output is the input doubled. */
export function testBench(): TestBench {
  const engine = makeGainEngine();
  const engines = new LocalWorkers(() => engine.api());
  const codecs = new LocalWorkers(() => {
    const codec = nodeCodec();
    return {
      ...codec,
      async decode(...[file, name]: Parameters<CodecApi['decode']>) {
        bench.decoded.push(name);
        await bench.beforeDecoding();
        return codec.decode(file, name);
      },
      async encodePng(...values: Parameters<CodecApi['encodePng']>) {
        await bench.beforeEncoding();
        return codec.encodePng(...values);
      },
      async renderOverlay(...values: Parameters<CodecApi['renderOverlay']>) {
        await bench.beforeMasks();
        return codec.renderOverlay(...values);
      },
      async featherMask(...values: Parameters<CodecApi['featherMask']>) {
        await bench.beforeMasks();
        return codec.featherMask(...values);
      },
    };
  });
  const archives = new LocalWorkers(makeArchives);
  const reviews = new LocalWorkers(makeReview);
  const votes = new LocalWorkers(makeVotes);
  const served = new Map<string, BlobPart>();
  const bench: TestBench = {
    engine,
    engines,
    codecs,
    served,
    locks: new Set(),
    placed: [],
    search: '',
    quota: null,
    browser: 'Test 1',
    quiet: 0,
    secure: true,
    visible: true,
    later: 0,
    decoded: [],
    beforeDecoding: async () => undefined,
    beforeEncoding: async () => undefined,
    beforeMasks: async () => undefined,
    hide: [],
    show: [],
    async open() {
      const app = bench.start();
      await app.opened;
      return app;
    },
    start() {
      const platform: Platform = {
        baseUrl: BASE,
        search: bench.search,
        quota: bench.quota,
        browser: bench.browser,
        quiet: bench.quiet,
        secure: bench.secure,
        connectCodec: () => codecs.connect(),
        connectEngine: () => engines.connect(),
        connectReview: () => reviews.connect(),
        connectVotes: () => votes.connect(),
        connectArchive: () => archives.connect(),
        cores: 4,
        lock: async (name) => {
          if (bench.locks.has(name)) return null;
          bench.locks.add(name);
          return () => bench.locks.delete(name);
        },
        fetch: async (url) => {
          const body = served.get(url.slice(BASE.length));
          return body === undefined
            ? new Response('', { status: 404 })
            : new Response(new Blob([body]));
        },
        decodeBitmap: async (file) => {
          const decoded = await nodeCodec().decode(file, 'overlay.png');
          if (!decoded.ok) throw new Error(decoded.error.message);
          return decoded.value.bitmap;
        },
        placeBitmap: async (_, at, { width, height }) => {
          bench.placed.push({ at, size: [width, height] });
          return new TestBitmap(width, height);
        },
        makeThumbnail: async () => new Blob(['thumbnail'], { type: 'image/jpeg' }),
        onHide: (listener) => bench.hide.push(listener),
        onShow: (listener) => bench.show.push(listener),
        visible: () => bench.visible,
        now: () => performance.now() + bench.later,
      };
      return createApp({ platform });
    },
  };
  return bench;
}

/** The case on screen; throws where there is none. */
export function currentCase(app: App): CaseView {
  const found = app.state.cases.find(({ id }) => id === app.state.currentCaseId);
  if (found === undefined) throw new Error('No case is on screen.');
  return found;
}

/** The case on screen as it is now: the store's own view changes with it. */
export const snapshot = (app: App): CaseView => ({ ...currentCase(app) });

/** How often a call of the engine was made. */
export const callsOf = ({ engine }: TestBench, name: string): number =>
  engine.calls.filter((call) => call === name).length;

/** The engine stands still until the function is called that comes back. */
export function holdEngine({ engine }: TestBench): () => void {
  let open = () => {};
  engine.hold = new Promise((resolve) => {
    open = () => {
      engine.hold = null;
      resolve();
    };
  });
  return () => open();
}

/** Names of a case's files by role. */
export function namesOf(view: CaseView): Record<Role, string | null> {
  return {
    input: view.input?.name ?? null,
    output: view.output?.picture.name ?? null,
    gt: view.gt?.name ?? null,
    mask: view.mask?.name ?? null,
  };
}

export const noticesOf = (app: App, severity: 'error' | 'warning' | 'info'): string[] =>
  app.state.notices.filter((notice) => notice.severity === severity).map(({ text }) => text);

export async function sha256Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex');
}
