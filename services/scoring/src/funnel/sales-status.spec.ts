import { describe, expect, it } from '@jest/globals';
import { advanced, afterActivity, mayWake, rejected } from './sales-status.js';

const DAY = 86_400_000;
const at = 1_000 * DAY;

describe('what sales last said', () => {
  it('is kept verdict by verdict, each once', () => {
    expect(advanced(advanced(advanced(null, 'accepted'), 'qualified'), 'accepted')).toEqual({
      with: 'sales',
      verdicts: ['accepted', 'qualified'],
    });
  });

  it('of a rejection says until when the lead rests', () => {
    const until = (rejection: object): unknown => rejected({ outcome: 'recycled', at, ...rejection });
    expect(until({ wakeAt: at + DAY })).toMatchObject({ since: at, until: at + DAY });
    expect(until({ restDays: 7 })).toMatchObject({ until: at + 7 * DAY });
    expect(until({})).toMatchObject({ until: at + 30 * DAY });
    expect(until({ outcome: 'disqualified', wakeAt: at })).toMatchObject({ until: null });
  });

  it('starts anew when a recycled lead is accepted', () => {
    expect(advanced(rejected({ outcome: 'recycled', at }), 'accepted')).toEqual({
      with: 'sales',
      verdicts: ['accepted'],
    });
  });
});

describe('a lead that was sent back', () => {
  const resting = rejected({ outcome: 'recycled', at, wakeAt: at + 7 * DAY });

  it('rests until its date, whatever it does', () => {
    expect(mayWake(resting, at + 6 * DAY)).toBe(false);
    expect(afterActivity(resting, at + 6 * DAY, at + 6 * DAY)).toBe(resting);
  });

  it('wakes with the first new thing it does after the date', () => {
    expect(afterActivity(resting, at + 8 * DAY, at + 8 * DAY)).toBeNull();
    expect(afterActivity(resting, at - DAY, at + 8 * DAY)).toBe(resting);
  });

  it('never wakes once disqualified', () => {
    const never = rejected({ outcome: 'disqualified', at });
    expect(afterActivity(never, at + 9_999 * DAY, at + 9_999 * DAY)).toBe(never);
  });
});
