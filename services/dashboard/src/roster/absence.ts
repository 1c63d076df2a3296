import type { Absence } from '../api/shapes.js';
import { dayAt, nextDay, startOfDay } from './zoned-day.js';

/** An absence as people set it: whole days, the last one included. */
export interface AbsenceDays {
  readonly first: string;
  readonly last: string;
  /** Gets what was not accepted; empty: the next in turn. */
  readonly deputyId: string;
}

export const daysOf = ({ from, until, deputyId = '' }: Absence, timeZone: string): AbsenceDays => ({
  first: dayAt(Date.parse(from), timeZone),
  last: dayAt(Date.parse(until) - 1, timeZone),
  deputyId,
});

/**
 * The absence of these days in the time zone of the seller; undefined while they are no days in this order. An end of `before` whose
 * day is not changed keeps its time: it may have been set by a program.
 */
export const absenceOf = (days: AbsenceDays, timeZone: string, before?: Absence): Absence | undefined => {
  const kept = before && daysOf(before, timeZone);
  const from = kept?.first === days.first ? Date.parse(before!.from) : startOfDay(days.first, timeZone);
  if (startOfDay(days.last, timeZone) === undefined || from === undefined) return undefined;
  const until =
    kept?.last === days.last ? Date.parse(before!.until) : startOfDay(nextDay(days.last), timeZone);
  if (until === undefined || until <= from) return undefined;
  return {
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    ...(days.deputyId !== '' && { deputyId: days.deputyId }),
  };
};

export const isSame = (one: Absence, other: Absence): boolean =>
  Date.parse(one.from) === Date.parse(other.from) &&
  Date.parse(one.until) === Date.parse(other.until) &&
  one.deputyId === other.deputyId;

/** The absences with one replaced, in the order of their begins. */
export const withAbsence = (
  absences: readonly Absence[],
  before: Absence | undefined,
  after: Absence | undefined,
): Absence[] =>
  [...absences.filter((each) => !before || !isSame(each, before)), ...(after ? [after] : [])].sort(
    (one, other) => Date.parse(one.from) - Date.parse(other.from),
  );

/** The absence cut off at an instant; undefined when it had not begun, so that nothing is left of it. */
export const endedAt = (absence: Absence, now: number): Absence | undefined =>
  Date.parse(absence.from) < now ? { ...absence, until: new Date(now).toISOString() } : undefined;

/** The absences that are not over. */
export const toCome = (absences: readonly Absence[], now: number): Absence[] =>
  absences.filter(({ until }) => Date.parse(until) > now);

/** The absence at an instant. */
export const absenceAt = (absences: readonly Absence[], now: number): Absence | undefined =>
  absences.find(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
