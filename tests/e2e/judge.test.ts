import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { analyse } from '../../src/core/judge/analysis.ts';
import { COMBINATIONS, combine } from '../../src/core/judge/combine.ts';
import { PROTOCOLS } from '../../src/core/judge/protocols.ts';
import type { Study, StudyKey } from '../../src/core/judge/study.ts';
import type { VoteFile } from '../../src/core/judge/votes.ts';
import { makeRandom } from '../../src/core/stats/random.ts';
import { findings } from '../helpers/axe.ts';
import { outputPng, stemsOf, writeSet } from '../helpers/benchSet.ts';
import { ARTEFACTS, launchBrowser, openWatchedPage, type WatchedPage } from '../helpers/page.ts';

/** How far each method's pictures are from the ground truth, in grey levels. */
const METHODS = { quince: 8, medlar: 20, damson: 34, bullace: 50, rowan: 68, greengage: 90 };
const NAMES = Object.keys(METHODS);
const CASES = 8;
const ITEMS = 14;
/** A vote that is given faster than this is one that nobody looked for. */
const LOOKING_MS = 1100;

let browser: Browser;
let set: string;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  set = await writeSet({ cases: CASES, methods: METHODS });
});
afterAll(async () => {
  await browser.close();
  rmSync(dirname(set), { recursive: true });
});

async function newProfile(options: { readonly bypassCSP?: boolean } = {}): Promise<Page> {
  const watched = await openWatchedPage(browser, options);
  opened.push(watched);
  return watched.page;
}

async function dropSet(page: Page): Promise<void> {
  await page.goto(`${inject('appUrl')}#/bench`);
  await page.getByTestId('bench-folder-input').setInputFiles(set);
  await page.getByText(`${CASES * NAMES.length} of ${CASES * NAMES.length} outputs`).waitFor();
}

async function saved(page: Page, button: Locator): Promise<string> {
  const waiting = page.waitForEvent('download');
  await button.click();
  const download = await waiting;
  for (const name of NAMES) expect(download.suggestedFilename()).not.toContain(name);
  const path = `${dirname(set)}/${download.suggestedFilename()}`;
  await download.saveAs(path);
  return path;
}

async function makeStudy(page: Page): Promise<{ study: string; key: string }> {
  await dropSet(page);
  await page.goto(`${inject('appUrl')}#/judge/new`);
  await page.getByTestId('study-title').fill('Evening faces');
  await page.getByTestId('protocol').selectOption('pair-forced');
  for (const [id, value] of Object.entries({
    perRater: '12',
    training: '1',
    golden: '1',
    seed: 'evening',
  })) {
    await page.getByTestId(`plan-${id}`).fill(value);
    await page.getByTestId(`plan-${id}`).press('Tab');
  }
  expect(await page.getByTestId('votes-needed').textContent()).toMatch(/about \d+ votes a pair/);
  await page.getByTestId('make-study').click();
  const study = await saved(page, page.getByRole('button', { name: 'Study for the raters' }));
  const key = await saved(page, page.getByRole('button', { name: 'Key', exact: true }));
  return { study, key };
}

/** The page must tell a rater nothing: not in its elements, their names, its title or its requests. */
async function expectBlind(page: Page): Promise<void> {
  const told = await page.evaluate(() => ({
    html: document.documentElement.innerHTML,
    text: document.body.textContent ?? '',
    title: document.title,
    address: location.hash,
    requests: performance.getEntriesByType('resource').map(({ name }) => name),
  }));
  const names = await page.locator('body').ariaSnapshot();
  const all = [told.html, told.title, told.address, ...told.requests, names].join('\n');
  for (const name of NAMES) expect(all).not.toContain(name);
  expect(all).not.toMatch(/PSNR|SSIM|LPIPS|NIQE|ΔE|DeltaE/);
  expect(`${told.text}\n${told.title}\n${names}`).not.toMatch(/\b00[1-8]\b/);
  expect(names).toContain('Picture A');
}

/** How uneven a picture looks: the rater's eyes. */
const roughness = (page: Page, letter: string): Promise<number> =>
  page.locator(`[data-picture="${letter}"] canvas`).evaluate(async (canvas) => {
    for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d');
    const data = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    let sum = 0;
    for (let i = 8; i < data.length; i += 4) {
      sum += Math.abs((data[i] ?? 0) - 2 * (data[i - 4] ?? 0) + (data[i - 8] ?? 0));
    }
    return sum;
  });

const indexOf = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('voting').getAttribute('data-index'));

