import type { Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';
import type { Deal, DealDecision, Money } from './deal.js';

interface ByPerson {
  readonly at: Instant;
  /** Null: a CRM reported it. */
  readonly by: Person | null;
}

/** An event of a deal; all are published. */
export type DealEvent = ByPerson &
  (
    | { readonly type: 'opened'; readonly stage: string; readonly value?: Money }
    | { readonly type: 'changed'; readonly stage: string; readonly value?: Money }
    | { readonly type: 'won'; readonly value: Money }
    | { readonly type: 'lost'; readonly reason: string; readonly competitor?: string }
    | { readonly type: 'renewed'; readonly value: Money }
    | { readonly type: 'churned'; readonly reason?: string }
  );

/** The deal after an event; each increases the version by 1. */
export const evolve = (deal: Deal, event: DealEvent): Deal => ({
  ...deal,
  ...changesOf(deal, event),
  version: deal.version + 1,
});

const changesOf = (deal: Deal, event: DealEvent): Partial<Deal> => {
  switch (event.type) {
    case 'opened':
      return { stage: event.stage, value: event.value, openedAt: event.at };
    case 'changed':
      return { stage: event.stage, value: event.value };
    case 'won':
    case 'lost':
    case 'churned':
      return {
        status: event.type,
        decision: decisionIn(event),
        ...(event.type === 'won' && { value: event.value }),
      };
    case 'renewed':
      return { value: event.value, renewals: deal.renewals + 1 };
  }
};

/** The decision that an event is. */
export const decisionIn = ({
  type: what,
  ...decision
}: DealEvent & { readonly type: DealDecision['what'] }): DealDecision => ({ what, ...decision });
