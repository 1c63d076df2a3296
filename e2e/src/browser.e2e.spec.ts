import { randomUUID } from 'node:crypto';
import { eventually, startHouse, type House } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';
import { adminClient, submitForm, salesReadyForm, type Role } from './api-clients.js';

const PATIENCE_MS = 15_000;
/** What the package sets for its usual home and a test must not: one process dies with its first page, and checks of origins stay on. */
const LAMBDA_ONLY = ['--single-process', '--disable-web-security', '--allow-running-insecure-content'];

let house: House;
let browser: Browser;

beforeAll(async () => {
  house = await startHouse();
  const args = sparticuz.args.filter((arg) => !LAMBDA_ONLY.includes(arg));
  browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await house?.stop();
}, 60_000);

/** A fresh browser window of somebody who signed in through the login page. What its console complains of fails the test. */
const signedIn = async (role: Role): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (fault) => complaints.push(String(fault)));
  page.on('console', (message) => {
    // Asking who is signed in before anybody is answers 401, which the browser reports by itself.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
  const { email, password } = house.local().users[role];
  await page.goto(house.local().gateway);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return { page, complaints };
};

describe('the dashboard', () => {
  it('does not let a wrong password in and says so', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(house.local().gateway);
    await page.getByLabel('E-mail').fill(house.local().users.seller.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
    await page.context().close();
  });

  it('moves by itself: a form fill shows on the open live page', async () => {
    const { page, complaints } = await signedIn('marketing');
    await page.goto(`${house.local().gateway}/live`);
    const name = `Grace ${randomUUID().slice(0, 6)}`;
    await page.getByRole('heading', { name: 'Newest' }).waitFor();
    await submitForm(house.local(), salesReadyForm(`${randomUUID()}@engines.example`, { name }));
    await page.getByRole('link', { name }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('lets a seller take a lead from the inbox, and the lead’s page explains the score', async () => {
    const local = house.local();
    const name = `Ada ${randomUUID().slice(0, 6)}`;
    const email = `${randomUUID()}@engines.example`;
    await submitForm(local, salesReadyForm(email, { name }));
    const leadId = await eventually(async () => {
      const { body } = await adminClient(local).post('/api/leads/search', { email });
      expect(body.items[0]?.owner).toBeTruthy();
      return body.items[0].id as string;
    });
    // Whoever's turn it was: a manager sees and may decide for all.
    const { page, complaints } = await signedIn('manager');
    const { body } = await adminClient(local).get(`/api/handoffs?leadId=${leadId}`);
    await page.goto(`${local.gateway}/inbox/${body.items[0].id}`);
    await page.getByRole('heading', { name }).waitFor();
    await page.getByRole('timer').first().waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'Log an attempt…' }).waitFor();
    await eventually(async () =>
      expect((await adminClient(local).get(`/api/leads/${leadId}`)).body.stage).toBe('sal'),
    );
    await page.goto(`${local.gateway}/leads/${leadId}`);
    await page.getByText('asked for pricing or a demo').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
