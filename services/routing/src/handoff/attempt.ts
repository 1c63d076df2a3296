import type { AttemptChannel, AttemptOutcome } from '@baton/contracts';
import { personOf, refusalUnlessAccepted, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Attempt, Handoff } from './handoff.js';
import type { Decided } from './refusal.js';

export interface LogAttempt extends ByActor {
  readonly channel: AttemptChannel;
  readonly outcome: AttemptOutcome;
  /** Commands of one person with the same key log one attempt. Without a key each command logs one. */
  readonly idempotencyKey?: string;
}

/** A try to reach the lead; the first one meets the first-touch clock. */
export const logAttempt = (command: LogAttempt, handoff: Handoff): Decided<PublishedEvent> => {
  const { by, now, channel, outcome, idempotencyKey } = command;
  const earlier = handoff.attempts.find((attempt) => isRepeatedBy(attempt, command));
  if (earlier) return sameOrRefusal(earlier, command);
  const refusal = refusalUnlessAccepted(handoff, by);
  if (refusal) return refusal;
  return [
    ...breachesOf(handoff, now),
    {
      type: 'attempted',
      attempt: handoff.attemptCount + 1,
      channel,
      outcome,
      at: now,
      by: personOf(by),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    },
  ];
};

const isRepeatedBy = (attempt: Attempt, { by, idempotencyKey }: LogAttempt): boolean =>
  idempotencyKey !== undefined && attempt.idempotencyKey === idempotencyKey && attempt.by.id === by.id;

const sameOrRefusal = (attempt: Attempt, { channel, outcome }: LogAttempt): Decided<PublishedEvent> =>
  attempt.channel === channel && attempt.outcome === outcome
    ? []
    : {
        code: 'unprocessable',
        detail: `The Idempotency-Key was used for attempt ${attempt.attempt} with another content; send a new key.`,
      };
