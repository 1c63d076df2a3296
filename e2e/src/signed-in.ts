import type { LocalJson, Login } from '@baton/testing';
import type { Browser, Page } from 'playwright-core';
import type { Role } from './api-clients.js';

const TIMEOUT_MS = 15_000;

/** A new browser context signed in through the login page, with the errors of its console. */
export const signIn = async (
  browser: Browser,
  local: LocalJson,
  who: Role | Login,
): Promise<{ page: Page; consoleErrors: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  const consoleErrors: string[] = [];
  page.on('pageerror', (fault) => consoleErrors.push(String(fault)));
  page.on('console', (message) => {
    // The session request before the login is answered with 401, which the browser logs as an error.
    if (message.type() === 'error' && !message.text().includes('401')) consoleErrors.push(message.text());
  });
  const { email, password } = typeof who === 'string' ? local.users[who] : who;
  await page.goto(local.gateway);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return { page, consoleErrors };
};
