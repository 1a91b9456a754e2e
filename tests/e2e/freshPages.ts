import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { launchBrowser, openWatchedPage, showFailure, type WatchedPage } from '../helpers/page.ts';

type PageOptions = Parameters<typeof openWatchedPage>[1];

/** The page of the running test, and the browser that all tests of the file share. */
interface FreshPage extends WatchedPage {
  readonly browser: Browser;
}

/**
 * Gives each test of a file the app in a fresh profile; after it, nothing may have gone wrong there.
 * @param forgiven tells the problems that a test makes on purpose
 */
export function useFreshPages(
  options: PageOptions = {},
  forgiven: (problem: string) => boolean = () => false,
): FreshPage {
  let browser: Browser;
  let watched: WatchedPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    watched = await openWatchedPage(browser, options);
    await watched.page.goto(inject('appUrl'));
  });
  afterEach(async ({ task }) => {
    const { page, problems } = watched;
    if (task.result?.state === 'fail') await showFailure(page, task.name, problems);
    expect(problems.filter((problem) => !forgiven(problem))).toEqual([]);
    await watched.context.close();
  });
  afterAll(() => browser.close());
  return {
    get browser() {
      return browser;
    },
    get page() {
      return watched.page;
    },
    get context() {
      return watched.context;
    },
    get requests() {
      return watched.requests;
    },
    get problems() {
      return watched.problems;
    },
  };
}
