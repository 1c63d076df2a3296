import { isAwayAt, nextAbsenceChange, type Absence } from '../calendar/stored-calendar.js';
import type { Instant } from '../policy/duration.js';

/** The timer of a seller who is away or will be, or comes back; its key is the seller. */
export const ABSENCE_TIMER = 'absence';

interface AbsenceTimer {
  readonly kind: typeof ABSENCE_TIMER;
  readonly key: string;
  readonly dueAt: Date;
}

export interface Attendance {
  readonly id: string;
  readonly available: boolean;
  readonly absences: readonly Absence[];
}

export const isAway = ({ available, absences }: Attendance, now: Instant): boolean =>
  !available || isAwayAt(absences, now);

/** At once for a seller who is away now, else when an absence begins; none for one who stays. */
export const absenceTimer = (seller: Attendance, now: Instant): AbsenceTimer[] =>
  isAway(seller, now) ? [timerAt(seller, now)] : nextAbsenceTimer(seller, now);

/** When the next absence begins or ends. */
export const nextAbsenceTimer = (seller: Attendance, now: Instant): AbsenceTimer[] => {
  const at = nextAbsenceChange(seller.absences, now);
  return at === undefined ? [] : [timerAt(seller, at)];
};

export const timerAt = ({ id }: Pick<Attendance, 'id'>, at: Instant): AbsenceTimer => ({
  kind: ABSENCE_TIMER,
  key: id,
  dueAt: new Date(at),
});
