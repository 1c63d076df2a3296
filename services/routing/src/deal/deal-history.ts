import type { Instant } from '../policy/duration.js';
import { growthOf, type Deal, type Money } from './deal.js';
import type { DealEvent } from './deal-event.js';

/** An event of a deal as people read it. */
export interface DealHistoryEntry {
  readonly type: DealEvent['type'];
  readonly at: Instant;
  readonly detail: string;
}

/** `before` is the deal the event happened to. */
export const historyEntryOf = (event: DealEvent, before: Deal): DealHistoryEntry => ({
  type: event.type,
  at: event.at,
  detail: `${event.by ? `by ${event.by.name}` : 'reported by the CRM'}${detailOf(event, before)}`,
});

const detailOf = (event: DealEvent, before: Deal): string => {
  switch (event.type) {
    case 'opened':
      return `: ${event.stage}${event.value ? `, ${moneyText(event.value)}` : ''}`;
    case 'changed':
      return `: ${[stageChange(event.stage, before), valueChange(event.value, before)].filter(Boolean).join(', ')}`;
    case 'won':
      return `: ${moneyText(event.value)}`;
    case 'lost':
      return `: ${event.reason}${event.competitor ? `, to ${event.competitor}` : ''}`;
    case 'renewed':
      return `: ${valueChange(event.value, before) ?? moneyText(event.value)}`;
    case 'churned':
      return event.reason ? `: ${event.reason}` : '';
  }
};

const stageChange = (stage: string, before: Deal): string | undefined =>
  stage === before.stage ? undefined : `${before.stage} to ${stage}`;

const valueChange = (value: Money | undefined, before: Deal): string | undefined => {
  if (!value || (value.amount === before.value?.amount && value.currency === before.value.currency))
    return undefined;
  const isGrown = before.status === 'won' && growthOf(before.value, value) !== undefined;
  const from = before.value ? ` from ${moneyText(before.value)}` : '';
  return `${isGrown ? 'grown' : 'value'}${from} to ${moneyText(value)}`;
};

const moneyText = ({ amount, currency }: Money): string => `${amount} ${currency}`;
