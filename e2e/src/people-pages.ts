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

/** What tests do on the users page. */
export const usersPage = (page: () => Page) => {
  const menu = (who: string) => page().getByRole('menu', { name: `Actions for ${who}` });
  const dialog = () => page().getByRole('dialog');
  return {
    menu,
    dialog,
    row: (text: string) =>
      page().getByRole('list', { name: 'Users' }).getByRole('listitem').filter({ hasText: text }),
    act: async (who: string, action: string): Promise<void> => {
      await page()
        .getByRole('button', { name: `Actions for ${who}` })
        .click();
      await menu(who).getByRole('menuitem', { name: action }).click();
      await menu(who).waitFor({ state: 'detached' });
    },
    /** Clicks a button of the dialog, which ends it. */
    confirm: async (button: string): Promise<void> => {
      await dialog().getByRole('button', { name: button, exact: true }).click();
      await dialog().waitFor({ state: 'detached' });
    },
    choose: async (label: string, option: string): Promise<void> => {
      await dialog().getByRole('combobox', { name: label }).click();
      await page().getByRole('option', { name: option, exact: true }).click();
      await page().getByRole('listbox').waitFor({ state: 'detached' });
    },
  };
};
