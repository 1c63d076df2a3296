import type { ClockName } from '@baton/contracts';
import { within, type Instant } from '../policy/duration.js';
import type { ClockTerms, StepAction } from '../policy/sla-policy.js';

/** A step that has not been carried out yet. */
export interface PendingStep {
  readonly at: Instant;
  readonly action: StepAction | 'breach';
}

/** A running SLA clock with its own steps: a policy signed later does not change it. */
export interface SlaClock {
  readonly name: ClockName;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** In order; empty once the clock is met. */
  readonly pendingSteps: readonly PendingStep[];
  readonly breachedAt?: Instant;
  /** When the awaited action was taken, in time or late. */
  readonly metAt?: Instant;
}

export const CLOCK_STATES = ['running', 'met', 'breached'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** A clock that starts at `now`. The breach is the last step of the window, except that a reassignment at its end follows it. */
export const startClock = (name: ClockName, now: Instant, terms: ClockTerms): SlaClock => {
  const dueAt = within(now, terms.within);
  const steps = terms.steps.map((step) => ({ at: within(now, terms.within, step.at), action: step.do }));
  const last = steps.at(-1);
  const breach: PendingStep = { at: dueAt, action: 'breach' };
  const pendingSteps: PendingStep[] =
    last?.action === 'reassign' && last.at === dueAt
      ? [...steps.slice(0, -1), breach, last]
      : [...steps, breach];
  return { name, startedAt: now, dueAt, pendingSteps };
};

/** The pending steps that are due at `now`, in order. */
export const dueSteps = (clock: SlaClock, now: Instant): readonly PendingStep[] =>
  clock.pendingSteps.filter((step) => step.at <= now);

/** The clock after a step: that one and all before it are no longer pending. */
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
