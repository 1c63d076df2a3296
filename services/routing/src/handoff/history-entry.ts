import { atOf, type HandoffEvent } from './handoff-event.js';
import type { Instant } from '../policy/duration.js';

/** One line of what happened to a hand-off, for people. */
export interface HistoryEntry {
  readonly type: HandoffEvent['type'];
  readonly at: Instant;
  readonly detail: string;
}

/** The line an event leaves. A note is not repeated here: it stands in the decision alone, so that it can be erased. */
export const entryOf = (event: HandoffEvent): HistoryEntry => ({
  type: event.type,
  at: atOf(event),
  detail: detailOf(event),
});

const detailOf = (event: HandoffEvent): string => {
  switch (event.type) {
    case 'kept-waiting':
      return event.why;
    case 'offered':
      return `to ${event.seller.name}: ${event.why}`;
    case 'reassigned':
      return `from ${event.from.name} to ${event.seller.name}: ${event.why}`;
    case 'warned':
    case 'breached':
      return `the ${event.clock} clock, due at ${event.dueAt}`;
    case 'escalated':
      return event.why ?? `the ${event.clock} clock, due at ${event.dueAt}`;
    case 'accepted':
      return `by ${event.decision.by.name}; first touch by ${event.clock.dueAt}`;
    case 'rejected':
      return `by ${event.decision.by.name}: ${event.decision.reason}, ${event.outcome}`;
    case 'attempted':
      return `attempt ${event.attempt} by ${event.by.name}: ${event.channel}, ${event.outcome}`;
    case 'qualified':
      return `by ${event.decision.by.name}`;
  }
};
