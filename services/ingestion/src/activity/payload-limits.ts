import { InvalidMessage, type Json } from './invalid-message.js';

/** Segment's limits: one event, with the context that a batch shares, and one request, decompressed. */
export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_REQUEST_BYTES = 500 * 1024;
/** Bytes of all events that become of one request: every event of a batch carries the shared context. */
export const MAX_EXPANDED_BYTES = 8 * 1024 * 1024;
/** Max messages of a batch. All are published before the response, so it bounds what one request can occupy. */
export const MAX_BATCH_MESSAGES = 15_000;
/** Max nesting of a message: functions that recurse into it would overflow the stack. */
export const MAX_DEPTH = 32;
/** Max nesting of a body: a batch and its list of messages add two levels. */
export const MAX_BODY_DEPTH = MAX_DEPTH + 2;

// One UTF-16 unit is at most six bytes of JSON (\u0000); a number has at most 25 characters.
const BYTES_PER_UNIT = 6;
const BYTES_PER_SCALAR = 25;
const encoder = new TextEncoder();

export type LimitCheck = 'within' | 'too-deep' | 'too-large';

/**
 * @param maxBytes of the compact JSON
 * @throws InvalidMessage for a message that is larger or deeper than an event may be
 */
export const assertWithinLimits = (message: Json, maxBytes = MAX_EVENT_BYTES): void => {
  const check = checkLimits(message, maxBytes);
  if (check === 'too-large')
    throw new InvalidMessage(
      '',
      `has more than ${MAX_EVENT_BYTES / 1024} KB, shared context included`,
      'too-large',
    );
  if (check === 'too-deep') throw new InvalidMessage('', `is nested more than ${MAX_DEPTH} deep`);
};

/** Bytes of a value as compact JSON in UTF-8. */
export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

/** Compares a parsed JSON value with a number of bytes as compact JSON, and its nesting with `maxDepth`. */
export const checkLimits = (value: unknown, maxBytes: number, maxDepth = MAX_DEPTH): LimitCheck => {
  const bound = boundOf(value, maxDepth);
  if (bound === Infinity) return 'too-deep';
  // The upper bound costs a third of serializing, and nearly always decides.
  if (bound <= maxBytes) return 'within';
  return bytesOf(value) <= maxBytes ? 'within' : 'too-large';
};

const boundOf = (value: unknown, levels: number): number => {
  if (typeof value === 'string') return value.length * BYTES_PER_UNIT + 2;
  if (typeof value !== 'object' || value === null) return BYTES_PER_SCALAR;
  if (levels < 0) return Infinity;
  let bytes = 2;
  if (Array.isArray(value)) for (const item of value) bytes += boundOf(item, levels - 1) + 1;
  else
    for (const key in value)
      bytes += key.length * BYTES_PER_UNIT + 4 + boundOf((value as Record<string, unknown>)[key], levels - 1);
  return bytes;
};
