import { toIso, type Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';
import type { Handoff } from './handoff.js';
import { alreadyDecided, notNow, type Refusal } from './refusal.js';

/** The person behind a command: a seller acts on their own hand-offs, a manager on those of the teams they lead, others on all. */
export interface Actor extends Person {
  readonly acts: 'own' | 'any';
  readonly leads?: 'teams';
}

export interface ByActor {
  readonly by: Actor;
  readonly now: Instant;
}

export const personOf = ({ id, name }: Person): Person => ({ id, name });

/** Refuses unless the hand-off is offered to the actor, or the actor may act for its seller. */
export const refusalUnlessOffered = (handoff: Handoff, by: Actor): Refusal | undefined => {
  const { seller, avoid, offeredAt } = handoff;
  if (!seller) return notNow(handoff, 'This lead has not been offered yet: reassign it first.');
  if (by.acts === 'any' || by.id === seller.id) return undefined;
  if (!avoid.includes(by.id)) return { code: 'forbidden', detail: "This is another seller's hand-off." };
  const since = offeredAt === undefined ? '' : ` at ${toIso(offeredAt)}`;
  return notNow(handoff, `The lead is no longer yours: it was offered to ${seller.name}${since}.`);
};

/** Refuses unless the hand-off was accepted and nothing was decided since. */
export const refusalUnlessAccepted = (handoff: Handoff, by: Actor): Refusal | undefined => {
  if (handoff.qualification) return alreadyDecided(handoff.qualification);
  if (handoff.verdict?.what === 'rejected') return alreadyDecided(handoff.verdict);
  const refusal = refusalUnlessOffered(handoff, by);
  if (refusal || handoff.verdict) return refusal;
  return notNow(handoff, 'The lead is offered and not accepted yet: accept it first.');
};

/** A seller acts on their own hand-offs, a manager on those of their teams, every other role that may decide on all. */
export const actorOf = ({ id, name, role }: Person & { readonly role: string }): Actor => ({
  id,
  name,
  acts: role === 'seller' ? 'own' : 'any',
  ...(role === 'manager' && { leads: 'teams' }),
});
