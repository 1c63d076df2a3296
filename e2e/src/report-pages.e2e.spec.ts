import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

let stack: LocalStack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

const REPORTS = ['overview', 'funnel', 'flow', 'attribution', 'campaigns'];

interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Opens every report; gives what is wrong with each. */
const look = async ({ width, colorScheme }: Look): Promise<Record<string, unknown>> => {
  const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
  const wrong: Record<string, unknown> = {};
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  for (const report of REPORTS) {
    await page.goto(`${stack.local().gateway}/reports/${report}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    const barriers = await barriersOf(page);
    const failed = await page.getByRole('alert').allTextContents();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (barriers.length > 0 || failed.length > 0 || Number(overflow) > 1)
      wrong[report] = { barriers, failed, overflow };
  }
  if (consoleErrors.length > 0) wrong['console'] = consoleErrors;
  await page.context().close();
  return wrong;
};

describe('the reports', () => {
  it('are readable without any lead, on a phone in the dark', async () => {
    expect(await look({ width: 390, colorScheme: 'dark' })).toEqual({});
  }, 120_000);

  it('are readable with leads', async () => {
    for (let n = 0; n < 5; n += 1)
      await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`));
    await eventually(
      async () => {
        const { body } = await adminClient(stack.local()).get('/api/reports/kpis');
        expect(JSON.stringify(body)).toMatch(/[1-9]/);
      },
      { within: 30_000 },
    );
    expect(await look({ width: 1280, colorScheme: 'light' })).toEqual({});
  }, 120_000);

  it('keep figures of attribution, show them beside those of today, and delete them', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/reports/attribution`);
    const panel = page.getByRole('region', { name: 'Kept figures' });
    await panel.getByText('No figures are kept').waitFor();
    await page.getByRole('button', { name: 'Keep these figures' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Name').inputValue()).toMatch(/^MQL by channel, /);
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByLabel('Name').fill('For the board');
    await dialog.getByRole('button', { name: 'Keep', exact: true }).click();

    const open = panel.getByRole('button', { name: 'Open For the board' });
    await open.focus();
    await page.keyboard.press('Enter');
    await panel.getByText('figures since may differ').waitFor();
    await panel.getByRole('columnheader', { name: 'First, today' }).waitFor();
    expect(await panel.getByRole('row').nth(1).textContent()).toContain('same');
    expect(await barriersOf(page)).toEqual([]);

    const seller = await signIn(browser, stack.local(), 'seller');
    await seller.page.goto(`${stack.local().gateway}/reports/attribution`);
    await seller.page.getByRole('button', { name: 'Open For the board' }).waitFor();
    for (const name of ['Keep these figures', 'Delete For the board'])
      expect(await seller.page.getByRole('button', { name }).count()).toBe(0);
    await seller.page.context().close();

    await panel.getByRole('button', { name: 'Delete For the board' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await panel.getByText('No figures are kept').waitFor();
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  }, 120_000);
});
