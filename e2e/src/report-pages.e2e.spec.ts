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
});
