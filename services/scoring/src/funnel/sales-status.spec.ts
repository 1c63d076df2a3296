import { describe, expect, it } from '@jest/globals';
import { afterVerdict, afterActivity, mayWake, afterRejection } from './sales-status.js';

const DAY = 86_400_000;
const at = 1_000 * DAY;

describe('the sales status', () => {
  it('collects the verdicts, each once', () => {
    expect(afterVerdict(afterVerdict(afterVerdict(null, 'accepted'), 'qualified'), 'accepted')).toEqual({
      state: 'working',
      verdicts: ['accepted', 'qualified'],
    });
  });

  it('of a rejection has the wake date', () => {
    const rejected = (rejection: object): unknown =>
      afterRejection({ outcome: 'recycled', at, ...rejection });
    expect(rejected({ wakeAt: at + DAY })).toMatchObject({ rejectedAt: at, wakeAt: at + DAY });
    expect(rejected({ restDays: 7 })).toMatchObject({ wakeAt: at + 7 * DAY });
    expect(rejected({})).toMatchObject({ wakeAt: at + 30 * DAY });
    expect(rejected({ outcome: 'disqualified', wakeAt: at })).toMatchObject({ wakeAt: null });
  });

  it('starts again when a recycled lead is accepted', () => {
    expect(afterVerdict(afterRejection({ outcome: 'recycled', at }), 'accepted')).toEqual({
      state: 'working',
      verdicts: ['accepted'],
    });
  });
});

describe('a rejected lead', () => {
  const recycled = afterRejection({ outcome: 'recycled', at, wakeAt: at + 7 * DAY });

  it('is not eligible before its wake date, whatever its activities', () => {
    expect(mayWake(recycled, at + 6 * DAY)).toBe(false);
    expect(afterActivity(recycled, at + 6 * DAY, at + 6 * DAY)).toBe(recycled);
  });

  it('wakes with the first new activity after the wake date', () => {
    expect(afterActivity(recycled, at + 8 * DAY, at + 8 * DAY)).toBeNull();
    expect(afterActivity(recycled, at - DAY, at + 8 * DAY)).toBe(recycled);
  });

  it('never wakes once disqualified', () => {
    const never = afterRejection({ outcome: 'disqualified', at });
    expect(afterActivity(never, at + 9_999 * DAY, at + 9_999 * DAY)).toBe(never);
  });
});
