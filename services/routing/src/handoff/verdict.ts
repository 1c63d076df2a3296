import type { AttemptChannel, AttemptOutcome } from '@baton/contracts';
import { isOverdue, startClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { RejectReason, SignedPolicy } from '../policy/sla-policy.js';
import type { PublishedEvent } from './handoff-event.js';
import { BANT, type Bant, type Decision, type Handoff, type Person } from './handoff.js';
import { alreadyDecided, notNow, unprocessable, type Decided, type Refusal } from './refusal.js';

/** Somebody at the door: a seller acts on their own hand-offs, a manager on everybody's. */
export interface Actor extends Person {
  readonly acts: 'own' | 'any';
}

interface ByPerson {
  readonly by: Actor;
  readonly now: Instant;
}

export interface Accept extends ByPerson {
  readonly type: 'accept';
  /** The policy of the running offer. */
  readonly policy: SignedPolicy;
}

export interface Reject extends ByPerson {
  readonly type: 'reject';
  readonly reason: string;
  readonly note?: string;
  readonly wakeAt?: Instant;
  /** The policy of the running offer. */
  readonly policy: SignedPolicy;
}

export interface Attempted extends ByPerson {
  readonly type: 'attempt';
  readonly channel: AttemptChannel;
  readonly outcome: AttemptOutcome;
}

export interface Qualify extends ByPerson {
  readonly type: 'qualify';
  readonly bant: Bant;
}

/** The seller takes the lead; the first-touch clock runs. */
export const accept = ({ by, now, policy }: Accept, handoff: Handoff): Decided<PublishedEvent> => {
  const decision: Decision = { what: 'accepted', by: personOf(by), at: now };
  if (handoff.verdict) return again(handoff.verdict, decision);
  const refusal = notOffered(handoff, by);
  if (refusal) return refusal;
  const clock = startClock('first-touch', now, policy.document.firstTouch);
  return [...breachesOf(handoff, now), { type: 'accepted', decision, clock }];
};

/** The seller gives the lead back, with a reason of the policy and what that reason asks for. */
export const reject = (command: Reject, handoff: Handoff): Decided<PublishedEvent> => {
  const { by, now, reason: code, note, wakeAt, policy } = command;
  const words = { ...(note !== undefined && { note }), ...(wakeAt !== undefined && { wakeAt }) };
  const decision = { what: 'rejected' as const, by: personOf(by), at: now, reason: code, ...words };
  if (handoff.verdict) return again(handoff.verdict, decision);
  const refusal = notOffered(handoff, by);
  if (refusal) return refusal;
  const reasons = policy.document.rejectReasons;
  const reason = reasons.find((known) => known.code === code);
  if (!reason) {
    const codes = reasons.map((known) => known.code).join(', ');
    return unprocessable('/reason', `is not a reason of ${policy.id}; it knows ${codes}`);
  }
  const { teaches, outcome } = reason;
  return (
    lacking(reason, command) ?? [
      ...breachesOf(handoff, now),
      { type: 'rejected', decision, teaches, outcome },
    ]
  );
};

/** A try to reach the lead; the first one meets the first-touch clock. */
export const attempt = (command: Attempted, handoff: Handoff): Decided<PublishedEvent> => {
  const { by, now, channel, outcome } = command;
  const refusal = notTaken(handoff, by);
  if (refusal) return refusal;
  const tried = { attempt: handoff.attempts.length + 1, channel, outcome, at: now, by: personOf(by) };
  return [...breachesOf(handoff, now), { type: 'attempted', ...tried }];
};

/** The seller examined the lead and it is what sales asks for. */
export const qualify = ({ by, now, bant }: Qualify, handoff: Handoff): Decided<PublishedEvent> => {
  const decision = { what: 'qualified' as const, by: personOf(by), at: now, bant };
  if (handoff.qualification) return again(handoff.qualification, decision);
  const refusal = notTaken(handoff, by);
  if (refusal) return refusal;
  return [...breachesOf(handoff, now), { type: 'qualified', decision }];
};

/** Late is late, though nothing fired yet: the breach is said before what came after it. */
export const breachesOf = (handoff: Handoff, now: Instant): PublishedEvent[] =>
  handoff.clocks
    .filter((clock) => isOverdue(clock, now))
    .map(({ name, dueAt }) => ({ type: 'breached', at: now, clock: name, dueAt }));

const personOf = ({ id, name }: Person): Person => ({ id, name });

/** The same decision by the same person changes nothing; anything else comes too late. */
const again = (stands: Decision, asked: Decision): Decided<PublishedEvent> =>
  isSame(stands, asked) ? [] : alreadyDecided(stands);

const isSame = (one: Decision, other: Decision): boolean =>
  one.what === other.what &&
  one.by.id === other.by.id &&
  one.reason === other.reason &&
  one.note === other.note &&
  one.wakeAt === other.wakeAt &&
  BANT.every((criterion) => one.bant?.[criterion] === other.bant?.[criterion]);

const notOffered = (handoff: Handoff, by: Actor): Refusal | undefined => {
  if (!handoff.seller) return notNow(handoff, 'Nobody has been offered this lead yet: reassign it first.');
  return notTheirs(handoff, handoff.seller, by);
};

const notTaken = (handoff: Handoff, by: Actor): Refusal | undefined => {
  if (handoff.qualification) return alreadyDecided(handoff.qualification);
  if (handoff.verdict?.what === 'rejected') return alreadyDecided(handoff.verdict);
  const refusal = notOffered(handoff, by);
  if (refusal || handoff.verdict) return refusal;
  return notNow(handoff, 'The lead is offered and not accepted yet: accept it first.');
};

const notTheirs = (handoff: Handoff, seller: Person, by: Actor): Refusal | undefined => {
  if (by.acts === 'any' || by.id === seller.id) return undefined;
  return handoff.avoid.includes(by.id)
    ? notNow(
        handoff,
        `The lead is no longer yours: it was offered to ${seller.name} at ${handoff.offeredAt}.`,
      )
    : { code: 'forbidden', detail: "This is another seller's hand-off." };
};

const lacking = (
  { code, needs, outcome }: RejectReason,
  { note, wakeAt, now }: Reject,
): Refusal | undefined => {
  if (needs === 'note' && !note?.trim()) return unprocessable('/note', `reason ${code} needs a note`);
  if (needs === 'wakeAt' && !wakeAt) {
    return unprocessable('/wakeAt', `reason ${code} needs the date when the lead may be looked at again`);
  }
  if (!wakeAt) return undefined;
  if (outcome === 'disqualified')
    return unprocessable('/wakeAt', `reason ${code} is for ever: it takes no date`);
  return wakeAt <= now ? unprocessable('/wakeAt', 'lies in the past') : undefined;
};
