import { describe, expect, it } from '@jest/globals';
import { sampleProgress, type StallSample } from './stall-detector.js';

const after = (...samples: (readonly [next: bigint, end: bigint, activity: number])[]): StallSample =>
  samples.reduce<StallSample | undefined>(
    (before, [next, end, activity]) => sampleProgress(before, { next, end, activity }),
    undefined,
  )!;

describe('a consumer', () => {
  it('that does nothing while messages wait gets one more sample each time', () => {
    expect(after([5n, 9n, 3]).samples).toBe(0);
    expect(after([5n, 9n, 3], [5n, 9n, 3], [5n, 12n, 3])).toEqual({ next: 5n, activity: 3, samples: 2 });
  });

  it('that moves, however little, makes progress', () => {
    expect(after([5n, 9n, 3], [5n, 9n, 3], [6n, 9n, 3]).samples).toBe(0);
  });

  it('that fetches or tries without getting anywhere is alive', () => {
    expect(after([5n, 9n, 3], [5n, 9n, 4], [5n, 9n, 5]).samples).toBe(0);
  });

  it('that has read everything has nothing to do', () => {
    expect(after([9n, 9n, 3], [9n, 9n, 3], [9n, 9n, 3]).samples).toBe(0);
    expect(after([9n, 9n, 3], [9n, 9n, 3], [9n, 10n, 3]).samples).toBe(1);
  });
});
