import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm, userClient } from './api-clients.js';
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

describe('the funnel report', () => {
  const READY = 5;
  const visit = async (use: (page: Page) => Promise<void>, path = '/reports/funnel'): Promise<void> => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}${path}`);
    await use(page);
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  };
  const restatement = (page: Page) => page.getByRole('region', { name: 'Restated under another version' });

  /** A funnel by which nobody is sales-ready, beside the first, by which the leads of above are. */
  const redefine = async (): Promise<void> => {
    const marketing = await userClient(stack.local(), 'marketing');
    const manager = await userClient(stack.local(), 'manager');
    const { document } = (await marketing.get('/api/definitions/funnel-1')).body;
    const stages = document.stages.map((stage: { key: string }) =>
      stage.key === 'mql' ? { ...stage, when: { fact: 'points', atLeast: 1_000 } } : stage,
    );
    const draft = await marketing.post('/api/definitions/funnel', {
      document: { ...document, stages },
      note: 'nobody',
    });
    for (const team of [marketing, manager]) await team.post(`/api/definitions/${draft.body.id}/sign`, {});
  };

  it('says that there is no other version to restate under', () =>
    visit(async (page) => {
      await page.getByRole('button', { name: 'Restate under another version' }).click();
      await restatement(page).getByText('No other version yet').waitFor();
    }));

  it('restates all leads under the version before, beside as they were and as in force', async () => {
    await submitForm(stack.local(), { email: `${randomUUID()}@engines.example`, consent: 'yes' });
    const manager = await userClient(stack.local(), 'manager');
    await eventually(
      async () => expect((await manager.get('/api/handoffs')).body.items).toHaveLength(READY),
      { within: 30_000 },
    );
    const [handoff] = (await manager.get('/api/handoffs')).body.items as { id: string }[];
    expect((await manager.post(`/api/handoffs/${handoff!.id}/accept`, {})).status).toBe(200);
    await redefine();
    let address = '';
    await visit(async (page) => {
      await page.getByText(/The stages were redefined on/).waitFor({ timeout: 30_000 });
      await page.getByRole('button', { name: 'Restate under another version' }).click();
      const panel = restatement(page);
      expect(await panel.getByLabel('Version').inputValue()).toBe('funnel-1');
      await panel.getByRole('button', { name: 'Restate', exact: true }).click();
      await panel
        .getByText(
          `Of 6 leads, ${READY} really handed over: ${READY} under Funnel, version 1, 0 under what is in force.`,
        )
        .waitFor({ timeout: 30_000 });
      await panel.locator('canvas').waitFor();
      const month = new Date().toISOString().slice(0, 7);
      await panel.getByRole('row', { name: `${month} 6 83% 5 of 6 0% 0 of 6 83% 5 of 6` }).waitFor();
      await panel.getByRole('row', { name: 'All 6 83% 5 of 6 0% 0 of 6 83% 5 of 6' }).waitFor();
      const file = await panel.getByRole('link', { name: 'CSV' }).getAttribute('href');
      const rows = await page.evaluate<string>(
        `fetch(${JSON.stringify(file)}).then((answer) => answer.text())`,
      );
      expect(rows).toContain(`${month},6,5,1,1,0,0,0,0,0,5,1,1,0`);
      await panel.getByLabel('Leads by').selectOption('channel');
      await panel.getByRole('row', { name: 'paid-search 5 100% 5 of 5 0% 0 of 5 100% 5 of 5' }).waitFor();
      await panel.getByLabel('Figure', { exact: true }).selectOption('Accepted');
      await panel.getByRole('row', { name: 'paid-search 5 100% 1 of 1 – 0 of 0 100% 1 of 1' }).waitFor();
      address = new URL(page.url()).pathname + new URL(page.url()).search;
    });
    // The same address shows the same figures.
    await visit(
      (page) =>
        restatement(page)
          .getByRole('row', { name: /^paid-search 5 100% 1 of 1/ })
          .waitFor(),
      address,
    );
  }, 180_000);
});
