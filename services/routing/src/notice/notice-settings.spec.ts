import { describe, expect, it } from '@jest/globals';
import { defaultSettings, quietUntil, sendAt } from './notice-settings.js';

const night = { from: '22:00', to: '07:00' };
const settings = (quietHours: typeof night | null, timeZone = 'Europe/Berlin') => ({
  ...defaultSettings('u', 'seller'),
  quietHours,
  timeZone,
});
const at = (iso: string) => Date.parse(iso);

describe('quiet hours', () => {
  it.each([
    // 22:30 in Berlin, winter.
    ['2026-01-05T21:30:00Z', '2026-01-06T06:00:00Z'],
    ['2026-01-06T05:59:59.999Z', '2026-01-06T06:00:00Z'],
    ['2026-01-06T06:00:00Z', '2026-01-06T06:00:00Z'],
    ['2026-01-06T12:00:00Z', '2026-01-06T12:00:00Z'],
    ['2026-01-05T20:59:59Z', '2026-01-05T20:59:59Z'],
    ['2026-01-05T21:00:00Z', '2026-01-06T06:00:00Z'],
    // The night of the clock change is an hour shorter.
    ['2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
  ])('at %s end at %s', (now, end) => {
    expect(new Date(quietUntil(settings(night), at(now))).toISOString()).toBe(new Date(end).toISOString());
  });

  it('may be during the day, and none at all', () => {
    const noon = { from: '12:00', to: '13:00' };
    expect(quietUntil(settings(noon, 'UTC'), at('2026-01-05T12:30:00Z'))).toBe(at('2026-01-05T13:00:00Z'));
    expect(quietUntil(settings(null), at('2026-01-05T23:30:00Z'))).toBe(at('2026-01-05T23:30:00Z'));
    const empty = { from: '08:00', to: '08:00' };
    expect(quietUntil(settings(empty), at('2026-01-05T08:30:00Z'))).toBe(at('2026-01-05T08:30:00Z'));
  });

  it('begin with the end of what is gathered', () => {
    expect(sendAt({ ...settings(night, 'UTC'), gatherMinutes: 5 }, at('2026-01-05T21:58:00Z'))).toBe(
      at('2026-01-06T07:00:00Z'),
    );
    expect(sendAt({ ...settings(null), gatherMinutes: 0 }, 7)).toBe(7);
  });
});
