import type { ClockName } from '@baton/contracts';
import type { Instant } from '../policy/duration.js';
import type { ClockTerms, StepAction } from '../policy/sla-policy.js';
import { within, type ClockCalendar } from './clock-calendar.js';

/** A step that has not been carried out yet. */
export interface PendingStep {
  readonly at: Instant;
  readonly action: StepAction | 'breach';
}

/**
 * A running SLA clock with its own terms: a policy signed later does not change it. The instants follow from the terms, the start and
 * the seller's working time.
 */
export interface SlaClock {
  readonly name: ClockName;
  readonly startedAt: Instant;
  /** Absent in clocks of old rows, whose windows are of elapsed time. */
  readonly terms?: ClockTerms;
  /** The calendar of the instants; absent when all time counts. */
  readonly calendar?: { readonly id: string; readonly version: number };
  readonly dueAt: Instant;
  /** In order; empty once the clock is met. */
  readonly pendingSteps: readonly PendingStep[];
  readonly breachedAt?: Instant;
  /** When the awaited action was taken, in time or late. */
  readonly metAt?: Instant;
}

export const CLOCK_STATES = ['running', 'met', 'breached'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** A clock that starts at `now`. */
export const startClock = (
  name: ClockName,
  now: Instant,
  terms: ClockTerms,
  calendar: ClockCalendar,
): SlaClock => ({ name, startedAt: now, terms, ...timesOf(now, terms, calendar) });

/**
 * The clock by another calendar, or by another version of its own. Steps carried out stay so, and none is carried out twice; one that is
 * due earlier now may be due at once. A breach is a fact and stays. The clock itself when nothing changes.
 */
export const retimedClock = (clock: SlaClock, calendar: ClockCalendar): SlaClock => {
  const { name, startedAt, terms, metAt, breachedAt } = clock;
  const isOver = metAt !== undefined || breachedAt !== undefined;
  if (isOver || terms?.within.calendar !== 'working') return clock;
  const times = timesOf(startedAt, terms, calendar);
  const pendingSteps = times.pendingSteps.slice(times.pendingSteps.length - clock.pendingSteps.length);
  const isSame =
    times.dueAt === clock.dueAt && pendingSteps.every(({ at }, n) => at === clock.pendingSteps[n]!.at);
  return isSame ? clock : { name, startedAt, terms, ...times, pendingSteps };
};

/** The breach is the last step of the window, except that a reassignment at its end follows it. */
const timesOf = (
  start: Instant,
  terms: ClockTerms,
  calendar: ClockCalendar,
): Pick<SlaClock, 'dueAt' | 'pendingSteps' | 'calendar'> => {
  const dueAt = within(start, terms.within, calendar);
  const steps = terms.steps.map(({ at, do: action }) => ({
    at: within(start, terms.within, calendar, at),
    action,
  }));
  const last = steps.at(-1);
  const breach: PendingStep = { at: dueAt, action: 'breach' };
  const pendingSteps: PendingStep[] =
    last?.action === 'reassign' && last.at === dueAt
      ? [...steps.slice(0, -1), breach, last]
      : [...steps, breach];
  const isWorking = terms.within.calendar === 'working';
  return {
    dueAt,
    pendingSteps,
    ...(isWorking && { calendar: { id: calendar.id, version: calendar.version } }),
  };
};

/** The pending steps that are due at `now`, in order. */
export const dueSteps = (clock: SlaClock, now: Instant): readonly PendingStep[] =>
  clock.pendingSteps.filter((step) => step.at <= now);

/** The clock after a step: the first one of this action and all before it are no longer pending. */
export const afterStep = (clock: SlaClock, action: PendingStep['action']): SlaClock => ({
  ...clock,
  pendingSteps: clock.pendingSteps.slice(clock.pendingSteps.findIndex((step) => step.action === action) + 1),
});

/** The clock after the action it waits for; no step is pending any more. */
export const meetClock = (clock: SlaClock, now: Instant): SlaClock =>
  clock.metAt ? clock : { ...clock, pendingSteps: [], metAt: now };

/** Whether the window is over and the breach is not recorded yet. */
export const isOverdue = (clock: SlaClock, now: Instant): boolean =>
  !clock.metAt && !clock.breachedAt && clock.dueAt <= now;

/** The state at `now`, whether or not a timer has fired: an overdue clock is breached, and stays so when it is met late. */
export const clockStateAt = (clock: SlaClock, now: Instant): ClockState => {
  if (clock.breachedAt || isOverdue(clock, now)) return 'breached';
  return clock.metAt ? 'met' : 'running';
};
