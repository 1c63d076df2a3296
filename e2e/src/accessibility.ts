import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Longer together than a menu or a dialog takes to close on a loaded machine. */
const MAX_AGAIN = 4;
const AGAIN_AFTER_MS = 500;

/** Widths of a small phone and of a laptop, in each colour scheme. */
const VIEWS = [360, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

/**
 * What axe finds serious or critical on the page as it is, and whether it scrolls sideways, at 360 and 1280 px in light and dark.
 * The page keeps the last of these views.
 */
export const barriersOf = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const { width, colorScheme } of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const view = `${new URL(page.url()).pathname} at ${width} px, ${colorScheme}`;
    await page.evaluate(AXE);
    found.push(...(await violationsAtRest(page)).map((violation) => `${view}: ${violation}`));
    const excess = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (excess !== 0) found.push(`${view}: scrolls sideways by ${excess} px`);
  }
  return found;
};

/** Looks again at what is found: a menu that is closing is no menu any more until it is gone. */
const violationsAtRest = async (page: Page): Promise<string[]> => {
  let found = await violationsOf(page);
  for (let again = 0; found.length > 0 && again < MAX_AGAIN; again += 1) {
    await page.waitForTimeout(AGAIN_AFTER_MS);
    found = await violationsOf(page);
  }
  return found;
};

const violationsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};
