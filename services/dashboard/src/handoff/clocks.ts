import type { Handoff, HandoffClock } from '../api/shapes.js';
import { formatDuration } from '../time/format.js';

export type Urgency = 'calm' | 'soon' | 'urgent' | 'over' | 'done';

/** The running clock: acceptance while offered, first touch once accepted; undefined in other states. */
export const currentClockOf = (handoff: Handoff): HandoffClock | undefined => {
  const name =
    handoff.state === 'offered' ? 'accept' : handoff.state === 'accepted' ? 'first-touch' : undefined;
  return handoff.clocks.findLast((clock) => clock.name === name);
};

/** Elapsed share of the clock's window, 0 to 1. `now` in milliseconds. */
export const elapsedShareOf = (clock: HandoffClock, now: number): number => {
  const from = Date.parse(clock.startedAt);
  const window = Date.parse(clock.dueAt) - from;
  return window <= 0 ? 1 : Math.min(1, Math.max(0, (now - from) / window));
};

/** Urgency of a clock: `soon` from half of its window, `urgent` from three quarters, `over` after it. */
export const urgencyOf = (clock: HandoffClock | undefined, now: number): Urgency => {
  if (!clock || clock.state === 'met') return 'done';
  if (now >= Date.parse(clock.dueAt)) return 'over';
  const elapsed = elapsedShareOf(clock, now);
  if (elapsed >= 0.75) return 'urgent';
  return elapsed >= 0.5 ? 'soon' : 'calm';
};

/** Remaining time as text, such as `23 h 14 min left` or `2:05 overdue`. `now` in milliseconds. */
export const remainingOf = (clock: HandoffClock, now: number): string => {
  const left = Date.parse(clock.dueAt) - now;
  return left > 0 ? `${formatDuration(left)} left` : `${formatDuration(-left)} overdue`;
};
