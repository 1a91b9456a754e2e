// Renders the sample pairs: compiles the renderer, runs it for each scene, and writes
// public/samples/<id>/{input,gt,thumbnail}.jpg, mask.png and public/samples/samples.json.
//
//   node scripts/samples/render.mjs [--only <id>] [--scale 0.25] [--draft] [--out <folder>] [--keep <folder>]
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { takeBright, takeDim, takeMask } from './camera.mjs';
import { readRender, writeJpeg, writeMask } from './files.mjs';
import { samples } from './samples.mjs';
import { thumbnail } from './thumbnail.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    draft: { type: 'boolean', default: false },
    out: { type: 'string', default: join(here, '../../public/samples') },
    keep: { type: 'string' },
  },
});

function compile(folder) {
  const program = join(folder, 'render');
  const flags = [
    '-std=c++17',
    '-O3',
    '-ffast-math',
    '-o',
    program,
    join(here, 'render.cpp'),
    '-lpthread',
  ];
  execFileSync(process.env.CXX ?? 'g++', flags, { stdio: 'inherit' });
  return program;
}

async function renderOne(program, folder, sample) {
  const even = (n) => 2 * Math.round((n * Number(options.scale)) / 2);
  const [width, height] = [even(sample.width), even(sample.height)];
  const raw = join(folder, `${sample.id}-${width}.raw`);
  const quality = options.draft ? [4, 3, 12] : [8, 4, 20];
  const known = options.keep && (await stat(raw).catch(() => undefined));
  if (!known) {
    const numbers = [width, height, ...quality, availableParallelism()].map(String);
    execFileSync(program, [sample.id, raw, ...numbers], { stdio: 'inherit' });
  }
  const render = await readRender(raw, width, height);
  const target = join(options.out, sample.id);
  await mkdir(target, { recursive: true });
  const bright = takeBright(render, sample.bright);
  const dim = takeDim(render, sample.dim);
  await writeJpeg(join(target, 'gt.jpg'), bright, width, height, 93);
  await writeJpeg(join(target, 'input.jpg'), dim, width, height, 93);
  await writeMask(join(target, 'mask.png'), takeMask(render), width, height);
  const small = thumbnail(dim, bright, width, height, 192);
  await writeJpeg(join(target, 'thumbnail.jpg'), small.rgba, small.width, small.height, 88);
  return { width, height };
}

function describe(sample, size) {
  return {
    id: sample.id,
    title: sample.title,
    credit: sample.credit,
    ...size,
    input: `${sample.id}/input.jpg`,
    gt: `${sample.id}/gt.jpg`,
    mask: `${sample.id}/mask.png`,
    thumbnail: `${sample.id}/thumbnail.jpg`,
  };
}

const temporary = await mkdtemp(join(tmpdir(), 'samples-'));
try {
  const folder = options.keep ?? temporary;
  await mkdir(folder, { recursive: true });
  const program = compile(temporary);
  const listed = [];
  for (const sample of samples) {
    if (options.only && options.only !== sample.id) continue;
    const start = performance.now();
    listed.push(describe(sample, await renderOne(program, folder, sample)));
    console.log(`${sample.id}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  if (!options.only) {
    const text = `${JSON.stringify({ version: 1, samples: listed }, null, 2)}\n`;
    await writeFile(join(options.out, 'samples.json'), text);
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}
