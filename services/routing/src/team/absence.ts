import { INSTANT_RULE, instantFrom } from '@baton/calendar';
import type { Violation } from '@baton/contracts';
import type { Absence } from '../calendar/stored-calendar.js';

/** A year and a day: a seller who is away for longer is not available. */
const MAX_ABSENCE_MS = 367 * 86_400_000;

/** What is wrong with the absences of a seller, if anything. */
export const absenceViolation = (sellerId: string, absences: readonly Absence[]): Violation | undefined => {
  for (const [n, { from, until, deputyId }] of absences.entries()) {
    const outOfRange = (['from', 'until'] as const).find(
      (end) => instantFrom(absences[n]![end]) === undefined,
    );
    if (outOfRange) return { pointer: `/absences/${n}/${outOfRange}`, detail: INSTANT_RULE };
    const length = Date.parse(until) - Date.parse(from);
    if (length <= 0) return { pointer: `/absences/${n}/until`, detail: 'must be after the start' };
    if (length > MAX_ABSENCE_MS)
      return {
        pointer: `/absences/${n}/until`,
        detail: 'is more than a year later: make the seller unavailable',
      };
    if (deputyId === sellerId)
      return { pointer: `/absences/${n}/deputyId`, detail: 'is the seller who is away' };
  }
  return undefined;
};
