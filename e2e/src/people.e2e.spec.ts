import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { followLink, heading, newPage, newPassword, PASSWORD, usersPage } from './people-pages.js';
import { signIn } from './signed-in.js';

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

const admin = () => adminClient(stack.local());
const invite = async (email: string, name = 'Ada Lovelace', role = 'seller') =>
  (await admin().post('/api/invitations', { email, name, role })).body as {
    user: { id: string };
    link: { url: string };
  };

describe('a one-time link', () => {
  it('lets an invited person choose a password, and signs in', async () => {
    const { link } = await invite('ada@people.example');
    const page = await newPage(browser);
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
    const page = await followLink(browser, link.url);
    const reset = await admin().post(`/api/users/${user.id}/link`);
    const other = await newPage(browser);
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
    const page = await newPage(browser);
    await page.goto(`${stack.local().gateway}/set-password${fragment}`);
    await page.getByText(text).waitFor();
    await page.getByRole('link', { name: 'Sign in instead' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
  });
});

/** As long as a change of a user may take to reach the user's open pages, ms. */
const APPLIES_WITHIN = 30_000;

describe('the users page', () => {
  let page: Page;
  let consoleErrors: string[];
  /** The page of the seller who is invited. */
  let eve: Page;
  let eveId: string;
  const { row, menu, act, dialog, confirm, choose } = usersPage(() => page);

  const sellers = async () =>
    (await admin().get('/api/sellers')).body.items as { id: string; available: boolean }[];
  /** Whether each seller is offered leads. */
  const setAvailable = async (isAvailable: (id: string) => boolean): Promise<void> => {
    for (const { id, ...seller } of await sellers())
      await admin().put(`/api/sellers/${id}`, { ...seller, available: isAvailable(id) });
  };
  const offerOf = (email: string): Promise<{ id: string; seller: { id: string } }> =>
    eventually(async () => {
      const { body } = await admin().post('/api/leads/search', { email });
      const handoffs = await admin().get(`/api/handoffs?leadId=${body.items[0].id}`);
      expect(handoffs.body.items[0].state).toBe('offered');
      return handoffs.body.items[0];
    });

  const endOffer = async (email: string): Promise<void> => {
    const { id } = await offerOf(email);
    expect((await admin().post(`/api/handoffs/${id}/reject`, { reason: 'no-fit' })).status).toBe(200);
  };

  beforeAll(async () => {
    ({ page, consoleErrors } = await signIn(browser, stack.local(), 'admin'));
  });

  it('invites a seller, who sees what is theirs and nothing else', async () => {
    await submitForm(stack.local(), salesReadyForm('jo@engines.example'));
    await page.getByRole('link', { name: 'Users' }).click();
    await row('(you)').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Invite' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Eve Adams');
    await dialog().getByRole('textbox', { name: 'E-mail' }).fill('eve@people.example');
    await dialog().getByRole('textbox', { name: 'Share of leads' }).fill('0');
    await dialog().getByText('A number from 0.01 to 100').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await dialog().getByRole('textbox', { name: 'Share of leads' }).fill('2');
    await dialog().getByRole('button', { name: 'Invite' }).click();
    await dialog().getByText('It works once').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    const url = (await dialog().getByRole('group', { name: 'the link' }).innerText()).trim();
    await confirm('Done');
    await row('eve@people.example').getByText('Team Sales').waitFor();
    await row('eve@people.example').getByText('Invited').waitFor();

    eve = await followLink(browser, url);
    eveId = (await sellers()).find((seller) => 'name' in seller && seller.name === 'Eve Adams')!.id;
    expect(await eve.getByRole('navigation').getByRole('link').allInnerTexts()).not.toContain('Users');
    await eve.goto(`${stack.local().gateway}/users`);
    await heading(eve, 'Not for your role').waitFor();
    const seen = await eve.evaluate<[number, unknown[]]>(`(async () => {
      const headers = { 'content-type': 'application/json' };
      const leads = await fetch('/api/leads/search', { method: 'POST', headers, body: '{}' });
      return [(await fetch('/api/users')).status, (await leads.json()).items];
    })()`);
    expect(seen).toEqual([403, []]);
  });

  it('makes a user of a seller that nobody can sign in as', async () => {
    const id = randomUUID();
    await admin().put(`/api/sellers/${id}`, { name: 'Zoe Zuse', available: false });
    await page.reload();
    await page.getByText('Zoe Zuse nobody can sign in').waitFor();
    await page.getByRole('button', { name: 'Invite' }).click();
    await choose('Seller', 'Zoe Zuse, team Sales');
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Zoe Zuse');
    await dialog().getByRole('textbox', { name: 'E-mail' }).fill('zoe@people.example');
    expect(await barriersOf(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Invite' }).click();
    await dialog().getByText('It works once').waitFor();
    await confirm('Done');
    await row('zoe@people.example').getByText('Team Sales').waitFor();
    expect((await sellers()).find((seller) => seller.id === id)).toMatchObject({ available: true });
  });

  it('finds people by name, address, team and state', async () => {
    await page.reload();
    await page.getByRole('searchbox', { name: 'Search users' }).fill('adams sales');
    await eventually(async () => expect(await row('').count()).toBe(1));
    await row('eve@people.example').getByText('Active').waitFor();
    await page.getByText('Disabled', { exact: true }).click();
    await page.getByText('Nobody fits').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByText('All', { exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search users' }).fill('');
  });

  it('does not let administrators disable themselves or give up their role', async () => {
    const name = await row('(you)').getByRole('strong').innerText();
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    const item = page.getByRole('menuitem', { name: 'You cannot disable yourself' });
    await item.waitFor();
    expect(await item.isDisabled()).toBe(true);
    await menu(name).getByRole('menuitem', { name: 'Change…' }).click();
    expect(await dialog().getByRole('combobox', { name: 'Role' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('changes a role, which the open pages of the user follow', async () => {
    await act('Eve Adams', 'Change…');
    await choose('Role', 'Sales manager');
    await dialog().getByText('open pages follow within 30 seconds').waitFor();
    await dialog().getByRole('checkbox', { name: 'Leads are offered' }).check();
    await confirm('Save');
    await row('Eve Adams').getByText('Sales manager').waitFor();
    await eve.getByText('Sales manager').first().waitFor({ timeout: APPLIES_WITHIN });
    expect((await sellers()).find(({ id }) => id === eveId)).toMatchObject({ available: true, weight: 2 });
    await act('Eve Adams', 'Change…');
    await choose('Role', 'Seller');
    await confirm('Save');
  });

  it('disables a seller: the page ends at the login, and the offers go to another seller', async () => {
    // The offers of before may have been with every seller by now, so that nobody could take them.
    await endOffer('jo@engines.example');
    await setAvailable((id) => id === eveId);
    await submitForm(stack.local(), salesReadyForm('kim@engines.example'));
    const offer = await offerOf('kim@engines.example');
    expect(offer.seller.id).toBe(eveId);
    await setAvailable(() => true);
    await act('Eve Adams', 'Disable…');
    await dialog().getByText('1 offer without a decision').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await confirm('Disable');
    await row('Eve Adams').getByText('Disabled').waitFor();
    await row('Eve Adams').getByText('gets no leads').waitFor();
    await heading(eve, 'Sign in to Baton').waitFor({ timeout: APPLIES_WITHIN });
    expect((await offerOf('kim@engines.example')).seller.id).not.toBe(eveId);
    await eve.getByLabel('E-mail').fill('eve@people.example');
    await eve.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await eve.getByRole('button', { name: 'Sign in' }).click();
    await eve.getByText('Your account is disabled').waitFor();
  });

  it('says which offers nobody else can take', async () => {
    await act('Eve Adams', 'Enable…');
    await confirm('Enable');
    await setAvailable((id) => id === eveId);
    await submitForm(stack.local(), salesReadyForm('lou@engines.example'));
    expect((await offerOf('lou@engines.example')).seller.id).toBe(eveId);
    await act('Eve Adams', 'Disable…');
    await dialog().getByRole('button', { name: 'Disable' }).click();
    await dialog()
      .getByText(/\d+ offers? could not be given to anybody/)
      .waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await confirm('Done');
    await setAvailable((id) => id !== eveId);
  });

  it.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a name without an end', 'W'.repeat(256)],
  ])('shows %s as a name that does nothing', async (_, name) => {
    let alerts = 0;
    page.on('dialog', (shown) => {
      alerts += 1;
      void shown.dismiss();
    });
    const email = `${Buffer.from(name).toString('hex').slice(0, 20)}@people.example`;
    const { user } = await invite(email, name);
    await page.reload();
    const shown = row(email).locator('bdi').first();
    expect(await shown.innerText()).toBe(name);
    expect(await barriersOf(page)).toEqual([]);
    await act(name, 'Change…');
    await dialog().getByRole('checkbox', { name: 'Leads are offered' }).check();
    expect(await barriersOf(page)).toEqual([]);
    await confirm('Save');
    await row(email).getByText('Team Sales').waitFor();
    await admin().post(`/api/users/${user.id}/disable`);
    expect(alerts).toBe(0);
  });

  it('has no error in its console', () => {
    // The browser reports the one refusal of this file, of an offer that nobody else can take.
    expect(consoleErrors.filter((text) => !text.includes('409'))).toEqual([]);
  });
});

describe('the profile', () => {
  it('shows the own account, changes name and password, and ends sessions', async () => {
    const { link } = await invite('pat@people.example', 'Pat Doe', 'viewer');
    const page = await followLink(browser, link.url);
    const signInAgain = async (password: string): Promise<Page> => {
      const other = await newPage(browser);
      await other.goto(stack.local().gateway);
      await other.getByLabel('E-mail').fill('pat@people.example');
      await other.getByRole('textbox', { name: 'Password' }).fill(password);
      await other.getByRole('button', { name: 'Sign in' }).click();
      await other.getByRole('navigation').first().waitFor();
      return other;
    };
    const second = await signInAgain(PASSWORD);
    const third = await signInAgain(PASSWORD);

    await page.getByRole('button', { name: 'Pat Doe' }).click();
    await page.getByRole('menuitem', { name: 'Profile' }).click();
    const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await sessions.first().waitFor();
    expect(await sessions.count()).toBe(3);
    await sessions.filter({ hasText: 'This one' }).getByText('Chrome on Linux').waitFor();
    await sessions.first().getByText('From 127.0.0.1, signed in').waitFor();
    expect(await sessions.filter({ hasText: 'This one' }).getByRole('button').count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Name' }).fill('Pat Roe');
    await page.getByRole('region', { name: 'Account' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Pat Roe' }).waitFor();

    await sessions.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await eventually(async () => expect(await sessions.count()).toBe(2));
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await eventually(async () => expect(await sessions.count()).toBe(1));
    for (const other of [second, third]) {
      await heading(other, 'Sign in to Baton').waitFor({ timeout: APPLIES_WITHIN });
      await other.context().close();
    }

    const change = async (current: string, password: string): Promise<void> => {
      await page.getByRole('textbox', { name: 'Current password' }).fill(current);
      await newPassword(page).fill(password);
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('not the password', 'another long password');
    await page.getByText('This is not your current password.').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await change(PASSWORD, 'another long password');
    await page.getByText('Your password is changed.').waitFor();
    await (await signInAgain('another long password')).context().close();
    await page.context().close();
  });
});
