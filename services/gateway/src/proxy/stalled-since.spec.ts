import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stalledSince, type Sending } from './stalled-since.js';

/** The result after looks at 0, 1, 2 … */
const after = (looks: readonly [sent: number, waiting: number][]): number | undefined => {
  let before: (Sending & { since: number | undefined }) | undefined;
  looks.forEach(([sent, waiting], now) => {
    before = { sent, waiting, since: stalledSince(before, { sent, waiting }, now) };
  });
  return before?.since;
};

describe('a connection is stalled', () => {
  it.each<[string, [number, number][], number | undefined]>([
    [
      'never while nothing waits',
      [
        [5, 0],
        [5, 0],
      ],
      undefined,
    ],
    [
      'from the first look at which something waits',
      [
        [5, 0],
        [5, 1],
        [5, 1],
      ],
      1,
    ],
    [
      'however little waits',
      [
        [0, 1],
        [0, 1],
      ],
      0,
    ],
    [
      'however much is added',
      [
        [0, 1],
        [0, 900],
        [0, 1_000_000],
      ],
      0,
    ],
    [
      'anew after each byte that was taken',
      [
        [0, 90],
        [1, 89],
        [1, 89],
      ],
      1,
    ],
    [
      'no more when all was taken',
      [
        [0, 90],
        [0, 90],
        [90, 0],
      ],
      undefined,
    ],
    [
      'anew when something waits again',
      [
        [0, 90],
        [90, 0],
        [90, 7],
        [90, 7],
      ],
      2,
    ],
  ])('%s', (_, looks, since) => {
    expect(after(looks)).toBe(since);
  });

  it('since the first of the looks at the end that saw bytes waiting and none taken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1 }), (steps) => {
        let sent = 0;
        const looks = steps.map(([taken, waiting]): [number, number] => [(sent += taken), waiting]);
        const last = looks.at(-1)!;
        let first = looks.length - 1;
        while (first > 0 && looks[first - 1]![0] === last[0] && looks[first - 1]![1] > 0) first -= 1;
        expect(after(looks)).toBe(last[1] === 0 ? undefined : first);
      }),
    );
  });
});
