import { WorkingTime } from '@baton/calendar';
import { describe, expect, it } from '@jest/globals';
import { defaultSlaPolicy } from '../policy/sla-policy.js';
import type { ClockCalendar } from './clock-calendar.js';
import { afterStep, meetClock, retimedClock, startClock } from './sla-clock.js';

const at = (text: string): number => Date.parse(`${text}Z`);
const office = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00'] as const]]),
);
const calendar = (version: number, holidays: readonly string[] = []): ClockCalendar => ({
  id: 'office',
  version,
  working: new WorkingTime({ timeZone: 'UTC', hours: office, holidays }),
});
const { accept } = defaultSlaPolicy;
const stepsOf = ({ pendingSteps }: ReturnType<typeof startClock>): string[] =>
  pendingSteps.map((step) => `${step.action} ${new Date(step.at).toISOString().slice(0, 16)}`);

describe('a clock of working time', () => {
  it.each([
    ['of Friday 17:00 is due on Monday at the end of work', '2026-11-27T17:00', '2026-11-30T17:00'],
    ['of Tuesday 11:00 is due on Wednesday 11:00', '2026-11-24T11:00', '2026-11-25T11:00'],
    ['of Saturday 18:00 is due on Monday at the end of work', '2026-11-28T18:00', '2026-11-30T17:00'],
    ['at night is due at the end of the next day', '2026-11-24T03:00', '2026-11-24T17:00'],
  ])('%s', (_, start, due) =>
    expect(startClock('accept', at(start), accept, calendar(1)).dueAt).toBe(at(due)),
  );

  it('warns and escalates in working time, too', () =>
    expect(stepsOf(startClock('accept', at('2026-11-28T18:00'), accept, calendar(1)))).toEqual([
      'warn 2026-11-30T11:00',
      'escalate 2026-11-30T15:00',
      'breach 2026-11-30T17:00',
      'reassign 2026-11-30T17:00',
    ]));
});

describe('a clock of elapsed time', () => {
  it('runs through the weekend, whatever the calendar', () => {
    const terms = { ...accept, within: { amount: 24, unit: 'hours', calendar: 'elapsed' } as const };
    const clock = startClock('accept', at('2026-11-28T18:00'), terms, calendar(1));
    expect([clock.dueAt, clock.calendar]).toEqual([at('2026-11-29T18:00'), undefined]);
    expect(retimedClock(clock, calendar(2, ['2026-11-30']))).toBe(clock);
  });
});

describe('a changed calendar', () => {
  const started = startClock('accept', at('2026-11-27T17:00'), accept, calendar(1));

  it('moves all steps', () => {
    const moved = retimedClock(started, calendar(2, ['2026-11-30']));
    expect([moved.dueAt, moved.calendar]).toEqual([at('2026-12-01T17:00'), { id: 'office', version: 2 }]);
    expect(stepsOf(moved)[0]).toBe('warn 2026-12-01T11:00');
  });

  it('repeats no step that was carried out', () =>
    expect(stepsOf(retimedClock(afterStep(started, 'warn'), calendar(2, ['2026-11-30'])))).toEqual([
      'escalate 2026-12-01T15:00',
      'breach 2026-12-01T17:00',
      'reassign 2026-12-01T17:00',
    ]));

  it('that changes no instant leaves the clock', () =>
    expect(retimedClock(started, calendar(2, ['2026-12-25']))).toBe(started));

  it('does not move clocks that are met or breached', () => {
    const met = meetClock(started, at('2026-11-30T10:00'));
    const breached = { ...afterStep(started, 'breach'), breachedAt: at('2026-11-30T17:00') };
    for (const clock of [met, breached]) expect(retimedClock(clock, calendar(2, ['2026-11-30']))).toBe(clock);
  });

  it('without working time stops the clock until the next change', () => {
    const never: ClockCalendar = {
      id: 'office',
      version: 2,
      working: new WorkingTime({ timeZone: 'UTC', hours: {} }),
    };
    const stopped = retimedClock(started, never);
    expect(new Date(stopped.dueAt).getUTCFullYear()).toBe(2199);
    expect(retimedClock(stopped, calendar(3)).dueAt).toBe(started.dueAt);
  });
});
