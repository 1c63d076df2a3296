import { randomUUID } from 'node:crypto';
import { eventually, sharedStack, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, ingestClient, salesReadyForm, submitForm, userClient } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

let stack: SharedStack;
let browser: Browser;

beforeAll(async () => {
  stack = await sharedStack();
  browser = await launchChromium();
}, 240_000);

afterAll(() => browser?.close(), 60_000);

const bant = { budget: true, authority: true, need: true, timeline: false };

/** A lead that sales is offered. */
const offered = async (name: string): Promise<{ id: string; leadId: string; email: string }> => {
  const email = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), salesReadyForm(email, { name }));
  const manager = await userClient(stack.local(), 'manager');
  return eventually(async () => {
    const leads = await manager.post('/api/leads/search', { email });
    const handoffs = await manager.get(`/api/handoffs?leadId=${leads.body.items[0].id}`);
    expect(handoffs.body.items[0].state).toBe('offered');
    const { id, leadId } = handoffs.body.items[0] as { id: string; leadId: string };
    return { id, leadId, email };
  });
};

/** A lead that sales qualified. */
const qualified = async (name: string): Promise<{ leadId: string; email: string }> => {
  const { id, leadId, email } = await offered(name);
  const manager = await userClient(stack.local(), 'manager');
  await manager.post(`/api/handoffs/${id}/accept`, {});
  expect((await manager.post(`/api/handoffs/${id}/qualify`, bant)).status).toBe(200);
  return { leadId, email };
};

const stageOf = async (leadId: string) =>
  (await adminClient(stack.local()).get(`/api/leads/${leadId}`)).body.stage as string;

const act = async (page: Page, who: string, action: string) => {
  await page.getByRole('button', { name: `Actions for the deal with ${who}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

describe('the board of deals', () => {
  it('takes a deal from the lead’s page to won, and one to lost with its reason and competitor', async () => {
    const name = `Ada ${randomUUID().slice(0, 6)}`;
    const { leadId } = await qualified(name);
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'manager');
    await page.goto(`${stack.local().gateway}/leads/${leadId}`);
    await page.getByRole('button', { name: 'Open a deal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Value').fill('12,000');
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Open the deal' }).click();
    await page.getByText('€12,000').first().waitFor();
    await eventually(async () => expect(await stageOf(leadId)).toBe('opportunity'));

    await page.getByRole('link', { name: 'Deals' }).click();
    const column = (title: string) => page.getByRole('region', { name: title, exact: true });
    await column('Discovery').getByRole('link', { name }).waitFor();
    await act(page, name, 'Proposal');
    await column('Proposal').getByRole('link', { name }).waitFor();
    await act(page, name, 'Won…');
    await dialog.getByRole('button', { name: 'Win the deal' }).click();
    await column('Won').getByRole('link', { name }).waitFor();
    await eventually(async () => expect(await stageOf(leadId)).toBe('customer'));

    const loser = `Bob ${randomUUID().slice(0, 6)}`;
    const lead = await qualified(loser);
    const manager = await userClient(stack.local(), 'manager');
    await manager.post('/api/deals', { leadId: lead.leadId, value: { amount: 900, currency: 'EUR' } });
    await page.reload();
    await column('Discovery').getByRole('link', { name: loser }).waitFor();
    await act(page, loser, 'Lost…');
    await dialog.getByRole('combobox', { name: 'Why?' }).click();
    await page.getByRole('option', { name: 'Price' }).click();
    await dialog.getByLabel('To which competitor?').fill('Difference Machines');
    await dialog.getByRole('button', { name: 'Lose the deal' }).click();
    await column('Lost')
      .getByRole('article', { name: `Deal with ${loser}` })
      .waitFor();
    await column('Lost').getByText('Price, to Difference Machines').waitFor();
    await eventually(async () => expect(await stageOf(lead.leadId)).toBe('recycled'));
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });

  it('shows what the CRM says: an event with the lead’s address makes a customer', async () => {
    const { leadId, email } = await qualified(`Cy ${randomUUID().slice(0, 6)}`);
    const properties = { deal_id: randomUUID(), amount: 7_000, currency: 'EUR', stage: 'Closed Won' };
    const sent = { event: 'Deal Won', userId: email, context: { traits: { email } }, properties };
    expect((await ingestClient(stack.local()).post('/v1/track', sent)).status).toBe(200);
    await eventually(async () => expect(await stageOf(leadId)).toBe('customer'));
    const { body } = await adminClient(stack.local()).get(`/api/deals?leadId=${leadId}`);
    expect(body.items).toMatchObject([
      { state: 'won', value: { amount: 7_000, currency: 'EUR' }, origin: { externalId: properties.deal_id } },
    ]);
  });
});

describe('the agreement', () => {
  it('is edited in a form and signed by both teams; its miss opens a task, with the hand-off behind it', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/definitions/new/agreement`);
    const accepted = page.getByLabel('% accepted');
    await accepted.fill('');
    await accepted.fill('100');
    await page.getByLabel('Why this change?').fill('Every lead is to be good.');
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL(/definitions\/agreement-\d+$/);
    await page.getByText('All leads, accepted: at least 50 % → 100 %').first().waitFor();
    const id = page.url().split('/').at(-1);
    const [marketing, manager] = [
      await userClient(stack.local(), 'marketing'),
      await userClient(stack.local(), 'manager'),
    ];
    await marketing.post(`/api/definitions/${id}/sign`, {});
    expect((await manager.post(`/api/definitions/${id}/sign`, {})).body.state).toBe('active');

    const handoff = await offered(`Dora ${randomUUID().slice(0, 6)}`);
    expect((await manager.post(`/api/handoffs/${handoff.id}/reject`, { reason: 'no-fit' })).status).toBe(200);
    await page.getByRole('link', { name: 'Agreement', exact: true }).click();
    const task = page.getByRole('region', { name: 'Tasks' }).getByRole('listitem');
    const missed = task.filter({ hasText: 'Leads accepted: All leads' });
    // The agreement and the facts are compared every minute, and the page asks every half minute.
    await missed.waitFor({ timeout: 120_000 });
    expect(await missed.textContent()).toContain('Marketing promised 100 %');
    expect(await barriersOf(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });

    await page.getByRole('button', { name: /Leads accepted: hand-offs behind it/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Not kept', { exact: true }).last().click();
    await dialog.locator(`a[href="/leads/${handoff.leadId}"]`).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await missed.getByRole('button', { name: /Change the task/ }).click();
    await dialog.getByLabel('State').selectOption('In progress');
    await dialog.getByLabel('What is done about it?').fill('Ask for the industry in the form.');
    await dialog.getByRole('button', { name: 'Save the task' }).click();
    await missed.getByText('Ask for the industry in the form.').waitFor();
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  }, 240_000);
});
