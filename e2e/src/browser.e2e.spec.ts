import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { adminClient, submitForm, salesReadyForm, type Role } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

const TIMEOUT_MS = 15_000;

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

const signedIn = (role: Role) => signIn(browser, stack.local(), role);

describe('the dashboard', () => {
  it('refuses a wrong password and shows an alert', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(stack.local().gateway);
    await page.getByLabel('E-mail').fill(stack.local().users.seller.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor({ timeout: TIMEOUT_MS });
    expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
    await page.context().close();
  });

  it('shows a form submission on the open live page without a reload', async () => {
    const { page, consoleErrors } = await signedIn('marketing');
    await page.goto(`${stack.local().gateway}/live`);
    const name = `Grace ${randomUUID().slice(0, 6)}`;
    await page.getByRole('heading', { name: 'Newest' }).waitFor();
    await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`, { name }));
    await page.getByRole('link', { name }).first().waitFor();
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });

  it('accepts a hand-off from the inbox and explains the score on the lead’s page', async () => {
    const local = stack.local();
    const name = `Ada ${randomUUID().slice(0, 6)}`;
    const email = `${randomUUID()}@engines.example`;
    await submitForm(local, salesReadyForm(email, { name }));
    const leadId = await eventually(async () => {
      const { body } = await adminClient(local).post('/api/leads/search', { email });
      expect(body.items[0]?.owner).toBeTruthy();
      return body.items[0].id as string;
    });
    // The offer went to any of the sellers; a manager may decide for all of them.
    const { page, consoleErrors } = await signedIn('manager');
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
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});
