import type { ClockCalendar } from '../clock/clock-calendar.js';
import { retimedClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** The working time of the seller changed. */
export interface Retime {
  readonly now: Instant;
  readonly calendar: ClockCalendar;
}

type Retimed = Extract<PublishedEvent, { type: 'retimed' }>;

/** The clocks that are due at another time now. A step that was carried out is never carried out again. */
export const retime = ({ now, calendar }: Retime, handoff: Handoff): readonly Retimed[] =>
  handoff.clocks.flatMap((clock) => {
    const after = retimedClock(clock, calendar);
    return after === clock ? [] : [{ type: 'retimed', at: now, clock: after }];
  });
