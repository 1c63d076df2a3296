import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { eventually, sharedStack, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import type { Browser, Page } from 'playwright-core';
import { followActivities } from './activity-log.js';
import { faultsOf, launchChromium } from './headless-chromium.js';
import { startPageServer } from './page-server.js';

const TIMEOUT_MS = 20_000;
const HOUR_MS = 3_600_000;
const require = createRequire(import.meta.url);
const SCRIPTS = {
  '/segment.js': join(dirname(require.resolve('@segment/analytics-next/package.json')), 'dist/umd/index.js'),
  '/rudder.js': join(dirname(require.resolve('@rudderstack/analytics-js')), '../bundled/umd/index.js'),
};
/** Headers that Sentry, OpenTelemetry, Datadog, Zipkin, New Relic, Application Insights and Elastic add to requests of a page. */
const TRACING = {
  baggage: 'sentry-environment=production',
  'sentry-trace': '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'dd=s:1',
  'x-datadog-trace-id': '1',
  b3: '0',
  'x-b3-traceid': '1',
  newrelic: 'e30=',
  'request-id': '|1.2',
  'elastic-apm-traceparent': '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

let stack: SharedStack;
let browser: Browser;
let site: Awaited<ReturnType<typeof startPageServer>>;
let log: Awaited<ReturnType<typeof followActivities>>;

beforeAll(async () => {
  stack = await sharedStack();
  [browser, site, log] = await Promise.all([
    launchChromium(),
    startPageServer(SCRIPTS),
    followActivities(stack.local()),
  ]);
}, 240_000);

afterAll(async () => {
  await Promise.all([browser?.close(), site?.stop(), log?.stop()]);
}, 60_000);

/** The activities of a visitor by kind, each once, when there are as many as expected. */
const arrived = (anonymousId: string, count: number) =>
  eventually(
    () => {
      const found = log.activities.filter(({ identifiers }) => identifiers.anonymousId === anonymousId);
      expect(new Set(found.map(({ activityId }) => activityId)).size).toBe(count);
      return new Map(found.map((activity) => [activity.kind, activity]));
    },
    { within: TIMEOUT_MS },
  );

const newPerson = () => {
  const id = randomUUID().slice(0, 8);
  return { userId: `u-${id}`, anonymousId: `a-${id}`, email: `ada.${id}@engines.example` };
};

/** What every client sends of a person, and how it has to arrive. */
const TRAITS = { firstName: 'Ada', company: { name: 'Engines Ltd' } };
const GROUP = { name: 'Engines Ltd', employees: 250 };
const expectAll = (
  found: ReadonlyMap<ActivityRecordedV1['kind'], ActivityRecordedV1>,
  { userId, anonymousId, email }: ReturnType<typeof newPerson>,
) => {
  const identifiers = { userId, anonymousId };
  expect(found.get('identify')).toMatchObject({
    identifiers: { ...identifiers, email },
    traits: { firstName: 'Ada', company: 'Engines Ltd', email },
  });
  expect(found.get('track')).toMatchObject({ identifiers, name: 'Signed Up', properties: { plan: 'pro' } });
  expect(found.get('page')).toMatchObject({ identifiers, name: 'Pricing' });
  expect(found.get('group')).toMatchObject({
    identifiers,
    properties: { groupId: 'g-1' },
    traits: { company: 'Engines Ltd', employees: 250 },
  });
};

describe('clients of servers', () => {
  const HAPPENED = new Date(Date.now() - HOUR_MS);
  const context = { page: { url: 'https://www.engines.example/?utm_source=google&utm_medium=cpc' } };
  const callsOf = (person: ReturnType<typeof newPerson>) => {
    const { userId, anonymousId, email } = person;
    const common = { userId, anonymousId, timestamp: HAPPENED, context };
    return {
      identify: { ...common, traits: { ...TRAITS, email } },
      track: { ...common, event: 'Signed Up', properties: { plan: 'pro' } },
      page: { ...common, name: 'Pricing', properties: { title: 'Pricing page' } },
      screen: { ...common, name: 'Home' },
      group: { ...common, groupId: 'g-1', traits: GROUP },
      alias: { ...common, previousId: `${userId}-before` },
    };
  };
  const expectTimeAndContext = (found: ReadonlyMap<string, ActivityRecordedV1>) => {
    for (const { kind, occurredAt, channel, bot, messageId } of found.values()) {
      // Corrected by the time between sending and receipt.
      expect([kind, Math.abs(Date.parse(occurredAt) - HAPPENED.getTime()) < 60_000]).toEqual([kind, true]);
      expect([kind, channel, bot]).toEqual([kind, 'paid-search', false]);
      expect(messageId).toMatch(/\w{8}/);
    }
  };

  it('of Segment need another host', async () => {
    const { writeKey, ingestion } = stack.local();
    const person = newPerson();
    const calls = callsOf(person);
    const faults: unknown[] = [];
    const analytics = new Analytics({ writeKey, host: ingestion });
    analytics.on('error', (fault) => faults.push(fault));
    analytics.identify(calls.identify);
    analytics.track(calls.track);
    analytics.page(calls.page);
    analytics.screen(calls.screen);
    analytics.group(calls.group);
    analytics.alias(calls.alias);
    await analytics.closeAndFlush();
    expect(faults).toEqual([]);
    // Its alias has no anonymousId.
    const found = await arrived(person.anonymousId, 5);
    expectAll(found, person);
    expectTimeAndContext(found);
    await expectAlias(person.userId);
  });

  it('of RudderStack need another data plane', async () => {
    const { writeKey, ingestion } = stack.local();
    const person = newPerson();
    const calls = callsOf(person);
    const faults: unknown[] = [];
    const done = (fault?: Error) => void (fault && faults.push(fault));
    const client = new RudderAnalytics(writeKey, { dataPlaneUrl: ingestion, errorHandler: done });
    client.identify(calls.identify, done);
    client.track(calls.track, done);
    client.page(calls.page, done);
    client.screen(calls.screen, done);
    client.group(calls.group, done);
    client.alias(calls.alias, done);
    await client.flush();
    expect(faults).toEqual([]);
    const found = await arrived(person.anonymousId, 6);
    expectAll(found, person);
    expectTimeAndContext(found);
    await expectAlias(person.userId);
  });

  const expectAlias = (userId: string) =>
    eventually(() =>
      expect(
        log.activities.filter(({ identifiers }) => identifiers.previousId === `${userId}-before`),
      ).toMatchObject([{ kind: 'alias', identifiers: { userId } }]),
    );
});

describe('clients of browsers', () => {
  /** A new page with the script of a client, and the faults it reports. */
  const openPage = async (
    script: keyof typeof SCRIPTS,
    before = '',
  ): Promise<{ page: Page; faults: string[] }> => {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    const faults = faultsOf(page);
    await page.goto(`${site.url}/pricing?utm_source=google&utm_medium=cpc&utm_campaign=spring`);
    await page.evaluate(before);
    await page.addScriptTag({ url: script });
    return { page, faults };
  };
  const loadSegment = (page: Page, options = {}): Promise<string> => {
    const { writeKey, ingestion } = stack.local();
    return page.evaluate(`(async () => {
      window.analytics = AnalyticsNext.AnalyticsBrowser.load(
        ${JSON.stringify({ writeKey, cdnURL: ingestion })}, ${JSON.stringify(options)});
      await analytics.ready();
      return (await analytics.user()).anonymousId();
    })()`);
  };
  const loadRudder = (page: Page, options = {}): Promise<string> => {
    const { writeKey, ingestion } = stack.local();
    const settings = JSON.stringify({ configUrl: ingestion, ...options });
    return page.evaluate(`(async () => {
      window.analytics = new rudderanalytics.RudderAnalytics();
      analytics.load(${JSON.stringify(writeKey)}, ${JSON.stringify(ingestion)}, ${settings});
      await new Promise((resolve) => analytics.ready(resolve));
      return analytics.getAnonymousId();
    })()`);
  };
  const callAll = async (page: Page, { userId, email }: ReturnType<typeof newPerson>) => {
    await page.evaluate(`(async () => {
      await analytics.identify(${JSON.stringify(userId)}, ${JSON.stringify({ ...TRAITS, email })});
      await analytics.track('Signed Up', { plan: 'pro' });
      await analytics.page('Pricing');
      await analytics.group('g-1', ${JSON.stringify(GROUP)});
      await analytics.alias(${JSON.stringify(userId)}, ${JSON.stringify(`${userId}-before`)});
    })()`);
  };
  const expectArrived = async (anonymousId: string, person: ReturnType<typeof newPerson>, since: string) => {
    const found = await arrived(anonymousId, 5);
    expectAll(found, { ...person, anonymousId });
    expect(found.get('alias')?.identifiers).toMatchObject({
      userId: person.userId,
      previousId: `${person.userId}-before`,
    });
    for (const { kind, occurredAt, campaign, pageUrl, channel } of found.values()) {
      expect([kind, occurredAt >= since, occurredAt <= new Date().toISOString()]).toEqual([kind, true, true]);
      expect([kind, channel, campaign?.name]).toEqual([kind, 'paid-search', 'spring']);
      expect(pageUrl).toContain(`${site.url}/pricing`);
    }
  };

  it('of Segment need another CDN address', async () => {
    const since = new Date().toISOString();
    const { page, faults } = await openPage('/segment.js');
    const person = newPerson();
    const anonymousId = await loadSegment(page);
    await callAll(page, person);
    await expectArrived(anonymousId, person, since);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of RudderStack need another data plane and address of the configuration', async () => {
    const since = new Date().toISOString();
    const { page, faults } = await openPage('/rudder.js');
    const person = newPerson();
    const anonymousId = await loadRudder(page);
    await callAll(page, person);
    await expectArrived(anonymousId, person, since);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('send in a page whose requests a tracing agent changes', async () => {
    const agent = `{
      const send = window.fetch;
      window.fetch = (url, init = {}) =>
        send(url, { ...init, headers: { ...init.headers, ...${JSON.stringify(TRACING)} } });
    }`;
    const { page, faults } = await openPage('/segment.js', agent);
    const anonymousId = await loadSegment(page);
    await page.evaluate(`analytics.track('Signed Up')`);
    await arrived(anonymousId, 1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  const batching = { integrations: { 'Segment.io': { deliveryStrategy: { strategy: 'batching' } } } };
  it.each<[string, keyof typeof SCRIPTS, (page: Page) => Promise<string>]>([
    ['Segment', '/segment.js', (page) => loadSegment(page, batching)],
    ['RudderStack', '/rudder.js', (page) => loadRudder(page, { useBeacon: true })],
  ])('of %s send the last events of a page that the visitor leaves', async (_of, script, load) => {
    const { page, faults } = await openPage(script);
    const anonymousId = await load(page);
    await page.evaluate(
      `Promise.all([analytics.track('Signed Up'), analytics.page('Pricing')]).then(() => {})`,
    );
    await page.goto('about:blank');
    await arrived(anonymousId, 2);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('of Segment send on the next page what the last one had no time for', async () => {
    const { page } = await openPage('/segment.js');
    const anonymousId = await loadSegment(page);
    await page.evaluate(`void analytics.track('Signed Up')`);
    await page.goto(`${site.url}/thanks`);
    await page.addScriptTag({ url: '/segment.js' });
    expect(await loadSegment(page)).toBe(anonymousId);
    await arrived(anonymousId, 1);
    await page.context().close();
  });

  it.each([
    ['text/plain', '/pricing'],
    ['application/json', '/pricing'],
    ['application/json', '/sandboxed'],
  ])('send a beacon of type %s from the page %s', async (type, path) => {
    const page = await (await browser.newContext()).newPage();
    const faults = faultsOf(page);
    await page.goto(`${site.url}${path}`);
    const { writeKey, ingestion } = stack.local();
    const anonymousId = randomUUID();
    const body = JSON.stringify({ batch: [{ type: 'page', anonymousId }] });
    const beacon = JSON.stringify([`${ingestion}/beacon/v1/batch?writeKey=${writeKey}`, body]);
    const responded = page.waitForEvent('requestfinished', (request) => request.method() === 'POST');
    const sent = await page.evaluate(`(() => {
      const [url, body] = ${beacon};
      return navigator.sendBeacon(url, new Blob([body], { type: '${type}' }));
    })()`);
    expect(sent).toBe(true);
    await responded;
    await arrived(anonymousId, 1);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
