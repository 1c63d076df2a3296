import type { Calendar } from '@baton/calendar';

/** A calendar with a name, for sellers and teams. */
export interface StoredCalendar extends Pick<Calendar, 'timeZone' | 'hours'> {
  readonly id: string;
  /** 1 for a new one; each change adds 1. */
  readonly version: number;
  readonly name: string;
  /** Dates of one's own, beside the public holidays. */
  readonly holidays: readonly string[];
  /** ISO 3166 country whose public holidays count, such as `DE`; null: none do. */
  readonly country: string | null;
  /** Part of the country, such as `BY`. */
  readonly region: string | null;
  /** Of sellers whose team and who themselves have no other. Exactly one calendar is. */
  readonly isDefault: boolean;
}

/** The calendars with this one in the place of the one before; a new default is the only one. */
export const withCalendar = (
  calendars: readonly StoredCalendar[],
  calendar: StoredCalendar,
): readonly StoredCalendar[] =>
  calendars.map((one) => {
    if (one.id === calendar.id) return calendar;
    return calendar.isDefault ? { ...one, isDefault: false } : one;
  });

/**
 * The calendars whose sellers a change concerns; null: those without one, when the default changes. `before` is all calendars before it.
 */
export const concernedBy = (
  { id, isDefault }: StoredCalendar,
  before: readonly StoredCalendar[],
): readonly (string | null)[] => {
  const wasDefault = before.find((calendar) => calendar.id === id)?.isDefault ?? false;
  return isDefault || wasDefault ? [id, null] : [id];
};

/** A time in which a seller is away. */
export interface Absence {
  /** ISO 8601 in UTC. */
  readonly from: string;
  readonly until: string;
  /** The seller who gets what they had not taken yet; without one the next in turn. */
  readonly deputyId?: string;
}

/** Years before and after the present one whose public holidays are known. */
const YEARS_BEFORE = 1;
const YEARS_AFTER = 3;

export const holidayYears = (year: number): readonly number[] =>
  Array.from({ length: YEARS_BEFORE + 1 + YEARS_AFTER }, (_, n) => year - YEARS_BEFORE + n);

export const isAwayAt = (absences: readonly Absence[], now: number): boolean =>
  absences.some(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));

/** Who stands in for a seller who is away. */
export const deputyAt = (absences: readonly Absence[], now: number): string | undefined =>
  absences.find((absence) => isAwayAt([absence], now) && absence.deputyId !== undefined)?.deputyId;

/** When an absence begins or ends next. */
export const nextAbsenceChange = (absences: readonly Absence[], now: number): number | undefined => {
  const changes = absences
    .flatMap(({ from, until }) => [Date.parse(from), Date.parse(until)])
    .filter((at) => at > now);
  return changes.length > 0 ? Math.min(...changes) : undefined;
};
