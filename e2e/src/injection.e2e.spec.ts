import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, httpClient, startStack, type LocalJson, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { adminClient, ingestClient, salesReadyForm, userClient } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { isFormula, parseCsv } from './injection/csv.js';
import { HOSTILE_ADDRESSES, HOSTILE_REDIRECTS, HOSTILE_TEXTS, MARK } from './injection/hostile-texts.js';
import { faultsIn, watch } from './injection/watched-page.js';
import { signIn } from './signed-in.js';
import { busClientOf, waitUntilCaughtUp } from './stack-queries.js';

const PASSWORD = 'staple battery horse';
const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

let stack: LocalStack;
let local: LocalJson;
let browser: Browser;
let page: Page;
let faults: string[];
/** Open while everything is sent. */
let livePage: Page;
let liveFaults: string[];
/** Headers of all answers to what was sent. */
const headers: string[] = [];

const noted = async <Answer extends { status: number; headers: Headers }>(
  answer: Promise<Answer>,
): Promise<Answer> => {
  const { status, headers: received } = await answer;
  expect(status).toBeLessThan(500);
  headers.push(JSON.stringify([...received]));
  return answer;
};
const admin = () => adminClient(local);
const fill = (fields: Record<string, string>, form = local.formId, more: Record<string, string> = {}) =>
  noted(
    httpClient(local.ingestion).post(`/f/${form}`, new URLSearchParams(fields).toString(), {
      ...URLENCODED,
      accept: 'application/json',
      ...more,
    }),
  );

