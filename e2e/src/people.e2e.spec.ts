import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';

const PASSWORD = 'staple battery horse';

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

/** A page of a new browser context: of another person at another computer. */
const newPage = async (): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  return page;
};
const admin = () => adminClient(stack.local());
const invite = async (email: string, name = 'Ada Lovelace', role = 'seller') =>
  (await admin().post('/api/invitations', { email, name, role })).body as {
    user: { id: string };
    link: { url: string };
  };
const newPassword = (page: Page) => page.getByRole('textbox', { name: 'New password' });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('a one-time link', () => {
  it('lets an invited person choose a password, and signs in', async () => {
    const { link } = await invite('ada@people.example');
    const page = await newPage();
    await page.goto(link.url);
    await heading(page, 'Welcome to Baton').waitFor();
    await page.getByText('ada@people.example').waitFor();
    await eventually(() => expect(page.url()).toBe(`${stack.local().gateway}/set-password`));
    expect(await barriersOf(page)).toEqual([]);

    await newPassword(page).fill('too short');
    await page.getByText('At least 12 characters: 3 more.').waitFor();
    expect(await page.getByRole('button', { name: 'Save and sign in' }).isDisabled()).toBe(true);
    await newPassword(page).fill(PASSWORD);
    expect(await newPassword(page).getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show the password' }).press('Enter');
    expect(await newPassword(page).getAttribute('type')).toBe('text');
    await newPassword(page).press('Enter');
    await heading(page, 'Inbox').waitFor();

    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain(new URL(link.url).hash);

    // The same tab opens the used link: only the fragment of the address differs.
    await page.goto(link.url);
    await heading(page, 'This link does not work').waitFor();
    await page.getByText('used already').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sign in instead' }).click();
    await heading(page, 'Inbox').waitFor();
    await page.context().close();
  });

  it('for a forgotten password ends the other sessions, and says who is signed in in this browser', async () => {
    const { user, link } = await invite('bob@people.example', 'Bob');
    const page = await newPage();
    await page.goto(link.url);
    await newPassword(page).fill(PASSWORD);
    await newPassword(page).press('Enter');
    await heading(page, 'Inbox').waitFor();

    const reset = await admin().post(`/api/users/${user.id}/link`);
    const other = await newPage();
    await other.goto(reset.body.url);
    await heading(other, 'Set a new password').waitFor();
    await newPassword(other).fill('another long password');
    await other.getByRole('button', { name: 'Save and sign in' }).click();
    await heading(other, 'Inbox').waitFor();
    await heading(page, 'Sign in to Baton').waitFor({ timeout: 30_000 });

    const third = await invite('cy@people.example', 'Cy');
    await other.goto(third.link.url);
    await other.getByText('This browser is signed in as Bob').waitFor();
    await Promise.all([page, other].map((each) => each.context().close()));
  });

  it.each([
    ['of another secret', `#${'x'.repeat(43)}`, 'never existed'],
    ['cut off', '#x', 'is not complete'],
    ['without a secret', '', 'kept for one visit only'],
  ])('%s says what to do', async (_, fragment, text) => {
    const page = await newPage();
    await page.goto(`${stack.local().gateway}/set-password${fragment}`);
    await page.getByText(text).waitFor();
    await page.getByRole('link', { name: 'Sign in instead' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
  });
});
