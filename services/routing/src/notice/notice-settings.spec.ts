import { describe, expect, it } from '@jest/globals';
import { wants } from './endpoint.js';
import { defaultSettings, emailAt, quietUntil, sendAt } from './notice-settings.js';

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

describe('a reminder', () => {
  const now = at('2026-01-05T12:00:00Z');
  const wanted = { ...settings(null), email: 'sam@company.example', gatherMinutes: 30 };
  const unwanted = { ...wanted, kinds: [] };
  const normal = { kind: 'warned' } as const;
  const everywhere = { kind: 'warned', everyChannel: true } as const;

  it('is sent by e-mail as the settings say', () => {
    expect(emailAt(normal, wanted, now)).toBe(now + 30 * 60_000);
    expect(emailAt(normal, unwanted, now)).toBeUndefined();
    expect(emailAt(normal, { ...wanted, email: null }, now)).toBeUndefined();
  });

  it('by every channel is sent at once, whatever the settings say but quiet hours and the address', () => {
    expect(emailAt(everywhere, wanted, now)).toBe(now);
    expect(emailAt(everywhere, unwanted, now)).toBe(now);
    expect(emailAt(everywhere, { ...unwanted, email: null }, now)).toBeUndefined();
    const quiet = { ...unwanted, ...settings(night), email: wanted.email, kinds: [] };
    expect(emailAt(everywhere, quiet, at('2026-01-05T21:30:00Z'))).toBe(at('2026-01-06T06:00:00Z'));
  });

  it.each([
    ['slack', [], true, true],
    ['slack', ['handoff.offered.v1'], true, false],
    ['slack', ['handoff.offered.v1'], false, false],
    ['standard', ['handoff.offered.v1'], true, false],
    ['standard', ['handoff.warned.v1'], true, true],
  ] as const)('goes to %s of %j, enabled: %s', (kind, events, enabled, goes) => {
    expect(wants({ kind, events, enabled }, 'handoff.warned.v1')).toBe(goes);
    expect(wants({ kind, events, enabled }, 'handoff.warned.v1', true)).toBe(
      enabled && (kind === 'slack' || goes),
    );
  });
});
