import type { Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';
import { breachesOf } from './breach.js';
import type { HandoffEvent, PublishedEvent } from './handoff-event.js';
import { isOpen, type Handoff } from './handoff.js';

/** Why a hand-off ends without a verdict on the lead: nobody decides it, and it teaches nothing. */
export type Ending = 'duplicate' | 'erased';

const ENDED_BY: Readonly<Record<Ending, Person>> = {
  duplicate: { id: 'merge', name: 'Merge of two leads' },
  erased: { id: 'erasure', name: 'Erasure of the person' },
};

/** How an event ended a hand-off without a verdict; undefined for any other event. */
export const endingOf = (event: HandoffEvent): Ending | undefined =>
  event.type === 'rejected'
    ? (Object.keys(ENDED_BY) as Ending[]).find((ending) => ENDED_BY[ending].id === event.decision.by.id)
    : undefined;

/** The hand-off that goes on of two of one person: the accepted one, else the one opened first. */
export const goesOn = (one: Handoff, other: Handoff): Handoff => {
  if ((one.status === 'accepted') !== (other.status === 'accepted'))
    return one.status === 'accepted' ? one : other;
  return one.openedAt <= other.openedAt ? one : other;
};

/** Its person has another hand-off that is open; the lead may be offered again if the merge is undone. */
export const endDuplicate = (handoff: Handoff, now: Instant): PublishedEvent[] =>
  isOpen(handoff) ? ended(handoff, 'duplicate', 'recycled', now) : [];

/** Its person is erased. One that waits was told to nobody, and is deleted in silence. */
export const endErased = (handoff: Handoff, now: Instant): PublishedEvent[] =>
  isOpen(handoff) && handoff.status !== 'waiting' ? ended(handoff, 'erased', 'disqualified', now) : [];

/** A clock that had run out by then stays a breach. */
const ended = (
  handoff: Handoff,
  reason: Ending,
  outcome: 'recycled' | 'disqualified',
  now: Instant,
): PublishedEvent[] => [
  ...breachesOf(handoff, now),
  {
    type: 'rejected',
    decision: { what: 'rejected', by: ENDED_BY[reason], at: now, reason },
    teaches: 'nothing',
    outcome,
  },
];
