import { atOf, type HandoffEvent } from './handoff-event.js';
import { toIso, type Instant } from '../policy/duration.js';

/** An event of a hand-off as people read it. */
export interface HistoryEntry {
  readonly type: HandoffEvent['type'];
  readonly at: Instant;
  readonly detail: string;
}

/** A note is left out: it is stored in the decision alone, so that it can be erased. */
export const entryOf = (event: HandoffEvent): HistoryEntry => ({
  type: event.type,
  at: atOf(event),
  detail: detailOf(event),
});

const detailOf = (event: HandoffEvent): string => {
  switch (event.type) {
    case 'kept-waiting':
      return event.why;
    case 'team-changed':
      return `its seller is in the team ${event.team} now`;
    case 'seller-rested':
      return `${event.seller.name} did not answer and is offered no lead until they do`;
    case 'offered':
      return `to ${event.seller.name}: ${event.why}`;
    case 'reassigned':
      return `from ${event.from.name} to ${event.seller.name}: ${event.why}`;
    case 'warned':
    case 'breached':
      return `the ${event.clock} clock, due at ${toIso(event.dueAt)}`;
    case 'escalated':
      return event.why ?? `the ${event.clock} clock, due at ${toIso(event.dueAt)}`;
    case 'retimed':
      return `the ${event.clock.name} clock: due at ${toIso(event.clock.dueAt)} by another working time`;
    case 'accepted':
      return `by ${event.decision.by.name}; first touch by ${toIso(event.clock.dueAt)}`;
    case 'rejected':
      return `by ${event.decision.by.name}: ${event.decision.reason}, ${event.outcome}`;
    case 'attempted':
      return `attempt ${event.attempt} by ${event.by.name}: ${event.channel}, ${event.outcome}`;
    case 'qualified':
      return `by ${event.decision.by.name}`;
  }
};
