import { evolve, type HandoffEvent } from '../handoff/handoff-event.js';
import type { Handoff } from '../handoff/handoff.js';
import { passOn, type Next } from '../handoff/offer.js';
import type { Instant } from '../policy/duration.js';
import { dueOf, type Clock, type Due } from '../clock/sla-clock.js';

/** Nobody said anything until now. */
export interface ClockDue {
  readonly type: 'clock-due';
  readonly now: Instant;
  /** Who would be next; needed where `asksForNext` says so. */
  readonly next?: Next;
}

/** Whether silence until now asks for another seller; the caller chooses one and passes it with `ClockDue`. */
export const asksForNext = (handoff: Handoff, now: Instant): boolean =>
  handoff.silences < handoff.maxReassignments &&
  handoff.clocks.some((clock) => dueOf(clock, now).some((due) => due.do === 'reassign'));

/**
 * Every step due by now, in order, each once, however many were missed: a step done is no longer ahead. The clock of a new
 * offer starts now, so one long absence passes a lead on once.
 */
export const clockDue = ({ now, next }: ClockDue, handoff: Handoff): readonly HandoffEvent[] => {
  const events: HandoffEvent[] = [];
  let state = handoff;
  for (const clock of handoff.clocks) {
    for (const due of dueOf(clock, now)) {
      const event = eventOf(due, clock, state, now, next);
      events.push(event);
      state = evolve(state, event);
    }
  }
  return events;
};

const eventOf = (due: Due, clock: Clock, handoff: Handoff, now: Instant, next?: Next): HandoffEvent => {
  const onClock = { at: now, clock: clock.name, dueAt: clock.dueAt };
  switch (due.do) {
    case 'warn':
      return { type: 'warned', ...onClock };
    case 'escalate':
      return { type: 'escalated', ...onClock };
    case 'breach':
      return { type: 'breached', ...onClock };
    case 'reassign':
      if (next?.seller) return passOn(handoff, next.seller, next, now);
      return { type: 'escalated', ...onClock, why: next?.why ?? passedOn(handoff) };
  }
};

const passedOn = ({ silences }: Handoff): string =>
  `passed on ${silences} ${silences === 1 ? 'time' : 'times'} already, as often as the policy allows: the manager decides`;
