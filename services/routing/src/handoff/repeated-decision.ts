import type { PublishedEvent } from './handoff-event.js';
import { BANT, type Decision } from './handoff.js';
import { alreadyDecided, type Decided } from './refusal.js';

/** The same decision by the same person changes nothing; any other is refused. */
export const repeated = (earlier: Decision, decision: Decision): Decided<PublishedEvent> =>
  isSame(earlier, decision) ? [] : alreadyDecided(earlier);

const isSame = (one: Decision, other: Decision): boolean =>
  one.what === other.what &&
  one.by.id === other.by.id &&
  one.reason === other.reason &&
  one.note === other.note &&
  one.wakeAt === other.wakeAt &&
  BANT.every((criterion) => one.bant?.[criterion] === other.bant?.[criterion]);
