import { isOverdue } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** Breaches that no timer has recorded yet. They precede the event of a late command. */
export const breachesOf = (handoff: Handoff, now: Instant): PublishedEvent[] =>
  handoff.clocks
    .filter((clock) => isOverdue(clock, now))
    .map(({ name, dueAt }) => ({ type: 'breached', at: now, clock: name, dueAt }));
