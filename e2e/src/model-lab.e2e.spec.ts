import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, submitForm, type Role } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';
import { query } from './stack-queries.js';

const DAY_MS = 86_400_000;
const HANDOFFS = 300;

let stack: LocalStack;
let browser: Browser;
let leadId: string;

beforeAll(async () => {
  stack = await startStack();
  browser = await launchChromium();
  leadId = await leadWhoAsks();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

/** A lead that asked for prices and said nothing else. */
const leadWhoAsks = async (): Promise<string> => {
  const email = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), { email, interest: 'pricing', consent: 'yes' });
  return eventually(
    async () => {
      const { body } = await adminClient(stack.local()).post('/api/leads/search', { email });
      const [lead] = (body as { items: { id: string }[] }).items;
      expect(lead).toBeDefined();
      return lead!.id;
    },
    { within: 30_000 },
  );
};

const pointsOf = async (id: string): Promise<number> =>
  ((await adminClient(stack.local()).get(`/api/leads/${id}`)).body as { score: { points: number } }).score
    .points;

/** Past hand-offs: every third lead had asked for prices, and of those sales rejected three of four; of the others one of ten. */
const storeHandoffs = async (): Promise<void> => {
  const handoffs = Array.from({ length: HANDOFFS }, (_, i) => ({
    id: randomUUID(),
    at: new Date(Date.now() - (HANDOFFS - i) * (DAY_MS / 10)).toISOString(),
    facts: JSON.stringify({
      channel: i % 2 ? 'direct' : 'email',
      ...(i % 3 === 0 && { 'rule asked-to-buy': 30 }),
    }),
    isRejected: i % 3 === 0 ? i % 12 > 0 : i % 10 === 1,
  }));
  const ids = handoffs.map(({ id }) => id);
  const ats = handoffs.map(({ at }) => at);
  await query(
    stack.local(),
    'insert into scoring.handoff_facts select id, id, at, facts from unnest($1::uuid[], $2::timestamptz[], $3::jsonb[]) as t (id, at, facts)',
    [ids, ats, handoffs.map(({ facts }) => facts)],
  );
  await query(
    stack.local(),
    `insert into scoring.verdicts
       (handoff_id, lead_id, seller_id, at, verdict, reason, teaches, points, fit, engagement, grade, model_id)
     select id, id, id, at, case when rejected then 'rejected' else 'accepted' end,
       case when rejected then 'no-need' end, case when rejected then 'fit' end, 0, 0, 0, 'C', 'scoring-model-1'
     from unnest($1::uuid[], $2::timestamptz[], $3::boolean[]) as t (id, at, rejected)`,
    [ids, ats, handoffs.map(({ isRejected }) => isRejected)],
  );
};

/** Opens a page as a role, and expects it to have no barriers and no errors when `use` is done. */
const visit = async (role: Role, path: string, use: (page: Page) => Promise<void>): Promise<void> => {
  const { page, consoleErrors } = await signIn(browser, stack.local(), role);
  await page.goto(`${stack.local().gateway}${path}`);
  await use(page);
  expect(await barriersOf(page)).toEqual([]);
  expect(consoleErrors).toEqual([]);
  await page.context().close();
};
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the model lab', () => {
  it('says what is missing before a model can be trained', () =>
    visit('marketing', '/model-lab', async (page) => {
      await page.getByText('0 of 40 worth it, 0 of 40 not worth it.').waitFor();
      await page.getByText('None: the verdicts give no reason to change the points of a rule.').waitFor();
    }));

  it('trains a model, and shows how it does in plots with their tables', async () => {
    await storeHandoffs();
    await visit('marketing', '/model-lab', async (page) => {
      await page.getByText('Trained once a day as soon as there are enough.').waitFor();
      await page.getByRole('button', { name: 'Train now' }).click();
      await panel(page, 'Past trainings').locator('canvas').waitFor({ timeout: 60_000 });
      for (const name of ['ROC curve', 'Calibration', 'Gain and lift', 'What counts: active model']) {
        await panel(page, name).locator('canvas').waitFor();
        await page.getByText(`${name} as a table`).click();
      }
      await page.getByRole('row', { name: /^Worth it, but missed \d+/ }).waitFor();
      await page.getByRole('row', { name: '100 % 100 %', exact: true }).waitFor();
      await page
        .getByRole('rowheader', { name: /“asked for pricing or a demo”.* lowers the odds/ })
        .waitFor();
    });
  });

  it('runs a draft in shadow on live leads', () =>
    visit('manager', '/model-lab', async (page) => {
      const shadow = panel(page, 'Shadow');
      await shadow.getByLabel('Version to run in shadow').selectOption('scoring-model-1');
      await shadow.getByRole('button', { name: 'Start' }).click();
      await shadow.getByText('No lead has changed since.').waitFor();
      await leadWhoAsks();
      await shadow
        .getByText('1 lead changed since. Both say the same of 100 %.')
        .waitFor({ timeout: 30_000 });
      await shadow.getByRole('button', { name: 'Stop the shadow' }).click();
      await shadow.getByText(/stopped .* 1 lead changed since/).waitFor();
    }));
});

describe('a proposal from the verdicts', () => {
  let draft: string;

  it('is drafted, told in words, and replayed over the history', () =>
    visit('marketing', '/model-lab', async (page) => {
      await page.getByText(/^“asked for pricing or a demo” \+30 → \+\d+: 75 of 100 rejected/).waitFor();
      await page.getByRole('button', { name: 'Draft a scoring model with them' }).click();
      await page.waitForURL(/definitions\/scoring-model-2$/);
      draft = new URL(page.url()).pathname;
      await panel(page, 'What differs, in words')
        .getByText(/^“asked for pricing or a demo” \+30 → \+\d+$/)
        .waitFor();
      expect(await barriersOf(page)).toEqual([]);
      await page.goto(`${stack.local().gateway}/model-lab?draft=scoring-model-2`);
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByRole('row', { name: /^Hand-offs \d+ \d+/ }).waitFor({ timeout: 30_000 });
    }));

  it('is signed by both teams, and then changes the score of a lead', async () => {
    const before = await pointsOf(leadId);
    await visit('marketing', draft, async (page) => {
      await page.getByRole('button', { name: 'Sign for marketing' }).click();
      await page.getByText('It holds as soon as the other team signs too.').waitFor();
    });
    expect(await pointsOf(leadId)).toBe(before);
    await visit('manager', draft, async (page) => {
      await page.getByRole('button', { name: 'Sign for sales' }).click();
      await page.getByText('It is in force now.').waitFor();
    });
    await eventually(async () => expect(await pointsOf(leadId)).toBeLessThan(before), { within: 30_000 });
    await visit('marketing', `/leads/${leadId}`, async (page) => {
      await page.getByText('Point by point').click();
      await page.getByText(/^\+(?!30)\d+ asked for pricing or a demo, /).waitFor();
    });
  });

  it('is rolled back as a draft with the reason, which shows what differs', () =>
    visit('manager', '/definitions/scoring-model-1', async (page) => {
      await page.getByRole('button', { name: 'Roll back to version 1' }).click();
      await page.getByLabel('Why?').fill('fewer good leads came through');
      expect(await barriersOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Draft it again' }).click();
      await page.waitForURL(/definitions\/scoring-model-3$/);
      await page.getByText('Roll back to version 1: fewer good leads came through').waitFor();
      await panel(page, 'What differs, in words')
        .getByText(/^“asked for pricing or a demo” \+\d+ → \+30$/)
        .waitFor();
      await page.getByRole('button', { name: 'Sign for sales' }).waitFor();
    }));
});
