import { startOfNextDay, type Instant } from '../policy/duration.js';

/** The timer of all hand-offs of a team that wait for a seller; its key is the team. */
export const WAITING_TIMER = 'waiting';

interface WaitingTimer {
  readonly kind: typeof WAITING_TIMER;
  readonly key: string;
  readonly dueAt: Date;
}

/**
 * Has the waiting hand-offs of these teams offered at once. To be scheduled before a team is locked: an assignment that left a hand-off
 * waiting before has then committed when the timer fires.
 */
export const offerWaiting = (teams: readonly string[], now: Date): WaitingTimer[] =>
  teams.map((key) => ({ kind: WAITING_TIMER, key, dueAt: now }));

/** Has them offered when the limits per day start again. */
export const offerWaitingTomorrow = (teams: readonly string[], now: Instant): WaitingTimer[] =>
  teams.map((key) => ({ kind: WAITING_TIMER, key, dueAt: new Date(startOfNextDay(now)) }));
