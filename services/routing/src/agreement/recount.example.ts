import { endingOf } from '../handoff/ending.js';
import { atOf, type HandoffEvent } from '../handoff/handoff-event.js';
import type { Segment } from './agreement.js';
import type { EntrySide } from './ledger-entry.js';

/** What the ledger of one hand-off must have at `now`, by cause, counted from its whole history. Without the rules that it checks. */
export const recount = (
  history: readonly HandoffEvent[],
  { sales }: Segment,
  now: number,
): Map<string, EntrySide> => {
  const ledger = new Map<string, EntrySide>([['leads', 'credit']]);
  const judged = history.filter((event) => !isEnded(event));
  if (history.some((event) => endingOf(event) === 'duplicate')) ledger.set('duplicate', 'debit');
  const verdict = judged.find(({ type }) => type === 'accepted' || type === 'rejected');
  if (verdict) ledger.set('accepted', verdict.type === 'accepted' ? 'credit' : 'debit');
  for (const event of judged)
    if (event.type === 'rejected')
      ledger.set('reasons', event.decision.reason === 'other' ? 'debit' : 'credit');
  offersIn(history).forEach((offer, n) => {
    for (const [cause, side] of ofOffer(offer, sales, now))
      ledger.set(cause.includes('/') ? cause : `${cause}/${n + 1}`, side);
  });
  return ledger;
};

interface Offer {
  readonly events: readonly HandoffEvent[];
  /** When it went to another seller. */
  readonly leftAt?: number;
}

const offersIn = (history: readonly HandoffEvent[]): Offer[] => {
  const starts = history.flatMap(({ type }, n) => (type === 'offered' || type === 'reassigned' ? [n] : []));
  return starts.map((start, n) => {
    const end = starts[n + 1];
    return {
      events: history.slice(start + 1, end),
      ...(end !== undefined && { leftAt: atOf(history[end]!) }),
    };
  });
};

const ofOffer = (
  { events, leftAt }: Offer,
  { attempts, followUp }: Segment['sales'],
  now: number,
): [string, EntrySide][] => {
  const found: [string, EntrySide][] = [];
  const has = (type: HandoffEvent['type']) => events.find((event) => event.type === type);
  const breached = (clock: string) =>
    events.some((event) => event.type === 'breached' && event.clock === clock);
  const returned = events.find((event) => event.type === 'rejected' && !isEnded(event));
  const ended = events.find(isEnded);
  const accepted = has('accepted');
  const tried = events.flatMap((event) => (event.type === 'attempted' ? [event] : []));
  const fellAway = leftAt ?? (ended && atOf(ended)) ?? Number.POSITIVE_INFINITY;

  if (breached('accept')) found.push(['accept-in-time', 'debit']);
  else if (accepted || returned) found.push(['accept-in-time', 'credit']);
  if (!accepted) return found;

  if (breached('first-touch')) found.push(['first-touch-in-time', 'debit']);
  else if (tried.length > 0 || has('qualified')) found.push(['first-touch-in-time', 'credit']);

  const due = atOf(accepted) + attempts.withinDays * DAY;
  const enough = [
    tried.find(({ outcome }) => outcome === 'reached'),
    tried[attempts.atLeast - 1],
    has('qualified'),
  ].some((event) => event && atOf(event) < due);
  if (enough) found.push(['attempts', 'credit']);
  else if ((returned && atOf(returned) < due) || (now >= due && fellAway >= due))
    found.push(['attempts', 'debit']);

  for (const attempt of tried.filter(({ outcome }) => outcome === 'reached')) {
    const due = attempt.at + followUp.withinDays * DAY;
    const next = events
      .slice(events.indexOf(attempt) + 1)
      .find((event) => ['attempted', 'qualified'].includes(event.type) || event === returned);
    const cause = `follow-up/${attempt.attempt}`;
    if (next && atOf(next) < due) found.push([cause, 'credit']);
    else if (now >= due && fellAway >= due) found.push([cause, 'debit']);
  }
  return found;
};

const isEnded = (event: HandoffEvent): boolean => endingOf(event) !== undefined;

const DAY = 86_400_000;
