import { startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { launchChromium } from './headless-chromium.js';
import { query } from './stack-queries.js';

const EMAIL = 'first@hopper.example';
const PASSWORD = 'correct horse battery staple';

let stack: LocalStack;
let browser: Browser;
let page: Page;

/** No administrator can log in, as in a new installation. */
const withoutAdministrators = () =>
  query(stack.local(), `update gateway.users set disabled_at = now() where role = 'admin'`);

beforeAll(async () => {
  stack = await startStack();
  browser = await launchChromium();
  await withoutAdministrators();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/Vienna' });
  page.setDefaultTimeout(15_000);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

const setupToken = (): string =>
  (JSON.parse(readFileSync(join(stack.home, 'secrets.json'), 'utf8')) as { adminToken: string }).adminToken;

describe('a new installation', () => {
  it('asks for the organisation and its first administrator', async () => {
    await page.goto(stack.local().gateway);
    await page.getByRole('heading', { name: 'Welcome to Baton' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Vienna');
    expect(await barriersOf(page)).toEqual([]);
  });

  it('says when the setup token is wrong, and keeps what was filled in', async () => {
    await page.getByRole('textbox', { name: 'Setup token' }).fill('x'.repeat(40));
    await page.getByRole('textbox', { name: 'Name of the organisation' }).fill('Hopper <b>& Söhne</b>');
    await page.getByRole('combobox', { name: 'Currency' }).fill('CHF');
    await page.getByRole('option', { name: /^CHF/ }).click();
    await page.getByRole('textbox', { name: 'Monday to' }).fill('8');
    await page.getByText('The end must be later than the beginning.').waitFor();
    await page.getByRole('textbox', { name: 'Monday to' }).fill('18');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Fay First');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set up and sign in' }).click();
    await page.getByText('This is not the setup token of this installation.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Fay First');
  });

  it('signs the first administrator in, who sees the organisation as it was set up', async () => {
    await page.getByRole('textbox', { name: 'Setup token' }).fill(setupToken());
    await page.getByRole('button', { name: 'Set up and sign in' }).click();
    await page.getByRole('link', { name: 'Organisation' }).click();
    await page.getByRole('heading', { name: 'Organisation' }).waitFor();
    const name = page.getByRole('textbox', { name: 'Name of the organisation' });
    expect(await name.inputValue()).toBe('Hopper <b>& Söhne</b>');
    expect(await page.getByRole('textbox', { name: 'Monday to' }).inputValue()).toBe('18:00');
    expect(await page.getByRole('combobox', { name: 'Currency' }).inputValue()).toMatch(/^CHF/);
    await name.fill('Hopper');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });

  it('is set up once: the token is refused, and others see the login', async () => {
    const refused = await fetch(`${stack.local().gateway}/api/users`, {
      headers: { authorization: `Bearer ${setupToken()}` },
    });
    expect(refused.status).toBe(401);
    const other = await browser.newPage();
    await other.goto(stack.local().gateway);
    await other.getByRole('heading', { name: 'Sign in to Baton' }).waitFor();
  });
});
