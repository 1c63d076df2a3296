import { describe, expect, it } from '@jest/globals';
import { requestContext } from '../activity/request-context.example.js';
import { activitiesIn, activityIn } from './segment-request.js';
import { writeKeyOf } from './write-key.js';

const page = (messageId: string) => ({ type: 'page', anonymousId: 'a-1', messageId });
const large = { ...page('large'), properties: { text: 'x'.repeat(33 * 1024) } };
const nested = JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown;

describe('a batch', () => {
  it('becomes activities in its order', () => {
    const { activities, rejected } = activitiesIn({ batch: [page('m-1'), page('m-2')] }, requestContext());
    expect(activities.map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
    expect(rejected).toEqual([]);
  });

  it('reports each invalid message with its place and its fault', () => {
    const batch = [page('m-1'), { type: 'track', userId: 'u' }, 5, { ...page('m-2'), type: 'click' }, large];
    const { rejected } = activitiesIn({ batch }, requestContext());
    expect(rejected.map(({ index, fault }) => [index, fault.pointer, fault.code])).toEqual([
      [1, '/event', 'invalid'],
      [2, '', 'invalid'],
      [3, '/type', 'invalid'],
      [4, '', 'too-large'],
    ]);
  });

  it('keeps the place of each activity beside rejected messages, and the text of those', () => {
    const { activities, indexes, rejected } = activitiesIn(
      { batch: [page('m-1'), {}, page('m-2'), nested, large] },
      requestContext(),
    );
    expect(activities.map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
    expect(indexes).toEqual([0, 2]);
    expect(rejected.map(({ message }) => message.slice(0, 15))).toEqual(['{}', '', '{"characters":3']);
  });

  it('keeps a long rejected message as its size and hash, so that nothing of a person is in it', () => {
    const fits = { note: 'x'.repeat(4_096 - '{"note":""}'.length) };
    const long = { name: 'Ada', note: 'x'.repeat(4_096), userId: '4711' };
    const { rejected } = activitiesIn({ batch: [fits, long] }, requestContext());
    expect(rejected.map(({ message }) => JSON.parse(message) as unknown)).toEqual([
      fits,
      { characters: JSON.stringify(long).length, sha256: expect.stringMatching(/^[\da-f]{64}$/) },
    ]);
  });

  it('counts the shared context only in messages without one of their own', () => {
    const context = { traits: { note: 'x'.repeat(20_000) } };
    const batch = [{ ...page('own'), context }, page('shared'), { ...page('sum'), properties: context }];
    const { activities, rejected } = activitiesIn({ batch, context }, requestContext());
    expect(activities.map(({ messageId }) => messageId)).toEqual(['own', 'shared']);
    expect(rejected.map(({ index, fault }) => [index, fault.code])).toEqual([[2, 'too-large']]);
  });

  it('applies its sentAt to all messages', () => {
    const batch = [{ ...page('m-1'), timestamp: '2020-01-01T00:00:00Z' }];
    const { activities } = activitiesIn({ batch, sentAt: '2020-01-01T00:00:01Z' }, requestContext());
    expect(activities[0]?.occurredAt).toBe('2026-01-05T11:59:59.000Z');
  });

  it.each([
    [[], ''],
    [null, ''],
    [{}, '/batch'],
    [{ batch: {} }, '/batch'],
    [{ batch: [], sentAt: 'x' }, '/sentAt'],
    [{ batch: [], context: [1] }, '/context'],
  ])('that is %j is refused as a whole', (body, pointer) => {
    expect(() => activitiesIn(body, requestContext())).toThrow(expect.objectContaining({ pointer }));
  });
});

describe('the kinds that a write key takes', () => {
  const context = requestContext({
    refusalOfKind: (kind) => (kind === 'page' ? undefined : `is "${kind}"`),
  });
  const track = { type: 'track', userId: 'u', event: 'Signed Up' };

  it.each([
    ['identify', { type: 'identify', userId: 'u' }],
    ['track', track],
    ['alias', { type: 'alias', userId: 'u', previousId: 'a' }],
  ])('leave a message of kind %s out of a batch', (kind, message) => {
    const { activities, rejected } = activitiesIn({ batch: [message, page('m-1')] }, context);
    expect(activities.map(({ messageId }) => messageId)).toEqual(['m-1']);
    expect(rejected.map(({ index, fault }) => [index, fault.code, fault.detail])).toEqual([
      [0, 'forbidden', `is "${kind}"`],
    ]);
  });

  it('refuse a single message', () => {
    expect(() => activityIn('track', track, context)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});

describe('a single message', () => {
  it('is of the kind its address says', () => {
    expect(activityIn('page', { ...page('m-1'), type: 'track' }, requestContext()).kind).toBe('page');
  });

  it.each([
    ['no object', [], 'invalid'],
    ['too large', large, 'too-large'],
    ['too deep', { ...page('m-1'), properties: { nested } }, 'invalid'],
  ])('that is %s is refused', (_, message, code) => {
    expect(() => activityIn('page', message, requestContext())).toThrow(
      expect.objectContaining({ pointer: '', code }),
    );
  });
});

describe('the write key', () => {
  const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;

  it.each([
    [basic('key:'), { writeKey: 'other' }, {}, 'key'],
    [basic('key'), {}, {}, 'key'],
    [basic(':secret'), { writeKey: 'key' }, {}, 'key'],
    ['Basic %%%', { writeKey: 'key' }, {}, 'key'],
    ['Bearer abc', { writeKey: 'key' }, {}, 'key'],
    [undefined, { writeKey: 5 }, { writeKey: 'key' }, 'key'],
    [undefined, null, { writeKey: '' }, undefined],
    [undefined, [], undefined, undefined],
  ])('of %s, %j and %j is %s', (authorization, body, query, key) => {
    expect(writeKeyOf(authorization, body, query)).toBe(key);
  });
});
