import { eventually, httpClient, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm, type Role } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';

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
const pathOf = (page: Page): string => new URL(page.url()).pathname;
/** Clicks elements that are no longer found once they were clicked. */
const clickAll = async (found: Locator): Promise<void> => {
  while ((await found.count()) > 0) await found.first().click();
};
const untilLoaded = (page: Page): Promise<void> =>
  eventually(async () => expect(await page.getByRole('status', { name: 'Loading' }).count()).toBe(0));

describe('the sources page', () => {
  let page: Page;
  let consoleErrors: string[];
  let writeKey: string;

  const ingestion = () => httpClient(stack.local().ingestion);
  /** Fills in the form of the source as a page does, or a program of this name. */
  const fill = (fields: Record<string, string>, userAgent = CHROME) =>
    ingestion().post('/f/ask-us', fields, { accept: 'application/json', 'user-agent': userAgent });
  const row = (text: string | RegExp): Locator =>
    page
      .getByRole('list', { name: 'Requests' })
      .getByRole('button', { expanded: false })
      .filter({ hasText: text });
  const opened = (): Locator => page.getByRole('group', { name: /^Message 1 of/ });
  /** Opens the newest request that reads like this, and shows no other. */
  const open = async (text: string | RegExp): Promise<void> => {
    await clickAll(page.getByRole('list', { name: 'Requests' }).getByRole('button', { expanded: true }));
    await row(text).first().click();
    await opened().first().waitFor();
  };
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

  beforeAll(async () => {
    ({ page, consoleErrors } = await signedIn('marketing'));
  });

  it('creates a source, shows its key once and fills the code to paste', async () => {
    await page.getByRole('link', { name: 'Sources' }).click();
    await page.getByRole('button', { name: 'New source' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Web shop');
    expect(await page.getByRole('textbox', { name: 'Id' }).inputValue()).toBe('web-shop');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('cannot be read again').waitFor();
    writeKey = (await page.getByRole('group', { name: 'the write key' }).innerText()).trim();
    expect(writeKey).toMatch(/^wk_/);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on to the code to paste' }).click();

    await page.getByRole('button', { name: 'Create a form' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ask us');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText(`action="${stack.local().ingestion}/f/ask-us"`).waitFor();
    await tab('Command line');
    await page.getByText(`-u '${writeKey}:'`).waitFor();

    await page.reload();
    await tab('Command line');
    await page.getByText("-u 'YOUR_WRITE_KEY:'").waitFor();
    expect(await page.getByText(writeKey).count()).toBe(0);
  });

  it('shows requests by themselves, with what was understood of each', async () => {
    await tab('Live requests');
    await page.getByText('Waiting for the first request').waitFor();
    await fill({ ...salesReadyForm('ada@engines.example'), interest: 'pricing' });
    await row('1 accepted').waitFor();
    await fill({ 'your-email': 'eda@engines.example', newsletter: 'weekly', fld_17: '+49 30 901820' });
    await fill({ email: 'eve@engines.example' }, 'AcmeBot/2.1');
    await fill({ email: 'not an address' });
    await ingestion().post(`/v1/batch?writeKey=${writeKey}`, {
      batch: [
        { type: 'page', anonymousId: 'a-1', name: 'Pricing' },
        { type: 'track', userId: 'u-1' },
      ],
    });
    await row('Accepted in part').waitFor();

    await open(/Accepted1 accepted/);
    for (const text of [
      'ada@engines.example',
      'paid-search',
      'spring-launch',
      'Agreed',
      'Head of Operations',
    ])
      await opened().getByText(text, { exact: true }).first().waitFor();
    await open('Accepted with a remark');
    await opened().getByText('The answer to "newsletter" was not understood').waitFor();
    await opened().getByText('Not said').waitFor();
    await open(/Refused0 accepted/);
    await opened().getByText('must be an e-mail address').waitFor();
    await open('Accepted in part');
    await opened().getByText('/batch/1/event').waitFor();
    await opened().getByText('"userId": "u-1"').waitFor();

    const numbers = page.getByRole('region', { name: 'Numbers of the last 7 days' });
    await numbers
      .getByText('5 requests in 7 days = 4 accepted + 1 refused + 0 over a limit + 0 failed here')
      .waitFor();
    await numbers
      .getByText('Events: 4 accepted, 1 of them flagged as a robot’s, 1 refused, 0 held now')
      .waitFor();
    await clickAll(row('accepted'));
    expect(await barriersOf(page)).toEqual([]);
  });

  it('stands still while it is paused', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await page.getByRole('list', { name: 'Requests' }).getByRole('listitem').count();
    await fill({ email: 'gus@engines.example' });
    await eventually(async () => {
      const { body } = await adminClient(stack.local()).get('/api/sources/web-shop/requests');
      expect(JSON.stringify(body)).toContain('gus@engines.example');
    });
    expect(await page.getByRole('list', { name: 'Requests' }).getByRole('listitem').count()).toBe(before);
    await page.getByRole('button', { name: 'Go on' }).click();
    await eventually(async () =>
      expect(await page.getByRole('list', { name: 'Requests' }).getByRole('listitem').count()).toBe(
        before + 1,
      ),
    );
  });

  it('corrects what was taken for a robot, always for its program, and back', async () => {
    await page.getByText('Needs attention').click();
    await row(/accepted/)
      .nth(2)
      .waitFor({ state: 'detached' });
    await open('AcmeBot/2.1');
    await opened().getByText('The program that sent it, AcmeBot/2.1, is known as a robot.').waitFor();
    await page.getByRole('checkbox', { name: 'and always for acmebot' }).check();
    await page.getByRole('button', { name: 'This is a person' }).click();
    await page.getByText('it counts as a person’s now, and so will every request of acmebot').waitFor();
    await row('AcmeBot/2.1').waitFor({ state: 'detached' });

    await fill({ email: 'fay@engines.example' }, 'AcmeBot/2.2');
    await page.getByText('All', { exact: true }).click();
    await open('AcmeBot/2.2');
    expect(await opened().getByText('Flagged as a robot’s').count()).toBe(0);
    for (const email of ['eve@engines.example', 'fay@engines.example'])
      await eventually(async () => {
        const { body } = await adminClient(stack.local()).post('/api/leads/search', { email });
        expect(body.items).toHaveLength(1);
      });

    await open('AcmeBot/2.1');
    await page.getByRole('button', { name: 'Undo for acmebot' }).click();
    await page.getByText('Undone: later requests of acmebot').waitFor();
    await fill({ email: 'gil@engines.example' }, 'AcmeBot/2.3');
    await row(/AcmeBot\/2.3.*Accepted as a robot’s/).waitFor();
  });

  it('maps a field, and the next fill is understood', async () => {
    await open('Accepted with a remark');
    await page.getByRole('button', { name: 'Map this field… fld_17' }).click();
    await page.getByText('It counts from the next fill').waitFor();
    await page.getByRole('combobox', { name: 'It is' }).fill('Phone');
    await page.getByRole('option', { name: 'Phone number' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('“fld_17” is taken for “Phone number” from the next fill on').waitFor();
    await fill({ email: 'hal@engines.example', fld_17: '+49 30 901820' }, `${CHROME} Edg/147.0.0.0`);
    await open('Edge');
    await opened()
      .getByRole('row', { name: /^fld_17 .*Phone number It is mapped to that/ })
      .waitFor();

    await tab('Forms');
    await page.getByRole('button', { name: 'Edit the form Ask us' }).click();
    await page.getByRole('textbox', { name: 'Page shown after a fill' }).fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be an http or https address').first().waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page
      .getByRole('textbox', { name: 'Page shown after a fill' })
      .fill('https://engines.example/thanks');
    await page.getByRole('button', { name: 'Remove the mapping of fld_17' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Leads to https://engines.example/thanks, 0 mapped fields').waitFor();
  });

  it('lists refused messages, and keeps the quota and the programs that send for people', async () => {
    await tab('Refused messages');
    await page.getByText('/batch/1/event').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await adminClient(stack.local()).put('/api/sources/web-shop', {
      name: 'Web shop',
      eventsPerDay: null,
      personAgents: ['acmebot', 'relay'],
    });
    await page.reload();
    await tab('Settings');
    await page.getByRole('button', { name: 'Remove acmebot' }).click();
    await page.getByRole('button', { name: 'Remove acmebot' }).waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Events per day' }).fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const { body } = await adminClient(stack.local()).get('/api/sources');
    expect(body.items.find(({ id }: { id: string }) => id === 'web-shop')).toMatchObject({
      eventsPerDay: 1,
      personAgents: ['relay'],
    });
    await fill({ email: 'ida@engines.example' });
    await page.getByText('1 event held now').waitFor();
    await page.getByText('Over its quota, 1 held').first().waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'All sources' }).click();
    await page
      .getByRole('link', { name: /Web shop.*Over its quota, 1 held.*1 refused.*2 flagged.*1 held/ })
      .waitFor();
    await page.getByRole('link', { name: /Web site.*Never received anything/ }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });

  it('has several write keys: made, shown once, edited, rotated and revoked', async () => {
    const send = async (key: string, headers: Record<string, string> = {}): Promise<number> =>
      (await ingestion().post(`/v1/page?writeKey=${key}`, JSON.stringify({ anonymousId: 'a-1' }), headers))
        .status;
    const valid = (name: string): Locator =>
      page.getByRole('list', { name: 'Write keys' }).getByRole('listitem').filter({ hasText: name });
    /** The key that a dialog shows, which is closed then. */
    const shownKey = async (): Promise<string> => {
      const shown = page.getByRole('dialog').getByRole('group', { name: 'the write key' });
      const key = (await shown.innerText()).trim();
      await page.getByRole('dialog').getByRole('button', { name: /^Copy/ }).waitFor();
      expect(await barriersOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      expect(await page.getByText(key).count()).toBe(0);
      return key;
    };

    await page.goto(`${stack.local().gateway}/sources/web-shop/keys`);
    await valid('First key').getByText('Takes everything from any page and server').waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Cart');
    await page.getByRole('textbox', { name: 'Allowed pages' }).fill('https://cart.engines.example/pay');
    await page.getByRole('checkbox', { name: 'Page views' }).check();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const cart = await shownKey();
    await valid('Cart').getByText('Takes page views from https://cart.engines.example').waitFor();
    await valid('Cart').getByText('Never used').waitFor();
    expect(await send(cart)).toBe(403);
    expect(await send(cart, { origin: 'https://evil-cart.engines.example' })).toBe(403);
    expect(await send(cart, { origin: 'https://cart.engines.example' })).toBe(200);
    await valid('Cart').getByText('Last used').waitFor();

    await page.getByRole('button', { name: /^Edit Cart/ }).click();
    await page.getByRole('textbox', { name: 'Allowed pages' }).fill('https://*.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be a scheme and a host without a path').waitFor();
    await page.getByRole('textbox', { name: 'Allowed pages' }).fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await valid('Cart').getByText('Takes page views from any page and server').waitFor();
    expect(await send(cart)).toBe(200);

    await page.getByRole('button', { name: /^Rotate Cart/ }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const next = await shownKey();
    await valid('Cart').getByText('Replaced, ends').waitFor();
    expect([await send(cart), await send(next)]).toEqual([200, 200]);
    await page.getByRole('button', { name: `Rotate Cart (${next.slice(0, 9)})` }).click();
    await page.getByRole('combobox', { name: 'The old key works for' }).click();
    await page.getByRole('option', { name: 'It ends at once' }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const last = await shownKey();
    expect([await send(cart), await send(next), await send(last)]).toEqual([200, 401, 200]);

    await page.getByRole('button', { name: /^Revoke First key/ }).click();
    await page.getByText('Forms of this source stop, too').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('2 keys ended').click();
    const ended = page.getByRole('list', { name: 'Keys that ended' });
    await ended.getByRole('listitem').filter({ hasText: 'First key' }).getByText('Ended just now').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(await send(writeKey)).toBe(401);
    expect((await fill({ email: 'jon@engines.example' })).status).toBe(403);
    const { body } = await adminClient(stack.local()).get('/api/audit');
    const actions = (body.items as { action: string }[]).map(({ action }) => action);
    for (const action of ['', '/{id}', '/{id}/rotate', '/{id}/revoke'])
      expect(actions).toContain(`${action === '/{id}' ? 'PUT' : 'POST'} /api/sources/{id}/keys${action}`);
    await page.getByRole('link', { name: 'All sources' }).click();
    await page.getByRole('link', { name: /Web site.*Never received anything/ }).waitFor();
  });

  it('has no error in its console, and no person in its addresses', () => {
    // The browser reports the one refusal of this file, of an address that is none.
    expect(consoleErrors.filter((text) => !text.includes('400'))).toEqual([]);
    expect(pathOf(page)).toBe('/sources');
  });

  it('is not for sellers, and says so', async () => {
    const seller = (await signedIn('seller')).page;
    expect(await seller.getByRole('link', { name: 'Sources' }).count()).toBe(0);
    for (const path of ['/sources', '/sources/web-shop/requests', '/dead-letters']) {
      await seller.goto(`${stack.local().gateway}${path}`);
      await seller.getByRole('heading', { name: 'Not for your role' }).waitFor();
    }
    expect(await barriersOf(seller)).toEqual([]);
  });
});

describe('every page can be used with a screen reader, on a small screen, in light and dark', () => {
  it('login', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(stack.local().gateway);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('E-mail').fill(stack.local().users.seller.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await barriersOf(page)).toEqual([]);
  });

  it.each<[string, Role, string]>([
    ['/live', 'marketing', 'Funnel'],
    ['/inbox', 'manager', 'Inbox'],
    ['/leads', 'marketing', 'Leads'],
    ['/definitions', 'marketing', 'Definitions'],
    ['/definitions/new/funnel', 'marketing', 'What differs'],
    ['/dead-letters', 'admin', 'Dead letters'],
    ['/sources', 'admin', 'Sources'],
    ['/audit', 'admin', 'Audit'],
  ])('%s', async (path, role, heading) => {
    await submitForm(stack.local(), salesReadyForm('joe@engines.example'));
    const { page } = await signedIn(role);
    await page.goto(`${stack.local().gateway}${path}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await untilLoaded(page);
    expect(await barriersOf(page)).toEqual([]);
  });

  it('a lead, a hand-off and a definition', async () => {
    const admin = adminClient(stack.local());
    const { page } = await signedIn('manager');
    const handoff = await eventually(async () => {
      const { body } = await admin.get('/api/handoffs?state=offered');
      expect(body.items.length).toBeGreaterThan(0);
      return body.items[0] as { id: string; leadId: string };
    });
    const { body } = await admin.get('/api/definitions');
    for (const path of [
      `/leads/${handoff.leadId}`,
      `/inbox/${handoff.id}`,
      `/definitions/${body.items[0].id}`,
    ]) {
      await page.goto(`${stack.local().gateway}${path}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await untilLoaded(page);
      expect(await barriersOf(page)).toEqual([]);
    }
  });
});
