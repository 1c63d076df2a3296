import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { impact, id, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(`${view}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    const excess = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (excess !== 0) found.push(`${view}: scrolls sideways by ${excess} px`);
  }
  return found;
};
