import { describe, expect, it } from '@jest/globals';
import { restOf, storyOf } from './stage-story.js';

const change = (at: string, reason: string | undefined) => ({
  ...{ from: 'mql', stage: 'recycled', at, cause: 'verdict' },
  reason: reason === undefined ? null : { kind: 'rejected' as const, words: `rejected (${reason})`, reason },
});
const upper = (key: string): string => key.toUpperCase();

describe('the story of a lead', () => {
  it('has its changes of stage and the signals to marketing, newest first, with their reasons', () => {
    const story = storyOf(
      {
        stages: [
          change('2026-01-01T00:00:00.000Z', undefined),
          change('2026-03-01T00:00:00.000Z', 'no-need'),
        ],
        nurture: [
          {
            ...{ reason: 'silent', words: 'Silent for 30 days' },
            ...{ since: '2026-01-02T00:00:00.000Z', at: '2026-02-01T00:00:00.000Z' },
          },
        ],
      },
      upper,
    );
    expect(story.map(({ what, why }) => [what, why])).toEqual([
      ['MQL → RECYCLED', 'Rejected (no-need)'],
      ['Marketing was told', 'Silent for 30 days (since 2026-01-02)'],
      ['MQL → RECYCLED', undefined],
    ]);
  });
});

describe('the rest of a lead', () => {
  const now = Date.parse('2026-02-01T00:00:00.000Z');
  it.each<[string | null, number, 'recycled' | 'disqualified' | undefined, string | undefined]>([
    [null, 0, undefined, undefined],
    [null, 0, 'disqualified', 'Disqualified until a person reopens it. Reason: no-need.'],
    [null, 1, 'recycled', 'Rests until it asks again. Reason: no-need.'],
    [
      '2026-03-01T00:00:00.000Z',
      2,
      'recycled',
      'Rests until 2026-03-01, or until it asks again. Reason: no-need. Given back 2 times since its last won deal.',
    ],
    [
      '2026-01-10T00:00:00.000Z',
      1,
      'recycled',
      'Its rest ended on 2026-01-10: it comes back with its next activity. Reason: no-need.',
    ],
  ])('%s, %i times, %s', (wakeAt, recycledTimes, exit, words) => {
    const stages = [change('2026-01-01T00:00:00.000Z', 'no-need')];
    expect(restOf({ wakeAt, recycledTimes, stages }, exit, now)).toBe(words);
  });
});
