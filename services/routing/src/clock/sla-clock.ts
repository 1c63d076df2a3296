import type { ClockName } from '@baton/contracts';
import { within, type Instant } from '../policy/duration.js';
import type { ClockTerms, Step } from '../policy/sla-policy.js';

/** Something a clock does on its way, once. */
export interface Due {
  readonly at: Instant;
  readonly do: Step['do'] | 'breach';
}

/** A running SLA timer with its own steps: a policy signed later does not touch it. */
export interface Clock {
  readonly name: ClockName;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** What it has still to do, in order; empty once it is met. */
  readonly ahead: readonly Due[];
  readonly breachedAt?: Instant;
  /** When somebody did what it waited for, in time or late. */
  readonly metAt?: Instant;
}

export const CLOCK_STATES = ['running', 'met', 'breached'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** A clock that starts now. The breach comes with the end of the window, after what else is due then, before reassigning. */
export const startClock = (name: ClockName, now: Instant, terms: ClockTerms): Clock => {
  const dueAt = within(now, terms.within);
  const steps = terms.steps.map((step) => ({ at: within(now, terms.within, step.at), do: step.do }));
  const last = steps.at(-1);
  const breach: Due = { at: dueAt, do: 'breach' };
  const ahead: Due[] =
    last?.do === 'reassign' && last.at === dueAt ? [...steps.slice(0, -1), breach, last] : [...steps, breach];
  return { name, startedAt: now, dueAt, ahead };
};

/** What the clock has to do by now, in order. */
export const dueOf = (clock: Clock, now: Instant): readonly Due[] =>
  clock.ahead.filter((due) => due.at <= now);

/** The clock after it did a step: that one and all before it are behind. */
export const after = (clock: Clock, done: Due['do']): Clock => ({
  ...clock,
  ahead: clock.ahead.slice(clock.ahead.findIndex((due) => due.do === done) + 1),
});

/** The clock when what it waited for was done: nothing is ahead any more. */
export const meet = (clock: Clock, now: Instant): Clock =>
  clock.metAt ? clock : { ...clock, ahead: [], metAt: now };

/** Whether the window is over and nobody has said so yet. */
export const isOverdue = (clock: Clock, now: Instant): boolean =>
  !clock.metAt && !clock.breachedAt && clock.dueAt <= now;

/** How the clock stands now, whether or not anything fired since: an overdue clock is breached, and stays so when met late. */
export const stateOf = (clock: Clock, now: Instant): ClockState => {
  if (clock.breachedAt || isOverdue(clock, now)) return 'breached';
  return clock.metAt ? 'met' : 'running';
};
