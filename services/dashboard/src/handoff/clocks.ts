import type { Handoff, HandoffClock } from '../api/shapes.js';
import { span } from '../time/words.js';

export type Urgency = 'calm' | 'soon' | 'urgent' | 'over' | 'done';

/** The clock that counts now: acceptance while offered, first touch once accepted; undefined when nothing is owed. */
export const clockOf = (handoff: Handoff): HandoffClock | undefined => {
  const name =
    handoff.state === 'offered' ? 'accept' : handoff.state === 'accepted' ? 'first-touch' : undefined;
  return handoff.clocks.findLast((clock) => clock.name === name);
};

/** Share of the clock's window that has passed, 0 to 1. `now` in milliseconds. */
export const passedOf = (clock: HandoffClock, now: number): number => {
  const from = Date.parse(clock.startedAt);
  const window = Date.parse(clock.dueAt) - from;
  return window <= 0 ? 1 : Math.min(1, Math.max(0, (now - from) / window));
};

/** How pressing a clock is: from half of its window `soon`, from three quarters `urgent`, after it `over`. */
export const urgencyOf = (clock: HandoffClock | undefined, now: number): Urgency => {
  if (!clock || clock.state === 'met') return 'done';
  if (now >= Date.parse(clock.dueAt)) return 'over';
  const passed = passedOf(clock, now);
  if (passed >= 0.75) return 'urgent';
  return passed >= 0.5 ? 'soon' : 'calm';
};

/** The countdown in words, such as `23 h 14 min left` or `2:05 overdue`. `now` in milliseconds. */
export const leftOf = (clock: HandoffClock, now: number): string => {
  const left = Date.parse(clock.dueAt) - now;
  return left > 0 ? `${span(left)} left` : `${span(-left)} overdue`;
};

/** Most pressing first: by the due time of the clock that counts; those without one last, newest offer first. */
export const byDue = (left: Handoff, right: Handoff): number => {
  const [one, other] = [clockOf(left), clockOf(right)];
  if (one && other) return Date.parse(one.dueAt) - Date.parse(other.dueAt);
  if (one || other) return one ? -1 : 1;
  return Date.parse(right.offeredAt ?? '') - Date.parse(left.offeredAt ?? '') || 0;
};
