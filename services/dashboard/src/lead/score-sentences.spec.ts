import { describe, expect, it } from '@jest/globals';
import {
  accountSentence,
  contributionSentence,
  curveSentence,
  pastSentence,
  restSentence,
} from './score-sentences.js';

const NOW = '2026-01-05T09:00:00.000Z';
const contribution = {
  rule: 'pricing',
  label: 'asked for pricing',
  group: 'intent',
  points: 15,
  original: 15,
  activityId: 'a',
  occurredAt: '2026-01-03T09:00:00.000Z',
  times: 1,
  dropsOutAt: '2026-01-14T09:00:00.000Z',
};

describe('a point of a score in words', () => {
  it.each([
    [{}, '+15 asked for pricing, 2 days ago, drops out next week'],
    [{ dropsOutAt: '2026-01-11T08:00:00.000Z' }, '+15 asked for pricing, 2 days ago, drops out in 5 days'],
    [{ points: 7.5, dropsOutAt: null }, '+8 asked for pricing, 2 days ago, of +15 at first'],
    [{ times: 3, dropsOutAt: null }, '+15 asked for pricing, 3 times, 2 days ago'],
    [{ occurredAt: null, activityId: null, times: 0, dropsOutAt: null }, '+15 asked for pricing'],
    [{ points: -10, original: -10, dropsOutAt: null }, '−10 asked for pricing, 2 days ago'],
    [{ dropsOutAt: '2026-01-01T09:00:00.000Z' }, '+15 asked for pricing, 2 days ago'],
  ])('%j: %s', (more, sentence) => {
    expect(contributionSentence({ ...contribution, ...more }, NOW)).toBe(sentence);
  });
});

describe('a score in words', () => {
  const score = {
    points: 42.4,
    stage: 'mql',
    owner: { id: 'x', name: 'Sam' },
    rest: { count: 0, points: 0 },
  };

  it.each([
    [{}, '42 points, in stage mql, with Sam'],
    [{ owner: null }, '42 points, in stage mql, with nobody in sales'],
    [{ stage: null }, '42 points, not a lead yet'],
  ])('of a past instant %j', (more, sentence) => {
    expect(pastSentence({ ...score, ...more } as never)).toBe(sentence);
  });

  it('sums what is not listed', () => {
    expect(restSentence(score as never)).toBeNull();
    expect(restSentence({ ...score, rest: { count: 412, points: 3.2 } } as never)).toBe(
      '+3 for 412 older activities',
    );
  });

  it('over time has a beginning, an end and a highest point', () => {
    const points = [
      { at: '2026-01-01T12:00:00.000Z', points: 3 },
      { at: '2026-01-02T12:00:00.000Z', points: 61.2 },
      { at: '2026-01-03T12:00:00.000Z', points: 54 },
    ];
    expect(curveSentence({ points } as never)).toBe(
      'From 3 points on 1 Jan 2026 to 54 on 3 Jan 2026, highest 61 on 2 Jan 2026.',
    );
    expect(curveSentence({ points: [] } as never)).toBe('Nothing is known of this time.');
  });
});

describe('the account of a score in words', () => {
  const account = {
    ...{ domain: 'e.example', name: 'Engines', people: 3, engagedPeople: 2 },
    ...{ points: 54.6, isCustomer: false },
  };

  it.each([
    [account, 'Engines: 3 people, 2 engaged, 55 points of engagement'],
    [
      { ...account, people: 1, engagedPeople: 0, points: 0, isCustomer: true },
      'Engines: 1 person, 0 engaged, 0 points of engagement, a customer already',
    ],
    [null, null],
  ])('%j: %s', (known, sentence) => {
    expect(accountSentence({ account: known } as never)).toBe(sentence);
  });
});
