import type { Violation } from '@baton/contracts';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Working time of one day of the week, in the organisation's time zone; a day may have several. */
export interface WorkingHours {
  readonly day: (typeof DAYS)[number];
  /** HH:MM */
  readonly from: string;
  /** HH:MM, later than `from`; 24:00 is midnight. */
  readonly to: string;
}

export const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
export const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Hours that end before they begin, or overlap others of their day. Texts of the shape HH:MM compare like the times. */
export const workingWeekViolations = (week: readonly WorkingHours[], pointer: string): Violation[] =>
  week.flatMap(({ day, from, to }, index) => {
    const at = `${pointer}/${index}`;
    if (from >= to) return [{ pointer: `${at}/to`, detail: `must be later than ${from}` }];
    const overlaps = week.some(
      (other, place) => place < index && other.day === day && other.from < to && from < other.to,
    );
    return overlaps ? [{ pointer: at, detail: `overlaps other hours of ${day}` }] : [];
  });
