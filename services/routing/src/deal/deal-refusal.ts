import type { Actor } from '../handoff/actor.js';
import { toIso } from '../policy/duration.js';
import type { Deal, DealDecision } from './deal.js';
import type { DealEvent } from './deal-event.js';

/** A command that the rules of deals refuse. */
export interface DealRefusal {
  readonly code: 'conflict' | 'forbidden' | 'unprocessable';
  readonly detail: string;
  /** The decision that was made before. */
  readonly decided?: DealDecision;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** The events of a command, or its refusal. */
export type DealDecided = readonly DealEvent[] | DealRefusal;

export const isDealRefusal = (decided: DealDecided): decided is DealRefusal => 'code' in decided;

/** A field of the request is not acceptable. */
export const invalid = (pointer: string, detail: string): DealRefusal => ({
  code: 'unprocessable',
  detail,
  errors: [{ pointer, detail }],
});

/** The command is not possible in the current state of the deal. */
export const notNow = ({ decision }: Deal, detail: string): DealRefusal => ({
  code: 'conflict',
  detail,
  ...(decision && { decided: decision }),
});

/** Refuses a seller who decides on the deal of another. */
export const refusalUnlessOwn = ({ seller }: Deal, by: Actor): DealRefusal | undefined =>
  by.acts === 'any' || by.id === seller?.id
    ? undefined
    : { code: 'forbidden', detail: "This is another seller's deal." };

/** Refuses unless the deal is open; a decision is final. */
export const refusalUnlessOpen = (deal: Deal): DealRefusal | undefined =>
  deal.status === 'open' ? undefined : notNow(deal, `${saidOf(deal)}; a decision is final. Open a new deal.`);

/** Refuses unless there is a customer. */
export const refusalUnlessWon = (deal: Deal): DealRefusal | undefined => {
  if (deal.status === 'won') return undefined;
  return notNow(deal, deal.status === 'open' ? 'The deal is open: win it first.' : `${saidOf(deal)}.`);
};

const saidOf = ({ decision, status }: Deal): string => {
  if (!decision) return `The deal is ${status}`;
  const { by, at } = decision;
  const when = toIso(at);
  if (decision.what === 'churned') return `The customer of this deal left at ${when}`;
  return `${by?.name ?? 'The CRM'} ${decision.what} this deal at ${when}`;
};
