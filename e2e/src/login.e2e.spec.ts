import { startStack, type LocalStack } from '@baton/testing';
import { IdentityProvider } from '@baton/testing/identity-provider';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOTP, Secret } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

let provider: IdentityProvider;
let stack: LocalStack;
let browser: Browser;

beforeAll(async () => {
  provider = await IdentityProvider.start();
  stack = await startStack({ env: { ...provider.settings, OIDC_NAME: 'Example ID' } });
  provider.register(stack.local().gateway);
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  await provider?.stop();
}, 60_000);

const newPage = async (): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15_000);
  return page;
};
const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
};

describe('login at the provider', () => {
  let page: Page;
  const atProvider = async () => {
    await page.goto(stack.local().gateway);
    await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  };

  beforeAll(async () => {
    page = await newPage();
  });

  it('is offered beside the password', async () => {
    await page.goto(stack.local().gateway);
    await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign in', exact: true }).count()).toBe(1);
    expect(await barriersOf(page)).toEqual([]);
  });

  it('says why it was refused', async () => {
    provider.user = {
      sub: 'grace-1',
      email: 'grace@hopper.example',
      email_verified: true,
      name: 'Grace Hopper',
    };
    await atProvider();
    await page.getByText('None of your groups has access to Baton.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the sign-in' }).click();
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor();
  });

  it('creates the user with the role of the group, and ends at the provider, too', async () => {
    // The provider of the first try remembers who signed in.
    provider.register(stack.local().gateway);
    provider.user = { ...provider.user, groups: ['sales'] };
    await atProvider();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.getByRole('button', { name: /Grace Hopper.*account menu/s }).waitFor();
    await page.goto(`${stack.local().gateway}/profile`);
    await page.getByText('your identity provider asks for a second factor').waitFor();
    await signOut(page);
    await page.waitForURL((url) => url.origin === provider.issuer);
    expect(page.url()).toContain('/session/end');
    await page.goto(stack.local().gateway);
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor();
  });
});

describe('a second factor', () => {
  let page: Page;
  let secret: string;
  let recoveryCode: string;
  /** The code of the app, some steps of 30 s from now: each is accepted once. */
  const codeAt = (step: number): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + step * 30_000 });
  const password = async () => {
    const { email, password: text } = stack.local().users.marketing;
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(text);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor();
  };

  it('is set up on the profile, with recovery codes shown once', async () => {
    ({ page } = await signIn(browser, stack.local(), 'marketing'));
    await page.goto(`${stack.local().gateway}/profile`);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('textbox', { name: 'Your password' }).fill(stack.local().users.marketing.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Code that the app shows' }).waitFor();
    secret = /[A-Z2-7]{4}(?: ?[A-Z2-7]{4}){7}/.exec(await dialog.innerText())![0].replaceAll(' ', '');
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeAt(-1));
    await page.getByRole('button', { name: 'Turn on' }).click();
    const codes = (await page.getByLabel('Recovery codes', { exact: true }).innerText()).split('\n');
    expect(codes).toHaveLength(10);
    [recoveryCode = ''] = codes;
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have kept them' }).click();
  });

  it('is asked for after the password; a wrong code says so, the right one signs in', async () => {
    await page.goto(stack.local().gateway);
    await signOut(page);
    await password();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The code is wrong').waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(1));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  it('can be replaced by a recovery code, once', async () => {
    await signOut(page);
    await password();
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.goto(`${stack.local().gateway}/profile`);
    await page.getByText('Recovery codes left: 9.').waitFor();
  });

  it('is removed by an administrator for somebody who lost it', async () => {
    const admin = await signIn(browser, stack.local(), 'admin');
    await admin.page.getByRole('link', { name: 'Users' }).click();
    await admin.page.getByRole('button', { name: 'Actions for Maya Marketing' }).click();
    await admin.page.getByRole('menuitem', { name: 'Remove second factor…' }).click();
    await admin.page
      .getByRole('dialog')
      .getByRole('button', { name: /Remove/ })
      .click();
    await admin.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await signIn(browser, stack.local(), 'marketing');
  });
});
