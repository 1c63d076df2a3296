import { instantOf } from '@baton/contracts';
import { InvalidMessage, type Json } from './invalid-message.js';

/** Milliseconds since 1970 of a time as clients write it. Undefined when absent. @throws InvalidMessage */
export const instantIn = (json: Json, field: string): number | undefined => {
  const value = json[field];
  if (value === undefined || value === null || value === '') return undefined;
  const instant = instantOf(value);
  if (!(instant >= 0))
    throw new InvalidMessage(
      `/${field}`,
      'must be an existing time in ISO 8601, such as 2026-01-05T09:00:00.000Z, or in seconds or milliseconds since 1970',
    );
  return instant;
};

export interface SenderTimes {
  /** When it happened, on the sender's clock, ms. */
  readonly happened?: number | undefined;
  /** When the request was sent, on the same clock, ms. */
  readonly sent?: number | undefined;
}

/**
 * When it happened on our clock, ms, independent of the sender's clock offset (Segment's rule:
 * receivedAt − (sentAt − originalTimestamp)). Never in the future.
 */
export const occurredAt = ({ happened, sent }: SenderTimes, receivedAt: number): number => {
  if (happened === undefined) return receivedAt;
  const corrected = sent === undefined ? happened : receivedAt - (sent - happened);
  return corrected < 0 || corrected > receivedAt ? receivedAt : corrected;
};
