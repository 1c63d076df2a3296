import { startClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import type { HandoffEvent, PublishedEvent } from './handoff-event.js';
import type { Handoff, Person } from './handoff.js';
import { alreadyDecided, notNow, type Decided } from './refusal.js';
import { breachesOf, type Actor } from './verdict.js';

/** Who it goes to next and why, or why nobody can take it; and the policy in force, which the new offer runs under. */
export interface Next {
  readonly seller: Person | null;
  readonly why: string;
  readonly policy: SignedPolicy;
}

/** A waiting hand-off gets its first seller. */
export interface Offer {
  readonly type: 'offer';
  readonly now: Instant;
  readonly next: Next;
}

/** A manager gives it to somebody else. */
export interface Reassign {
  readonly type: 'reassign';
  readonly by: Actor;
  readonly now: Instant;
  readonly next: Next;
}

/** Offers a waiting hand-off; when nobody can take it, it goes on waiting and says why. */
export const offer = ({ now, next }: Offer, handoff: Handoff): readonly HandoffEvent[] => {
  if (handoff.status !== 'waiting') return [];
  if (next.seller) return [{ type: 'offered', ...offeringOf(next, next.seller, now) }];
  return next.why === handoff.why ? [] : [{ type: 'kept-waiting', at: now, why: next.why }];
};

/** A person's choice: to a seller who has it already nothing happens; after a verdict it is too late. */
export const reassign = ({ by, now, next }: Reassign, handoff: Handoff): Decided<HandoffEvent> => {
  if (by.acts !== 'any')
    return { code: 'forbidden', detail: 'Only a manager gives a lead to somebody else.' };
  const decided = handoff.qualification ?? handoff.verdict;
  if (decided) return alreadyDecided(decided);
  const { seller } = next;
  if (!seller) return notNow(handoff, `Nobody else can take it: ${next.why}. Name a seller.`);
  if (!handoff.seller) return offer({ type: 'offer', now, next }, handoff);
  if (seller.id === handoff.seller.id) return [];
  return [
    ...breachesOf(handoff, now),
    { ...passOn(handoff, seller, next, now), by: { id: by.id, name: by.name } },
  ];
};

/** The next offer, with an accept clock of its own that starts now. */
export const passOn = (
  handoff: Handoff,
  seller: Person,
  next: Next,
  now: Instant,
): PublishedEvent & { type: 'reassigned' } => ({
  type: 'reassigned',
  from: handoff.seller ?? seller,
  ...offeringOf(next, seller, now),
});

const offeringOf = ({ why, policy }: Next, { id, name }: Person, now: Instant) => ({
  at: now,
  seller: { id, name },
  policyId: policy.id,
  maxReassignments: policy.document.maxReassignments,
  clock: startClock('accept', now, policy.document.accept),
  why,
});
