import { clockDue, type ClockDue } from '../deadline/clock-steps.js';
import type { HandoffEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';
import { offer, reassign, type Offer, type Reassign } from './offer.js';
import type { Decided } from './refusal.js';
import {
  accept,
  attempt,
  qualify,
  reject,
  type Accept,
  type Attempted,
  type Qualify,
  type Reject,
} from './verdict.js';

/** All that can be asked of a hand-off. */
export type HandoffCommand = Offer | Accept | Reject | Attempted | Qualify | Reassign | ClockDue;

/** What follows from a command: events in order, none when nothing changes, or a refusal. */
export const decide = (command: HandoffCommand, handoff: Handoff): Decided<HandoffEvent> => {
  switch (command.type) {
    case 'offer':
      return offer(command, handoff);
    case 'accept':
      return accept(command, handoff);
    case 'reject':
      return reject(command, handoff);
    case 'attempt':
      return attempt(command, handoff);
    case 'qualify':
      return qualify(command, handoff);
    case 'reassign':
      return reassign(command, handoff);
    case 'clock-due':
      return clockDue(command, handoff);
  }
};
