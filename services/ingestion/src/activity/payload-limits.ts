import { InvalidMessage, type Json } from './invalid-message.js';

/** Segment's limits: one event, and one batch with everything in it. */
const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
/** Deeper than people nest; what is deeper would overflow the stack of somebody further down. */
export const MAX_DEPTH = 32;

// One UTF-16 unit is at most six bytes of JSON (\u0000); a number has at most 25 characters.
const BYTES_PER_UNIT = 6;
const BYTES_PER_SCALAR = 25;
const encoder = new TextEncoder();

/** @throws InvalidMessage for what is larger or deeper than an event may be */
export const assertWithinLimits = (message: Json): void => {
  const room = checkLimits(message, MAX_EVENT_BYTES);
  if (room === 'too-large') throw new InvalidMessage('', `has more than ${MAX_EVENT_BYTES / 1024} KB`, true);
  if (room === 'too-deep') throw new InvalidMessage('', `is nested more than ${MAX_DEPTH} deep`);
};

/** Whether a parsed JSON value, written compactly, has at most `limit` bytes and is at most {@link MAX_DEPTH} deep. */
export const checkLimits = (value: unknown, limit: number): 'enough' | 'too-deep' | 'too-large' => {
  const bound = boundOf(value, 0);
  if (bound === Infinity) return 'too-deep';
  // The bound costs a third of writing the JSON, and nearly always settles it.
  if (bound <= limit) return 'enough';
  return encoder.encode(JSON.stringify(value)).length <= limit ? 'enough' : 'too-large';
};

const boundOf = (value: unknown, depth: number): number => {
  if (typeof value === 'string') return value.length * BYTES_PER_UNIT + 2;
  if (typeof value !== 'object' || value === null) return BYTES_PER_SCALAR;
  if (depth > MAX_DEPTH) return Infinity;
  let bytes = 2;
  if (Array.isArray(value)) for (const item of value) bytes += boundOf(item, depth + 1) + 1;
  else
    for (const key in value)
      bytes += key.length * BYTES_PER_UNIT + 4 + boundOf((value as Record<string, unknown>)[key], depth + 1);
  return bytes;
};
