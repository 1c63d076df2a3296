import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.js';

/** A stretch of time during which a zone's clocks are not adjusted. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
  /** Milliseconds to add to an instant for the wall-clock time. */
  readonly offset: number;
}

/** Names are checked before `Temporal` gets them: it takes whole timestamps for zones. */
const NAME = /^(?:[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const MAX_NAME_LENGTH = 64;

/** Whether this is the name of a zone of the IANA database, or a fixed offset such as `+05:30`. */
export const isTimeZone = (name: string): boolean => {
  if (name.length > MAX_NAME_LENGTH || !NAME.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};

/** When a zone's clocks are how far from UTC. */
export class TimeZone {
  /** The period of the last question: the next one is mostly about the same. */
  private last: Period = { from: 0, to: 0, offset: 0 };

  constructor(private readonly name: string) {}

  /** The period of an instant, as far as it is known: the same one may begin earlier. */
  periodAt(instant: Instant): Period {
    if (this.last.from <= instant && instant < this.last.to) return this.last;
    const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.name);
    const next = local.getTimeZoneTransition('next');
    this.last = {
      from: instant,
      to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: local.offsetNanoseconds / 1_000_000,
    };
    return this.last;
  }
}
