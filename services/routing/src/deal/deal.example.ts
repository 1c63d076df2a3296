import { ann, hour, mia, sam } from '../handoff/handoff.example.js';
import type { Actor } from '../handoff/actor.js';
import { newDeal, type Deal, type Money } from './deal.js';
import { decideDeal, type DealCommand } from './deal-command.js';
import { evolve, type DealEvent } from './deal-event.js';

export { ann, hour, mia, sam };

export const euros = (amount: number): Money => ({ amount, currency: 'EUR' });

const person = ({ id, name }: Actor) => ({ id, name });

/** A command of a person at an hour of the specs. */
export type At = DealCommand & { readonly by?: Actor; readonly hours?: number };

export const dealDecider = {
  initial: newDeal(
    {
      id: '9a1b2c3d-0e4f-4a5b-8c6d-7e8f9a0b1c02',
      leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
      seller: person(sam),
    },
    hour(0),
  ),
  decide: ({ by = sam, hours = 2, ...command }: At, deal: Deal) =>
    decideDeal(command, deal, { by, now: hour(hours) }),
  evolve,
};

export const made = (hours = 2, by: Actor | null = sam) => ({ at: hour(hours), by: by && person(by) });

export const opened = (value?: Money, by: Actor | null = sam): DealEvent => ({
  type: 'opened',
  stage: 'discovery',
  ...(value && { value }),
  ...made(1, by),
});

export const won = (value: Money, hours = 2, by: Actor | null = sam): DealEvent => ({
  type: 'won',
  value,
  ...made(hours, by),
});

export const lost = (reason: string, hours = 2, by: Actor | null = sam): DealEvent => ({
  type: 'lost',
  reason,
  ...made(hours, by),
});
