import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { salesReadyForm, submitForm } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { openStreams } from './open-streams.js';
import { signIn } from './signed-in.js';
import { query } from './stack-queries.js';

const TABS = 12;
const WITHIN = 45_000;
const WITHOUT_CHANNEL = 'delete window.BroadcastChannel';

let stack: LocalStack;
let browser: Browser;
let context: BrowserContext;
/** The requests for a stream, oldest first. */
let opened: { readonly page: Page; readonly request: Request }[];

beforeAll(async () => {
  stack = await startStack();
  browser = await launchChromium();
}, 240_000);
beforeEach(async () => {
  await noStream();
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

const streamsAre = (count: number) =>
  eventually(async () => expect(await openStreams(stack)).toBe(count), { within: WITHIN });
const noStream = () => streamsAre(0);
const liveUrl = () => `${stack.local().gateway}/live`;

/** Tabs of one browser with the live page of a marketing user. */
const openTabs = async (count: number, script?: string): Promise<Page[]> => {
  opened = [];
  const { page } = await signIn(browser, stack.local(), 'marketing');
  context = page.context();
  context.on('request', (request) => {
    if (request.url().includes('/api/live')) opened.push({ page: request.frame().page(), request });
  });
  if (script) await context.addInitScript({ content: script });
  const pages = [page, ...(await Promise.all(Array.from({ length: count - 1 }, () => context.newPage())))];
  for (const each of pages) {
    each.setDefaultTimeout(WITHIN);
    await each.goto(liveUrl());
  }
  await Promise.all(pages.map(isLive));
  return pages;
};
const isLive = (page: Page) => page.getByRole('status').filter({ hasText: 'Connection: Live' }).waitFor();
const holder = (): Page => opened.at(-1)!.page;
/** Pages that had the stream, in order; a page opens it again when it shows other reports. */
const holders = (): Page[] => [...new Set(opened.map(({ page }) => page))];
const others = (pages: readonly Page[], one: Page): Page[] => pages.filter((page) => page !== one);

/** Chromium without a window shows every tab; this is what a page finds out when its tab is hidden or shown. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    Object.defineProperty(document, 'visibilityState', { value: '${hidden ? 'hidden' : 'visible'}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`);

/** Somebody fills a form. @returns the name, which the live pages show */
const fillForm = async (): Promise<string> => {
  const name = `Grace ${randomUUID().slice(0, 6)}`;
  await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`, { name }));
  return name;
};
const allShow = (pages: readonly Page[], name: string) =>
  Promise.all(pages.map((page) => page.getByRole('link', { name }).first().waitFor()));
const leadsOn = (page: Page): Promise<string> => page.getByTestId('funnel-lead').innerText();
const loginPages = (pages: readonly Page[]) =>
  Promise.all(pages.map((page) => page.getByRole('button', { name: 'Sign in' }).waitFor()));

describe('the tabs of one browser', () => {
  it('all show what happens, with one stream, and go on when tabs close, hide and come back', async () => {
    let pages = await openTabs(TABS);
    await streamsAre(1);
    // Without leads there is no funnel.
    await allShow(pages, await fillForm());
    const before = await leadsOn(pages[0]!);
    await allShow(pages, await fillForm());
    await eventually(
      async () => {
        const figures = await Promise.all(pages.map(leadsOn));
        expect(new Set(figures).size).toBe(1);
        expect(figures[0]).not.toBe(before);
      },
      { within: WITHIN },
    );
    expect([await openStreams(stack), holders().length]).toEqual([1, 1]);

    const closed = holder();
    pages = others(pages, closed);
    await closed.close();
    const name = await fillForm();
    await allShow(pages, name);
    expect(holders()).toHaveLength(2);
    expect(await opened.at(-1)!.request.headerValue('last-event-id')).toMatch(/\w/);
    await streamsAre(1);

    const hidden = holder();
    await setHidden(hidden, true);
    await eventually(() => expect(holder()).not.toBe(hidden), { within: WITHIN });
    await allShow(pages, await fillForm());
    expect(await opened.at(-1)!.request.headerValue('last-event-id')).toMatch(/\w/);
    await streamsAre(1);

    await Promise.all(pages.map((page) => setHidden(page, true)));
    await noStream();
    const missed = await fillForm();
    await setHidden(pages[3]!, false);
    await allShow([pages[3]!], missed);
    await streamsAre(1);
    await allShow(pages, missed);
  }, 300_000);

  it('go on when the one with the stream crashes', async () => {
    const pages = await openTabs(3);
    const crashed = holder();
    const devTools = await context.newCDPSession(crashed);
    const crash = crashed.waitForEvent('crash');
    void devTools.send('Page.crash').catch(() => undefined);
    await crash;
    await allShow(others(pages, crashed), await fillForm());
    await streamsAre(1);
    expect(holder()).not.toBe(crashed);
  }, 120_000);

  it('all show the login page after a logout in one of them, and only the next user’s events after that', async () => {
    const pages = await openTabs(4);
    const name = await fillForm();
    await allShow(pages, name);
    await pages[2]!.getByRole('button', { name: /account menu/ }).click();
    await pages[2]!.getByRole('menuitem', { name: 'Sign out' }).click();
    await loginPages(pages);
    await noStream();
    const { email, password } = stack.local().users.manager;
    await pages[0]!.getByLabel('E-mail').fill(email);
    await pages[0]!.getByRole('textbox', { name: 'Password' }).fill(password);
    await pages[0]!.getByRole('button', { name: 'Sign in' }).click();
    await allShow([pages[0]!], await fillForm());
    await loginPages(pages.slice(1));
    await streamsAre(1);
  }, 120_000);

  it('all say so when the session ends', async () => {
    const pages = await openTabs(4);
    await query(stack.local(), 'delete from gateway.sessions');
    await Promise.all(pages.map((page) => page.getByText('Your session has ended').waitFor()));
    await noStream();
  }, 120_000);

  it('show nothing of another user who logs in, although the browser has their session now', async () => {
    const pages = await openTabs(2, WITHOUT_CHANNEL);
    const { gateway, users } = stack.local();
    await context.request.post(`${gateway}/api/login`, { data: users.seller, headers: { origin: gateway } });
    await Promise.all(pages.map((page) => page.getByText('Your session has ended').waitFor()));
    await noStream();
  }, 120_000);

  it('have a stream each without the means to share one', async () => {
    const pages = await openTabs(2, WITHOUT_CHANNEL);
    await streamsAre(2);
    await allShow(pages, await fillForm());
    await Promise.all(pages.map((page) => setHidden(page, true)));
    await noStream();
  }, 120_000);
});

describe('the server', () => {
  const streams: IncomingMessage[] = [];
  const open = async (headers: Record<string, string>): Promise<IncomingMessage> => {
    const sent = httpRequest(`${stack.local().gateway}/api/live`, { headers, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    streams.push(response.on('error', () => undefined));
    return response;
  };
  afterEach(() => streams.splice(0).forEach((stream) => stream.destroy()));

  it('refuses the eleventh stream of a user, and the page says why until there is a place', async () => {
    const [page] = await openTabs(1);
    await setHidden(page!, true);
    await noStream();
    const { gateway, users } = stack.local();
    const login = await fetch(`${gateway}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(users.marketing),
    });
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
    for (let place = 0; place < 10; place += 1) (await open({ cookie })).resume();
    await setHidden(page!, false);
    await page!.getByText('too many browsers').waitFor();
    streams.splice(0).forEach((stream) => stream.destroy());
    await isLive(page!);
    await allShow([page!], await fillForm());
  }, 120_000);

  it('disconnects a reader that takes nothing', async () => {
    const { apiToken } = stack.local();
    await query(
      stack.local(),
      `with stored as (
         insert into reporting.live_partitions (topic, partition, last_sequence, last_stored_at) values ('padding', 0, 4000, now())
       )
       insert into reporting.live_events (topic, partition, sequence, stored_at, type, data)
       select 'padding', 0, n, now(), 'lead', json_build_object('what', 'created', 'leadId', gen_random_uuid(), 'pad', repeat('x', 8000))
       from generate_series(1, 4000) n`,
    );
    const stalled = await open({ authorization: `Bearer ${apiToken}`, 'last-event-id': 'padding:1' });
    await streamsAre(1);
    await noStream();
    expect(stalled.readableEnded).toBe(false);
  }, 120_000);
});
