import { ActivityRecorded, encode } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessage } from '../activity/invalid-message.js';
import { requestContext } from '../activity/request-context.example.js';
import { activityOfSegment, SEGMENT_KINDS, type SegmentKind } from './segment-message.js';

const activityOf = (kind: SegmentKind, message: Record<string, unknown>, context = requestContext()) =>
  activityOfSegment(kind, message, {}, context);

const person = { anonymousId: 'a-1', messageId: 'm-1' };

describe('a Segment message', () => {
  it('becomes an activity with all its fields', () => {
    const activity = activityOf('track', {
      ...person,
      event: 'Signed Up',
      userId: 'u-1',
      timestamp: '2026-01-05T10:59:58.000Z',
      sentAt: '2026-01-05T11:00:00.000Z',
      properties: { plan: 'pro' },
      context: {
        traits: { email: 'Ada@Engines.Example', title: 'COO' },
        campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
        page: { url: 'https://www.engines.example/signup', referrer: 'https://www.google.com/' },
        consent: { categoryPreferences: { Marketing: true } },
        userAgent: 'Mozilla/5.0',
      },
    });
    expect(activity).toEqual({
      activityId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sourceId: 'website',
      messageId: 'm-1',
      kind: 'track',
      name: 'Signed Up',
      occurredAt: '2026-01-05T11:59:58.000Z',
      receivedAt: '2026-01-05T12:00:00.000Z',
      personKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      identifiers: { email: 'ada@engines.example', userId: 'u-1', anonymousId: 'a-1' },
      traits: { email: 'ada@engines.example', jobTitle: 'COO' },
      properties: { plan: 'pro' },
      channel: 'paid-search',
      campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
      pageUrl: 'https://www.engines.example/signup',
      referrer: 'https://www.google.com/',
      marketingConsent: true,
      bot: false,
    });
  });

  it('has the campaign of its page, also of a search without an address and at the end of a long address', () => {
    const campaignOf = (page: object) => activityOf('page', { ...person, context: { page } }).campaign;
    const url = 'https://www.engines.example/pricing';
    expect(campaignOf({ url, search: '?utm_campaign=spring' })).toEqual({ name: 'spring' });
    expect(campaignOf({ url: `${url}#/x?UTM_CAMPAIGN=spring` })).toEqual({ name: 'spring' });
    expect(campaignOf({ url: `${url}?q=${'x'.repeat(3_000)}&utm_campaign=spring` })).toEqual({
      name: 'spring',
    });
  });

  it('of each kind has the fields of the kind', () => {
    const u = { userId: 'u-1' };
    expect(activityOf('identify', { ...u, traits: { company: 'Engines' } })).toMatchObject({
      name: '',
      traits: { company: 'Engines' },
    });
    expect(activityOf('page', { ...u, name: 'Pricing' }).name).toBe('Pricing');
    expect(
      activityOf('page', {
        ...u,
        properties: { title: 'Pricing', url: 'https://e.example/?utm_source=bing&utm_medium=cpc' },
      }),
    ).toMatchObject({
      name: 'Pricing',
      pageUrl: 'https://e.example/?utm_source=bing&utm_medium=cpc',
      channel: 'paid-search',
    });
    expect(activityOf('screen', { ...u, name: 'Home' }).name).toBe('Home');
    expect(
      activityOf('group', { ...u, groupId: 'g-1', traits: { name: 'Engines', employees: 7 } }),
    ).toMatchObject({
      traits: { company: 'Engines', employees: 7 },
      properties: { groupId: 'g-1' },
    });
    expect(activityOf('alias', { ...u, previousId: 'a-1' }).identifiers).toEqual({
      userId: 'u-1',
      previousId: 'a-1',
    });
  });

  it('may have nulls for absent fields, as browsers send them', () => {
    const message = {
      ...person,
      userId: null,
      traits: null,
      properties: null,
      context: null,
      timestamp: null,
    };
    expect(activityOf('page', message)).toMatchObject({ identifiers: { anonymousId: 'a-1' }, name: '' });
  });

  it('sent again is the same activity; without an id it is a new one each time', () => {
    const first = activityOf('page', person);
    expect(activityOf('page', person).activityId).toBe(first.activityId);
    expect(activityOf('page', { anonymousId: 'a-1' }).activityId).not.toBe(
      activityOf('page', { anonymousId: 'a-1' }).activityId,
    );
  });

  it('takes context and sentAt from its batch', () => {
    const activity = activityOfSegment(
      'page',
      { ...person, timestamp: '2020-01-01T00:00:00Z' },
      { sentAt: Date.parse('2020-01-01T00:01:00Z'), context: { page: { url: 'https://e.example/' } } },
      requestContext(),
    );
    expect(activity).toMatchObject({ occurredAt: '2026-01-05T11:59:00.000Z', pageUrl: 'https://e.example/' });
  });

  it("is a bot's by the person's user agent, or by a prefetch header of the request", () => {
    const by = (userAgent?: string) => activityOf('page', { ...person, context: { userAgent } }).bot;
    expect([by('Googlebot/2.1'), by('Mozilla/5.0')]).toEqual([true, false]);
    expect(activityOf('page', person, requestContext({ prefetch: true })).bot).toBe(true);
    expect(
      activityOf('page', person, requestContext({ userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }))
        .bot,
    ).toBe(true);
  });

  it("forwarded by a server is not a bot's because of the server", () => {
    const isBot = () => true;
    expect(activityOf('page', person, requestContext({ userAgent: 'python-requests/2.32', isBot })).bot).toBe(
      false,
    );
  });

  it('keeps the start of a very long page address, whole characters only', () => {
    const url = `https://e.example/${'x'.repeat(2029)}😀`;
    const activity = activityOf('page', { ...person, context: { page: { url } } });
    expect(activity.pageUrl).toHaveLength(2048);
    expect(activity.pageUrl?.isWellFormed()).toBe(true);
  });

  it('takes integers as ids', () => {
    const message = { userId: 42, anonymousId: 7, messageId: 3 };
    expect(activityOf('identify', message)).toMatchObject({
      identifiers: { userId: '42', anonymousId: '7' },
      messageId: '3',
    });
    expect(activityOf('group', { userId: Number.MAX_SAFE_INTEGER, groupId: 9 })).toMatchObject({
      identifiers: { userId: '9007199254740991' },
      properties: { groupId: '9' },
    });
    expect(activityOf('alias', { userId: 42, previousId: 8 }).identifiers.previousId).toBe('8');
  });

  it('takes phone numbers and CRM ids of traits and context', () => {
    const traits = { phone: '020 7183 8750', country: 'GB', salesforceContactId: '0035g00000ABCDEAA4' };
    const crm = { crmId: 'salesforce:0035g00000ABCDE' };
    expect(activityOf('identify', { traits }).identifiers).toEqual({ phone: '+442071838750', ...crm });
    const context = { externalIds: [{ id: '0035g00000ABCDE', type: 'salesforce', collection: 'users' }] };
    expect(activityOf('page', { context }).identifiers).toEqual(crm);
  });

  it('takes true and false as no id', () => {
    const message = { anonymousId: 'a-1', userId: false, messageId: true };
    expect(activityOf('page', message)).toMatchObject({
      identifiers: { anonymousId: 'a-1' },
      messageId: expect.stringContaining('-'),
    });
  });

  it.each(['', ' ', 'undefined', 'null', '0', 0, '[object Object]', '00000000-0000-0000-0000-000000000000'])(
    'with the message id %j has none, and is a new one each time',
    (messageId) => {
      const [first, second] = [1, 2].map(() => activityOf('page', { ...person, messageId }));
      expect(first?.messageId).not.toBe(messageId);
      expect(first?.activityId).not.toBe(second?.activityId);
    },
  );

  it.each<unknown>([[], '', null, {}])('takes %j for an empty object wherever an object belongs', (empty) => {
    const plain = activityOf('identify', { ...person, name: 'x' });
    const context = { page: empty, campaign: empty, traits: empty, consent: empty, userAgent: 'Mozilla/5.0' };
    const nested = { traits: empty, properties: empty, integrations: empty, context };
    const outer = { traits: empty, properties: empty, integrations: empty, context: empty };
    for (const fields of [nested, outer])
      expect(activityOf('identify', { ...person, name: 'x', ...fields })).toEqual(plain);
    const group = { userId: 'u', groupId: 'g' };
    expect(activityOf('group', { ...group, traits: empty, messageId: 'm' })).toEqual(
      activityOf('group', { ...group, messageId: 'm' }),
    );
    expect(activityOf('identify', { ...person, traits: { company: empty } }).traits).not.toHaveProperty(
      'company',
    );
  });

  it('with timestamp and originalTimestamp happened at the timestamp, which is final', () => {
    const times = {
      timestamp: '2026-01-05T10:00:00Z',
      originalTimestamp: '2026-01-05T12:00:00Z',
      sentAt: '2026-01-05T12:00:01Z',
    };
    const occurredAt = (given: object) => activityOf('page', { ...person, ...given }).occurredAt;
    expect(occurredAt(times)).toBe('2026-01-05T10:00:00.000Z');
    expect(occurredAt({ ...times, timestamp: undefined })).toBe('2026-01-05T11:59:59.000Z');
    expect(occurredAt({ ...times, timestamp: '2027-01-01T00:00:00Z' })).toBe('2026-01-05T12:00:00.000Z');
  });

  it('withdraws consent with an unsubscribe event, whatever traits say', () => {
    const event = { userId: 'u', event: 'Email Unsubscribed', context: { traits: { newsletter: true } } };
    expect(activityOf('track', event).marketingConsent).toBe(false);
    expect(activityOf('page', { userId: 'u', name: 'Unsubscribe' }).marketingConsent).toBeUndefined();
    expect(activityOf('identify', { userId: 'u', traits: { unsubscribed: true } }).marketingConsent).toBe(
      false,
    );
  });

  it.each<[SegmentKind, Record<string, unknown>, string]>([
    ['track', { userId: 'u' }, '/event'],
    ['track', { userId: 'u', event: 5 }, '/event'],
    ['track', { userId: 'u', event: 'x'.repeat(257) }, '/event'],
    ['page', {}, '/userId'],
    ['page', { userId: 'null' }, '/userId'],
    ['page', { userId: true }, '/userId'],
    ['page', { userId: 2 ** 53 }, '/userId'],
    ['page', { userId: -1e300 }, '/userId'],
    ['page', { anonymousId: 4.5 }, '/anonymousId'],
    ['page', { ...person, messageId: 1.5 }, '/messageId'],
    ['group', { userId: 'u', groupId: true }, '/groupId'],
    ['alias', { userId: 'u', previousId: 0.1 }, '/previousId'],
    ['page', { ...person, timestamp: '2026-02-30T10:00:00Z' }, '/timestamp'],
    ['page', { ...person, originalTimestamp: '2026-01-05T25:00:00Z' }, '/originalTimestamp'],
    ['page', { anonymousId: {} }, '/anonymousId'],
    ['page', { anonymousId: 'x'.repeat(257) }, '/anonymousId'],
    ['page', { ...person, messageId: {} }, '/messageId'],
    ['page', { ...person, messageId: 'x'.repeat(257) }, '/messageId'],
    ['page', { ...person, properties: [1] }, '/properties'],
    ['page', { ...person, context: 'x' }, '/context'],
    ['page', { ...person, timestamp: 'soon' }, '/timestamp'],
    ['page', { ...person, sentAt: 17 }, '/sentAt'],
    ['identify', { ...person, traits: 'x' }, '/traits'],
    ['group', { userId: 'u' }, '/groupId'],
    ['alias', { userId: 'u' }, '/previousId'],
    ['alias', { anonymousId: 'a', previousId: 'p' }, '/userId'],
  ])('of kind %s that is %j is refused at %s', (kind, message, pointer) => {
    expect(() => activityOf(kind, message)).toThrow(expect.objectContaining({ pointer }));
  });

  it('with any content is either refused with a pointer or valid by the contract', () => {
    const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary', maxLength: 400 }));
    const traits = fc.dictionary(
      fc.oneof(
        fc.constantFrom('email', 'company', 'employees', 'title', 'address', '__proto__', 'consent'),
        fc.string(),
      ),
      field,
    );
    const page = fc.oneof(fc.dictionary(fc.constantFrom('url', 'referrer'), field), field);
    const context = fc.dictionary(fc.constantFrom('campaign', 'userAgent', 'consent'), field);
    const time = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.double(),
      field,
    );
    const message = fc.record(
      {
        userId: fc.oneof(fc.constant('u-1'), field),
        anonymousId: fc.oneof(fc.constant('a-1'), field),
        previousId: fc.oneof(fc.constant('p-1'), field),
        groupId: fc.oneof(fc.constant('g-1'), field),
        event: fc.oneof(fc.constant('Signed Up'), field),
        name: fc.oneof(fc.constant('Pricing'), field),
        messageId: fc.oneof(fc.constant('m-1'), field),
        timestamp: time,
        originalTimestamp: time,
        sentAt: time,
        integrations: field,
        traits: fc.oneof(traits, field),
        properties: fc.oneof(traits, field),
        context: fc.oneof(
          fc.tuple(page, context, traits).map(([p, c, t]) => ({ page: p, traits: t, ...c })),
          field,
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...SEGMENT_KINDS), message, (kind, json) => {
        try {
          const activity = activityOf(kind, json);
          encode(ActivityRecorded, JSON.parse(JSON.stringify(activity)));
        } catch (fault) {
          if (!(fault instanceof InvalidMessage)) throw fault;
          expect(fault.pointer).toMatch(/^\/[a-zA-Z]+$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
