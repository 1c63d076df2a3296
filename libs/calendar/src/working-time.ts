import type { Calendar, Instant } from './calendar.js';
import { instantFrom } from './instant.js';
import { MAX_INSTANT, MIN_INSTANT } from './limits.js';
import { merged, type Span } from './span.js';
import { TimeZone } from './time-zone.js';
import { WallTime } from './wall-time.js';

/** The calendar has no working time, or not enough within the years that instants may have. */
export class NoDueInstant extends Error {
  override readonly name = 'NoDueInstant';

  constructor(readonly reason: 'no-working-time' | 'out-of-range') {
    super(reason);
  }
}

/**
 * The working time of a calendar: the instants at which a clock on the wall of its zone shows a time within a shift. An hour that the
 * clock skips is not there to be worked, one that it repeats is worked twice.
 */
export class WorkingTime {
  private readonly zone: TimeZone;
  private readonly wall: WallTime;
  private readonly pauses: readonly Span[];

  /** @param calendar without violations */
  constructor(calendar: Calendar) {
    this.zone = new TimeZone(calendar.timeZone);
    this.wall = new WallTime(calendar);
    this.pauses = merged(
      (calendar.pauses ?? []).map(([start, end]) => ({ from: instantFrom(start)!, to: instantFrom(end)! })),
    );
  }

  /** Milliseconds of working time from `start` to `end`; negative when `end` is before `start`. */
  elapsed(start: Instant, end: Instant): number {
    return start <= end ? this.between(start, end) : 0 - this.between(end, start);
  }

  /**
   * The first instant at which `ms` of working time have passed since `start`: the end of a shift rather than the start of the next one.
   * Negative `ms` give the last instant from which so much passes until `start`; 0 gives `start` itself.
   *
   * The distance is doubled until it is too far, then halved. As working time never passes faster than time, the instant is at least
   * the missing time away: within a shift that is the answer, so few halvings are left. The costs are those of a few measurements
   * of the whole, in proportion to the clock changes, holidays and pauses in it.
   *
   * @throws NoDueInstant
   */
  due(start: Instant, ms: number): Instant {
    if (ms === 0) return start;
    if (this.wall.weekTotal === 0) throw new NoDueInstant('no-working-time');
    const direction = Math.sign(ms);
    const limit = direction > 0 ? MAX_INSTANT : MIN_INSTANT;
    const stepFrom = (from: Instant, distance: number): Instant =>
      distance < Math.abs(limit - from) ? from + direction * distance : limit;
    const passed = (from: Instant, to: Instant): number => direction * this.elapsed(from, to);

    let [near, missing, distance] = [start, Math.abs(ms), Math.abs(ms)];
    for (let far = stepFrom(near, distance), part = passed(near, far); part < missing;) {
      if (far === limit) throw new NoDueInstant('out-of-range');
      [near, missing, distance] = [far, missing - part, distance * 2];
      far = stepFrom(near, distance);
      part = passed(near, far);
    }
    // `missing` passes until `near + distance`, and not before `near + missing`.
    for (let isHalving = false; distance > missing; isHalving = !isHalving) {
      const step = isHalving ? Math.max(missing, Math.floor(distance / 2)) : missing;
      const middle = stepFrom(near, step);
      const part = passed(near, middle);
      if (part >= missing) distance = step;
      else [near, missing, distance] = [middle, missing - part, distance - step];
    }
    return stepFrom(near, distance);
  }

  private between(start: Instant, end: Instant): number {
    let sum = this.unpaused(start, end);
    for (const { from, to } of this.pauses) {
      if (from >= end) break;
      if (to > start) sum -= this.unpaused(Math.max(from, start), Math.min(to, end));
    }
    return sum;
  }

  private unpaused(start: Instant, end: Instant): number {
    let sum = 0;
    for (let from = start; from < end;) {
      const { to, offset } = this.zone.periodAt(from);
      const until = Math.min(to, end);
      sum += this.wall.between(from + offset, until + offset);
      from = until;
    }
    return sum;
  }
}

/**
 * The instant at which `seconds` of working time have passed since `start`; negative seconds go back. Exact to the millisecond.
 *
 * @throws NoDueInstant
 */
export const due = (calendar: Calendar, start: Instant, seconds: number): Instant =>
  new WorkingTime(calendar).due(start, Math.round(seconds * 1_000));

/** Seconds of working time from `start` to `end`; negative when `end` is before `start`. The inverse of `due`. */
export const elapsed = (calendar: Calendar, start: Instant, end: Instant): number =>
  new WorkingTime(calendar).elapsed(start, end) / 1_000;