beforeAll(async () => {
  stack = await startStack();
  local = stack.local();
  browser = await launchChromium();
  ({ page: livePage } = await signIn(browser, local, 'admin'));
  liveFaults = watch(livePage);
  await livePage.goto(`${local.gateway}/live`);
  await livePage.getByRole('heading', { name: 'Newest' }).waitFor();
  await sendForms();
  await sendEvents();
  await addNames();
  await sendDeadLetters();
  await waitUntilCaughtUp(local);
  await rejectHandoffs();
  await waitUntilCaughtUp(local);
  ({ page } = await signIn(browser, local, 'admin'));
  faults = watch(page);
}, 400_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

const sendForms = async (): Promise<void> => {
  for (const [n, text] of HOSTILE_TEXTS.entries()) {
    const names = { name: text, company: text, city: text, message: text, 'x-field': text };
    const campaign = { utm_campaign: text, utm_source: text, utm_content: text };
    const fields = salesReadyForm(`${MARK}${n}@engines.example`, { ...names, ...campaign });
    expect((await fill(fields)).status).toBe(200);
    // Refused, and kept to be shown.
    expect((await fill({ email: text, name: text })).status).toBe(400);
  }
  for (const email of HOSTILE_ADDRESSES) await fill(salesReadyForm(email, { name: '' }));
};

const sendEvents = async (): Promise<void> => {
  for (const text of HOSTILE_TEXTS) {
    const context = { page: { url: text, title: text, referrer: text }, campaign: { name: text } };
    const event = { type: 'track', event: text, anonymousId: text, properties: { [text]: text }, context };
    const batch = [event, { ...event, type: 'page', name: text }, { type: text, userId: text }];
    await noted(ingestClient(local).post('/v1/batch', { batch }));
  }
};

/** Of a source, its forms and keys, and of users, who log in so that the audit log has their names. */
const addNames = async (): Promise<void> => {
  for (const [n, name] of HOSTILE_TEXTS.map((text) => text.slice(0, 200)).entries()) {
    await noted(admin().post('/api/sources', { id: `hostile-${n}`, name }));
    await noted(admin().post('/api/forms', { id: `hostile-${n}`, sourceId: `hostile-${n}`, name }));
    await noted(admin().post('/api/tokens', { name, role: 'viewer', scope: 'read' }));
    const user = { email: `${MARK}-user${n}@baton.example`, name, role: 'marketing', password: PASSWORD };
    const { status } = await noted(admin().post('/api/users', user));
    if (status !== 201) continue;
    const login = { email: user.email, password: PASSWORD };
    const session = await noted(httpClient(local.gateway).post('/api/login', login));
    const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!;
    const path = `/api/leads/${encodeURIComponent(name)}`;
    await noted(httpClient(local.gateway).get(path, { cookie }));
  }
};

const sendDeadLetters = async (): Promise<void> => {
  const producer = busClientOf(local).connect({ retries: 5 }).producer();
  await producer.connect();
  const messages = HOSTILE_TEXTS.flatMap((text) => [
    { value: text },
    { value: JSON.stringify({ type: text, id: text, data: text }), headers: { type: text } },
  ]);
  await producer.send({ topic: 'activity', messages });
  await producer.disconnect();
};

const rejectHandoffs = async (): Promise<void> => {
  const manager = await userClient(local, 'manager');
  const items = await eventually(async () => {
    const { body } = await manager.get('/api/handoffs?limit=100');
    expect(body.items.length).toBeGreaterThanOrEqual(HOSTILE_TEXTS.length);
    return body.items;
  });
  const statuses: number[] = [];
  for (const [n, text] of HOSTILE_TEXTS.entries()) {
    const verdict = { reason: 'other', note: text.slice(0, 2_000) };
    const { status } = await noted(manager.post(`/api/handoffs/${items[n].id}/reject`, verdict));
    statuses.push(status);
  }
  expect(statuses).toContain(200);
};

const idsAt = async (path: string): Promise<string[]> =>
  (await admin().get(path)).body.items.map(({ id }: { id: string }) => id);

/** Clicks after which a page shows what was sent; at first it shows other groups, or newer entries. */
const REACHED_BY: Readonly<Record<string, () => Promise<unknown>>> = {
  '/live': () => page.getByText('Campaign', { exact: true }).first().click(),
  '/audit': () => page.getByRole('textbox', { name: 'Action contains' }).fill('POST /api/login'),
};

/** The page when everything has loaded, with what can be opened. */
const shown = async (path: string): Promise<string> => {
  await page.goto(`${local.gateway}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await REACHED_BY[path]?.();
  await eventually(async () => expect(await page.getByRole('status', { name: 'Loading' }).count()).toBe(0));
  const closed = page.getByRole('main').getByRole('button', { expanded: false });
  for (const one of (await closed.all()).slice(0, 8))
    await one.click({ timeout: 1_000 }).catch(() => undefined);
  return page.getByRole('main').innerText();
};
const faultsAt = async (paths: readonly string[]): Promise<{ faults: string[]; marked: number }> => {
  const found: string[] = [];
  let marked = 0;
  for (const path of paths) {
    if ((await shown(path)).includes(MARK)) marked += 1;
    found.push(...(await faultsIn(page)).map((fault) => `${path}: ${fault}`));
    found.push(...faults.splice(0).map((fault) => `${path}: ${fault}`));
  }
  return { faults: [...new Set(found)], marked };
};

describe('hostile text is shown as text', () => {
  it('on the pages of leads', async () => {
    const { body } = await admin().post('/api/leads/search', { limit: 200 });
    const ids = body.items
      .filter((lead: object) => JSON.stringify(lead).includes(MARK))
      .map(({ id }: { id: string }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(HOSTILE_TEXTS.length);
    const result = await faultsAt(['/leads', ...ids.map((id: string) => `/leads/${id}`)]);
    expect(result).toEqual({ faults: [], marked: ids.length + 1 });
  }, 300_000);

  it('in the inbox', async () => {
    const ids = await idsAt('/api/handoffs?limit=100');
    const result = await faultsAt(['/inbox', ...ids.map((id) => `/inbox/${id}`)]);
    expect(result.faults).toEqual([]);
    expect(result.marked).toBeGreaterThan(HOSTILE_TEXTS.length);
  }, 300_000);

  it.each([
    ['live', ['/live']],
    [
      'sources',
      ['/sources', '/sources/hostile-0', '/sources/hostile-0/settings', '/sources/hostile-14/forms'],
    ],
    ['requests', ['/sources/website/requests', '/sources/website/refused']],
    ['users', ['/users']],
    ['API tokens', ['/access']],
    ['audit', ['/audit']],
  ])(
    'on the pages of %s',
    async (_, paths) => {
      const result = await faultsAt(paths);
      expect(result.faults).toEqual([]);
      expect(result.marked).toBeGreaterThan(0);
    },
    120_000,
  );

  it('on the page of dead letters, which shows their reasons', async () => {
    expect((await faultsAt(['/dead-letters'])).faults).toEqual([]);
    expect(await page.getByRole('main').innerText()).toContain('JSON');
  });

  it('on a live page that was open meanwhile', async () => {
    expect([...liveFaults, ...(await faultsIn(livePage))]).toEqual([]);
  });
});

describe('outside of the pages', () => {
  it('the export of the audit log has no cell that a spreadsheet calculates', async () => {
    const { body, headers: received } = await admin().get('/api/audit/export');
    expect(received.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const rows = parseCsv(body);
    const [columns] = rows;
    expect(rows.filter((row) => row.length !== columns!.length)).toEqual([]);
    expect(rows.flat().filter(isFormula)).toEqual([]);
    expect(rows.flat().filter((cell) => /^'[=+\-@\t\r]/.test(cell)).length).toBeGreaterThanOrEqual(4);
  });

  it('no header of an answer carries any of it', () => {
    expect(headers.filter((each) => each.includes(MARK) || /evil/i.test(each))).toEqual([]);
    expect(headers.length).toBeGreaterThan(4 * HOSTILE_TEXTS.length);
  });

  it.each([
    ['with a page of its own', 'with-page', { redirectTo: 'https://good.example/thanks' }],
    ['without one', 'plain', {}],
  ])('a form %s redirects to allowed places only', async (_, id, settings) => {
    const form = { id, sourceId: 'website', name: id, allowedRedirects: ['good.example'], ...settings };
    expect((await admin().post('/api/forms', form)).status).toBe(201);
    for (const target of HOSTILE_REDIRECTS) {
      const fields = { email: `${MARK}-redirected@engines.example`, _redirect: target };
      const answer = await fill(fields, id, { accept: 'text/html' });
      const { host } = new URL(answer.headers.get('location') ?? '', `http://ours.example/f/${id}`);
      expect([target, answer.status, ['good.example', 'ours.example'].includes(host)]).toEqual([
        target,
        303,
        true,
      ]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('every line of the logs is JSON, and none has what was sent', () => {
    const folder = join(stack.home, 'logs');
    const services = ['gateway', 'ingestion', 'scoring', 'routing', 'reporting'];
    const files = readdirSync(folder).filter((name) => services.some((each) => name.startsWith(each)));
    expect(files.length).toBeGreaterThanOrEqual(services.length);
    const lines = files.flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    );
    expect(lines.length).toBeGreaterThan(services.length);
    expect(lines.filter((line) => !isJsonObject(line))).toEqual([]);
    expect(lines.filter((line) => line.includes(MARK) || /\x1b|\\u001b|forged/i.test(line))).toEqual([]);
  });
});

const isJsonObject = (line: string): boolean => {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
};
