import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { adminClient, submitForm, salesReadyForm, userClient, type Role } from './api-clients.js';
import { barriersOf } from './accessibility.js';
import { launchChromium } from './headless-chromium.js';
import { heading } from './people-pages.js';
import { MailServer } from '@baton/testing/mail-server';
import { signIn } from './signed-in.js';

const TIMEOUT_MS = 15_000;

let stack: LocalStack;
let browser: Browser;
const mails = new MailServer();

beforeAll(async () => {
  stack = await startStack({
    env: {
      SMTP_URL: await mails.start(),
      SMTP_FROM: 'Baton <baton@company.example>',
      // Links are opened at the gateway's own address, which is not known before the start.
      PUBLIC_URL: 'https://baton.company.example',
      NOTICE_SECRET: randomUUID().repeat(2),
    },
  });
  browser = await launchChromium();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  await mails.stop();
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
    const mqls = page.getByTestId('funnel-mql');
    await page.getByText('Running').first().waitFor();
    const before = (await mqls.count()) > 0 ? Number(await mqls.innerText()) : 0;
    const fetched: string[] = [];
    page.on('request', (request) => request.url().includes('/api/reports/') && fetched.push(request.url()));
    await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`, { name }));
    await page.getByRole('link', { name }).first().waitFor();
    await eventually(async () => expect(Number(await mqls.innerText())).toBe(before + 1), { within: 20_000 });
    // The stream brought the figures.
    expect(fetched).toEqual([]);
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

describe('notices', () => {
  it('go to webhooks that operations connect, but not into the own network', async () => {
    const { page, consoleErrors } = await signedIn('admin');
    await page.goto(`${stack.local().gateway}/webhooks`);
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL').fill('https://127.0.0.1/hook');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('The URL is refused').waitFor();
    await dialog.getByLabel('URL').fill('https://93.184.215.14/hook');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByText(/whsec_/).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('listitem').getByText('https://93.184.215.14/hook').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    // The refused address is a 422, which the browser logs as an error.
    expect(consoleErrors.filter((error) => !error.includes('422'))).toEqual([]);
    await page.context().close();
  });
});

describe('a link in a mail', () => {
  /** The page of somebody who is not signed in, at the link that was sent to an address for something; a mail may have several links. */
  const openLink = async (address: string, sentFor: object): Promise<Page> => {
    const token = await eventually(() => {
      const tokens = mails.to(address).flatMap((mail) => [...mail.matchAll(/decide#([\w.-]+)/g)]);
      const found = tokens.find(([, each]) => {
        const payload = Buffer.from(each!.split('.', 1)[0]!, 'base64url').toString();
        return Object.entries(sentFor).every(([key, value]) => JSON.parse(payload)[key] === value);
      });
      expect(found).toBeDefined();
      return found![1]!;
    });
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.goto(`${stack.local().gateway}/decide#${token}`);
    return page;
  };

  it('confirms the address, and accepts a lead once, without a login', async () => {
    const local = stack.local();
    const admin = adminClient(local);
    const address = `${randomUUID()}@mail.example`;
    const { page: seller, consoleErrors } = await signedIn('seller');
    await seller.goto(`${local.gateway}/profile`);
    await seller.getByLabel('E-mail address').fill(address);
    const settings = seller.getByRole('region', { name: 'How you are told' });
    await settings.getByRole('combobox', { name: 'Several notices' }).click();
    await seller.getByRole('option', { name: 'At once, each in a mail of its own' }).click();
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText(`A link was sent to ${address}`).waitFor();
    const confirm = await openLink(address, { for: 'address' });
    await confirm.getByText(address).waitFor();
    await confirm.getByRole('button', { name: 'Confirm' }).click();
    await confirm.getByText('The address is confirmed.').waitFor();
    await confirm.context().close();

    // The lead goes to this seller: nobody else is there.
    const { id } = (await (await userClient(local, 'seller')).get('/api/me')).body as { id: string };
    const { body } = await admin.get('/api/sellers');
    for (const { id: sellerId, ...others } of body.items as { id: string }[])
      await admin.put(`/api/sellers/${sellerId}`, { ...others, available: sellerId === id });
    const email = `${randomUUID()}@engines.example`;
    await submitForm(local, salesReadyForm(email));

    // What the others had goes to this seller, too.
    const { handoffId, leadId } = await eventually(async () => {
      const [lead] = (await admin.post('/api/leads/search', { email })).body.items as { id: string }[];
      const [offer] = (await admin.get(`/api/handoffs?leadId=${lead!.id}`)).body.items as { id: string }[];
      return { handoffId: offer!.id, leadId: lead!.id };
    });
    const decide = await openLink(address, { handoffId });
    await decide.getByText('It is offered to').waitFor();
    expect(await barriersOf(decide)).toEqual([]);
    // A mail scanner that opens links decides nothing.
    const state = async () => (await admin.get(`/api/handoffs/${handoffId}`)).body.state as string;
    expect(await state()).toBe('offered');
    await decide.getByRole('button', { name: 'Accept' }).click();
    await decide.getByText('You accepted the lead.').waitFor();
    expect(await state()).toBe('accepted');
    await eventually(async () => expect((await admin.get(`/api/leads/${leadId}`)).body.stage).toBe('sal'));

    const again = await openLink(address, { handoffId });
    await heading(again, 'Nothing to decide').waitFor();
    expect(await again.getByRole('button').count()).toBe(0);
    expect(await barriersOf(again)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    for (const page of [seller, decide, again]) await page.context().close();
  });
});
