import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeWindow {
  axe: {
    run(
      options: object,
    ): Promise<{ violations: { id: string; nodes: { target: unknown; html: string }[] }[] }>;
  };
}

/**
 * Accessibility findings of the page as it stands, one line each. The page's policy would forbid it:
 * open the page with `bypassCSP`.
 */
export async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE }).catch(async () => {
    throw new Error('axe-core could not be loaded into the page');
  });
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as AxeWindow).axe.run({
      // Of WCAG 2.2 AA, and off unless it is asked for.
      rules: { 'target-size': { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
