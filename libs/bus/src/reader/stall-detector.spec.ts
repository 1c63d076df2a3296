import { describe, expect, it } from '@jest/globals';
import { standAfter, type Stand } from './stall-detector.js';

const after = (...looks: (readonly [next: bigint, end: bigint])[]): Stand =>
  looks.reduce<Stand | undefined>((before, [next, end]) => standAfter(before, next, end), undefined)!;

describe('a reader', () => {
  it('that does not move while messages wait stands for one look more each time', () => {
    expect(after([5n, 9n]).looks).toBe(0);
    expect(after([5n, 9n], [5n, 9n], [5n, 12n])).toEqual({ next: 5n, looks: 2 });
  });

  it('that moves, however little, does not stand', () => {
    expect(after([5n, 9n], [5n, 9n], [6n, 9n])).toEqual({ next: 6n, looks: 0 });
  });

  it('that has read everything rests, for as long as nothing comes', () => {
    expect(after([9n, 9n], [9n, 9n], [9n, 9n]).looks).toBe(0);
    expect(after([9n, 9n], [9n, 9n], [9n, 10n]).looks).toBe(1);
  });
});
