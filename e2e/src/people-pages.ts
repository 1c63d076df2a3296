import type { Browser, Locator, Page } from 'playwright-core';

const TIMEOUT_MS = 15_000;
export const PASSWORD = 'staple battery horse';

/** A page of a new browser context: of another person at another computer. */
export const newPage = async (browser: Browser): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  return page;
};

export const newPassword = (page: Page): Locator => page.getByRole('textbox', { name: 'New password' });

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });

/** Opens a one-time link in a browser context of its own, sets the password and signs in with it. */
export const followLink = async (browser: Browser, url: string): Promise<Page> => {
  const page = await newPage(browser);
  await page.goto(url);
  await newPassword(page).fill(PASSWORD);
  await newPassword(page).press('Enter');
  await page.getByRole('navigation').first().waitFor();
  return page;
};
