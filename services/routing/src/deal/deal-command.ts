import type { Actor } from '../handoff/actor.js';
import type { Instant } from '../policy/duration.js';
import { isSameMoney, type Deal, type Money } from './deal.js';
import { decisionIn, type DealEvent } from './deal-event.js';
import {
  invalid,
  notNow,
  refusalUnlessOpen,
  refusalUnlessOwn,
  refusalUnlessWon,
  type DealDecided,
} from './deal-refusal.js';

/** What a person does with a deal. */
export type DealCommand =
  | { readonly what: 'stage'; readonly stage: string }
  | { readonly what: 'value'; readonly value: Money }
  | { readonly what: 'win'; readonly value?: Money }
  | { readonly what: 'lose'; readonly reason: string; readonly competitor?: string }
  | { readonly what: 'renew'; readonly value: Money }
  | { readonly what: 'churn'; readonly reason?: string };

export interface ByDealActor {
  readonly by: Actor;
  readonly now: Instant;
}

/** The events of a command of a person. Repeating the decision that was made, by the same person, changes nothing. */
export const decideDeal = (command: DealCommand, deal: Deal, { by, now }: ByDealActor): DealDecided => {
  const refusal = refusalUnlessOwn(deal, by);
  if (refusal) return refusal;
  const made = { at: now, by: { id: by.id, name: by.name } };
  switch (command.what) {
    case 'stage':
      return refusalUnlessOpen(deal) ?? changed(deal, { stage: command.stage }, made);
    case 'value':
      if (deal.status !== 'open' && deal.status !== 'won') return refusalUnlessOpen(deal)!;
      return changed(deal, { value: command.value }, made);
    case 'win': {
      const value = command.value ?? deal.value;
      if (!value) return invalid('/value', 'is needed: the deal has no value yet');
      return decided(deal, { type: 'won', value, ...made });
    }
    case 'lose': {
      const { reason, competitor } = command;
      return decided(deal, { type: 'lost', reason, ...(competitor && { competitor }), ...made });
    }
    case 'renew':
      return refusalUnlessWon(deal) ?? [{ type: 'renewed', value: command.value, ...made }];
    case 'churn': {
      const event = { type: 'churned', ...(command.reason && { reason: command.reason }), ...made } as const;
      if (isRepeated(deal, event)) return [];
      return refusalUnlessWon(deal) ?? [event];
    }
  }
};

type Made = Pick<DealEvent, 'at' | 'by'>;

/** An event unless the deal has this stage and value already. */
const changed = (
  { stage, value }: Deal,
  change: { readonly stage?: string; readonly value?: Money },
  made: Made,
): readonly DealEvent[] => {
  const after = change.value ?? value;
  const next = change.stage ?? stage;
  if (next === stage && isSameMoney(after, value)) return [];
  return [{ type: 'changed', stage: next, ...(after && { value: after }), ...made }];
};

const decided = (deal: Deal, event: DealEvent & { readonly type: 'won' | 'lost' }): DealDecided =>
  isRepeated(deal, event) ? [] : (refusalUnlessOpen(deal) ?? [event]);

const isRepeated = ({ decision }: Deal, event: DealEvent & { readonly type: 'won' | 'lost' | 'churned' }) => {
  const next = decisionIn(event);
  return (
    decision?.what === next.what &&
    decision.by?.id === next.by?.id &&
    decision.reason === next.reason &&
    decision.competitor === next.competitor &&
    isSameMoney(decision.value, next.value)
  );
};

/** Opens a deal with its first stage. */
export const openDeal = (
  { stage, value }: { readonly stage: string; readonly value?: Money | undefined },
  deal: Deal,
  { by, now }: ByDealActor,
): DealDecided => {
  if (deal.version > 0) return notNow(deal, 'This deal was opened already.');
  return [{ type: 'opened', stage, ...(value && { value }), at: now, by: { id: by.id, name: by.name } }];
};