/** Looks at both pictures and prefers the smoother one, now and then by mistake the other. */
async function voteOnce(page: Page, mistaken: boolean): Promise<void> {
  const index = await indexOf(page);
  const [left, right] = [await roughness(page, 'A'), await roughness(page, 'B')];
  await page.waitForTimeout(LOOKING_MS);
  await page.keyboard.press(left < right !== mistaken ? 'ArrowLeft' : 'ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => indexOf(page)).toBe(index + 1);
}

/** A rater in a profile of their own, who gets the study's file and gives back a votes file. */
async function rate(study: string, rater: string, reloads: boolean): Promise<string> {
  const page = await newProfile();
  await page.goto(`${inject('appUrl')}#/judge`);
  await page.getByTestId('judge-file-input').setInputFiles(study);
  await page.getByRole('link', { name: 'Evening faces' }).click();
  await page.getByTestId('rater-name').fill(rater);
  await page.getByTestId('consent').check();
  await page.getByTestId('begin-voting').click();
  await page.getByText('Training').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  const random = makeRandom(`mistakes of ${rater}`);
  for (let item = 0; item < ITEMS; item += 1) {
    expect(await indexOf(page)).toBe(item);
    if (item < 3) await expectBlind(page);
    // The golden comparison must be got right; where it stands is not to be seen.
    await voteOnce(page, random.next() < 0.1);
    if (reloads && item === 6) {
      await page.reload();
      await page.getByTestId('voting').waitFor();
    }
  }
  await page.getByTestId('voting-done').waitFor();
  return saved(page, page.getByRole('button', { name: 'Save your votes' }));
}

/** The set measured, and the one number that a browser cannot measure without weights imported. */
async function measure(page: Page): Promise<void> {
  await dropSet(page);
  await page.getByTestId('bench-measure').click();
  await page.locator('[data-testid="bench-run"][data-status="done"]').waitFor();
  const rows = stemsOf(CASES).flatMap((stem) =>
    Object.entries(METHODS).map(([method, distance]) => `${stem},${method},${distance / 1000}`),
  );
  await page.getByTestId('bench-file-input').setInputFiles({
    name: 'lpips.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`image_id,method,LPIPS_person\n${rows.join('\n')}\n`),
  });
}

const numbersOf = (page: Page): Promise<Record<string, Record<string, string>>> =>
  page
    .getByTestId('judgement-table')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          (row as HTMLElement).dataset.method,
          { ...(row as HTMLElement).dataset },
        ]),
      ),
    );

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

it('six methods are judged blind by three raters, merged, ranked with intervals and combined', async () => {
  const { study, key } = await makeStudy(await newProfile());
  const votes = await Promise.all(
    ['ann', 'bob', 'cleo'].map((rater) => rate(study, rater, rater === 'bob')),
  );
  const files = votes.map((path) => json(path) as VoteFile);
  expect(files.map((file) => [file.rater, file.finished, file.votes.length])).toEqual(
    ['ann', 'bob', 'cleo'].map((rater) => [rater, true, ITEMS]),
  );

  // axe is injected by the test; the policy that forbids it is tested elsewhere.
  const page = await newProfile({ bypassCSP: true });
  await measure(page);
  await page.goto(`${inject('appUrl')}#/judge`);
  await page.getByTestId('judge-file-input').setInputFiles([study, key, ...votes]);
  await page.getByRole('link', { name: /Evening faces.*3 raters, all done/ }).click();
  await page.getByTestId('judgement-table').waitFor();
  await page.getByTestId('interval-plot').waitFor();
  expect(await page.getByTestId('judgement-table').locator('tbody tr').count()).toBe(NAMES.length);

  const exported = json(await saved(page, page.getByRole('button', { name: 'Votes (JSON)' }))) as {
    study: Study;
    key: StudyKey;
  };
  const reference = analyse(exported.study, files);
  expect(reference.raters.map(({ keep }) => keep)).toEqual([true, true, true]);
  const shown = await numbersOf(page);
  const titles = exported.study.methods.map((mark) => exported.key.methods[mark] ?? '');
  const rows = titles.map((title) => shown[title]);
  /** Files may come in another order, and sums of floats know it. */
  const near = (found: number[], wanted: readonly (number | null | undefined)[]) =>
    found.forEach((value, place) => {
      expect(value).toBeCloseTo(wanted[place] ?? Number.NaN, 9);
    });
  reference.methods.forEach(({ score, interval }, place) => {
    const row = rows[place];
    near([Number(row?.score), Number(row?.low), Number(row?.high)], [score, ...(interval ?? [])]);
  });
  const objective = rows.map((row) => Number(row?.objective));
  expect(objective.every((value) => value > 30 && value < 100)).toBe(true);
  const people = reference.methods.map(({ score }) => score);
  near(
    rows.map((row) => Number(row?.final)),
    combine(COMBINATIONS.raim2026, objective, people),
  );
  // The best and the worst are far apart, whatever was mistaken between them.
  expect(Number(shown.quince?.score)).toBeGreaterThan(Number(shown.greengage?.score));
  expect(await page.getByTestId('correlations').locator('tbody tr').count()).toBeGreaterThan(3);

  await page.getByTestId('rank-chances').waitFor();
  await expectSound(page, 'analysis');

  for (const { problems, context } of opened) {
    expect(problems).toEqual([]);
    await context.close();
  }
});

