import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.js';
import { MAX_INSTANT, MIN_INSTANT } from './limits.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The instant of an ISO 8601 text with an offset (`2026-11-28T18:00:00+01:00`, `…Z`), whole milliseconds of it. Undefined for another
 * text, a day that does not exist, or a year out of range.
 */
export const instantFrom = (text: unknown): Instant | undefined => {
  if (typeof text !== 'string' || !INSTANT.test(text)) return undefined;
  try {
    const instant = Temporal.Instant.from(text).epochMilliseconds;
    return MIN_INSTANT <= instant && instant <= MAX_INSTANT ? instant : undefined;
  } catch {
    return undefined;
  }
};
