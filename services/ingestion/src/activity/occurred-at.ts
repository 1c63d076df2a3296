import { InvalidMessage, type Json } from './invalid-message.js';

// Date, or date and time of any precision, with or without zone.
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since 1970 of an ISO 8601 text; without a zone it is UTC. Undefined when absent. @throws InvalidMessage */
export const instantIn = (json: Json, field: string): number | undefined => {
  const value = json[field];
  if (value === undefined || value === null || value === '') return undefined;
  const instant = typeof value === 'string' ? parse(value) : Number.NaN;
  if (Number.isNaN(instant) || instant < 0)
    throw new InvalidMessage(`/${field}`, 'must be an ISO 8601 time, such as 2026-01-05T09:00:00.000Z');
  return instant;
};

const parse = (text: string): number => {
  const iso = ISO.exec(text);
  if (!iso) return Number.NaN;
  if (iso[1] !== undefined) return Date.parse(text.replace(' ', 'T').replace(',', '.'));
  return Date.parse(text.length === 10 ? text : `${text.replace(' ', 'T').replace(',', '.')}Z`);
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