/** A study as a folder of files on the page's own host. */
async function serveStudy({ context }: WatchedPage, path: string, protocol: string): Promise<void> {
  const pictures = new Map<string, Buffer>();
  const picture = async (distance: number): Promise<string> => {
    const bytes = Buffer.from(await outputPng(1, distance));
    const hash = createHash('sha256').update(bytes).digest('hex');
    pictures.set(hash, bytes);
    return hash;
  };
  const outputs = { m1: await picture(9), m2: await picture(60), m3: await picture(90) };
  const study = {
    ...{ loupe: 'study', version: 1, id: 'by-link', title: 'By link', seed: 'link' },
    ...{ perRater: 0, training: 1, repeats: 0, golden: 0, secondsLimit: 0, consent: '' },
    protocol: PROTOCOLS.find(({ id }) => id === protocol),
    methods: Object.keys(outputs),
    cases: [{ id: 'c1', input: null, reference: null, outputs }],
  };
  await context.route(`**/${path}/**`, (route) => {
    const file = route.request().url().split('/').at(-1) ?? '';
    const body = file === 'study.json' ? JSON.stringify(study) : pictures.get(file.slice(0, 64));
    return body === undefined ? route.abort() : route.fulfill({ body });
  });
}

/** Nothing is cut off at the side, and axe finds nothing, whatever the size and the scheme. */
async function expectSound(page: Page, name: string): Promise<void> {
  for (const [width, height, colorScheme] of [
    [390, 844, 'light'],
    [1024, 768, 'light'],
    [1440, 900, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    // Polled: colours fade from one scheme to the other, and a fading one has no contrast of its own.
    await expect.poll(() => findings(page)).toEqual([]);
    const beyond = () => document.documentElement.scrollWidth - window.innerWidth;
    expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${ARTEFACTS}/judge-${name}-${width}-${colorScheme}.png` });
  }
}

it('a link opens a study of the same host, and a second tab only watches', async () => {
  // axe is injected by the test; the policy that forbids it is tested elsewhere.
  const watched = await openWatchedPage(browser, { bypassCSP: true });
  const { page, context } = watched;
  await serveStudy(watched, 'studies/morning', 'top-three');
  await page.goto(`${inject('appUrl')}#/judge?study=studies%2Fmorning`);
  await page.getByTestId('rater-name').fill('Zoë / 2');
  await expectSound(page, 'begin');
  await page.getByTestId('begin-voting').click();
  await page.getByRole('img', { name: 'Picture C' }).waitFor();
  await page.keyboard.press('c');
  await page.keyboard.press('x');
  await expectSound(page, 'top-three');
  await page.reload();
  await page.getByRole('checkbox', { name: 'Picture C, first', checked: true }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();

  await serveStudy(watched, 'studies/noon', 'six-dimensions');
  await page.goto('about:blank');
  await page.goto(`${inject('appUrl')}#/judge/studies/noon`);
  await page.getByTestId('rater-name').fill('Zoë / 2');
  await page.getByTestId('begin-voting').click();
  await page.getByRole('img', { name: 'Picture A' }).waitFor();
  await page.keyboard.press('4');
  await expectSound(page, 'six-dimensions');
  await page.getByRole('button', { name: 'Stop' }).click();

  await serveStudy(watched, 'studies/evening', 'pair-forced');
  // The link comes from elsewhere: the study before would stay on screen until this one is read.
  await page.goto('about:blank');
  await page.goto(`${inject('appUrl')}#/judge/studies/evening`);
  await page.getByTestId('rater-name').fill('Zoë / 2');
  await page.getByTestId('begin-voting').click();
  await page.getByRole('img', { name: 'Picture B' }).waitFor();
  expect(await page.getByText('This picture is missing').count()).toBe(0);
  await page.keyboard.press('v');
  await page.getByRole('slider', { name: /Split line/ }).waitFor();
  await page.keyboard.press('e');
  await page.getByTestId('display-bar').waitFor();
  await expectSound(page, 'pair');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => indexOf(page)).toBe(1);

  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Another tab votes under this name').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('link', { name: /Go on/ }).waitFor();
  await second.getByRole('button', { name: 'Try again' }).click();
  await second.getByRole('img', { name: 'Picture B' }).waitFor();
  expect(await indexOf(second)).toBe(1);
  expect(watched.problems).toEqual([]);
  await context.close();
});
