import { describe, expect, it } from '@jest/globals';
import type { LeadConditions } from '../api/shapes.js';
import { filterTextsOf } from './filter-texts.js';

const names = { stageOf: (key: string) => key.toUpperCase(), ownerOf: (id: string) => `<${id}>` };

it.each<[LeadConditions, string[]]>([
  [{}, []],
  [{ stages: ['mql', 'sal'], grades: ['A'] }, ['Stage: MQL, SAL', 'Grade: A']],
  [{ owner: 'me' }, ['Owner: <me>']],
  [{ minPoints: 0 }, ['Points: 0 or more']],
  [{ maxPoints: 9 }, ['Points: 9 or fewer']],
  [{ minPoints: -1, maxPoints: 9 }, ['Points: -1 to 9']],
  [{ createdWithinDays: 1, activeWithinDays: 7 }, ['First seen: last 24 hours', 'Active: last 7 days']],
  [{ createdFrom: '2026-01-02T00:00:00Z' }, ['First seen from 2026-01-02']],
  [
    { activeFrom: '2026-01-02T00:00:00Z', activeTo: '2026-02-02T00:00:00Z' },
    ['Active from 2026-01-02 before 2026-02-02'],
  ],
  [{ hasEmail: false, identified: true }, ['Identified', 'Without an e-mail address']],
  [
    { channel: 'email', campaign: 'spring', sourceId: 'web' },
    ['Channel: email', 'Campaign: spring', 'Source: web'],
  ],
])('the conditions %j in words are %j', (conditions, texts) => {
  expect(filterTextsOf(conditions, names).map(({ text }) => text)).toEqual(texts);
});

describe('a condition in words', () => {
  it('names its fields, so that it can be removed', () => {
    const [points] = filterTextsOf({ minPoints: 1, maxPoints: 9 }, names);
    expect(points!.fields).toEqual(['minPoints', 'maxPoints']);
  });
});
