import 'fake-indexeddb/auto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { score } from '../../cli/score.ts';
import type { BenchSource } from '../../src/app/bench/model.ts';
import { makeArchives } from '../../src/codecs/archive/archive.ts';
import { noticesOf, testBench } from '../helpers/app.ts';

const GOLDEN = 'tests/fixtures/golden';
const NETWORKS = ['metric-single.onnx', 'metric-map.onnx'];

const FOLDERS = ['gt', 'output', 'mask_personmask'];
/** The small ones; 008 has no mask, 010 has enough blocks for NIQE. */
const IDS = /^(001|002|003|004|008|010)\./;

const network = (name: string) => new File([readFileSync(join('tests/fixtures/onnx', name))], name);

/** Some golden cases, copied to where nothing else lies. */
function copyGolden(root: string): void {
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(GOLDEN, folder)).filter((own) => IDS.test(own))) {
      cpSync(join(GOLDEN, folder, name), join(root, folder, name));
    }
  }
}

function sources(root: string): BenchSource[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => ({
      path: `golden/${folder}/${name}`,
      file: new File([readFileSync(join(root, folder, name))], name, { lastModified: 1 }),
    })),
  );
}

it('the bench writes the files of the command line for the golden set', async () => {
  const root = mkdtempSync(join(tmpdir(), 'loupe-golden-'));
  const folder = join(root, 'scores');
  copyGolden(root);
  globalThis.indexedDB = new IDBFactory();
  const app = await testBench().open();
  try {
    const folders = [
      ['--gt', 'gt'],
      ['--output', 'output'],
      ['--mask', 'mask_personmask'],
    ].flatMap(([option, name]) => [option ?? '', join(root, name ?? '')]);
    // Given in another order than that of their ids, which the rows have.
    const metrics = NETWORKS.flatMap((name) => ['--metric', join('tests/fixtures/onnx', name)]);
    await score([...folders, ...metrics, '--out', folder, '--device', 'cpu']);
    await app.commands.addFiles(NETWORKS.map(network));
    await app.idle();
    await app.bench.commands.add(sources(root));
    await app.bench.commands.setMetricSet('all-and-niqe');
    await app.bench.commands.measure();
    expect(app.bench.state.run.failures).toEqual([]);
    const zip = await app.bench.commands.exportFile({ kind: 'organisers', method: 'output' });
    if (zip === null) throw new Error(noticesOf(app, 'error').join(' '));
    const archives = makeArchives();
    const opened = await archives.open(zip, zip.name);
    if (!opened.ok) throw new Error(opened.error.message);
    const { handle, entries } = opened.value;
    expect(entries.map(({ path }) => path).toSorted()).toEqual(readdirSync(folder).toSorted());
    for (const { path } of entries) {
      const read = await archives.read(handle, path);
      if (!read.ok) throw new Error(read.error.message);
      expect(await read.value.text(), path).toBe(readFileSync(join(folder, path), 'utf8'));
    }
  } finally {
    await app.close();
    rmSync(root, { recursive: true });
  }
}, 300_000);
