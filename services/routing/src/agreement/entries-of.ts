import { toIso } from '../policy/duration.js';
import { endingOf } from '../handoff/ending.js';
import { atOf, evolve, type HandoffEvent } from '../handoff/handoff-event.js';
import type { Handoff } from '../handoff/handoff.js';
import type { RoutingFacts } from '../rules/routing-rules.js';
import type { LedgerEntry, Terms } from './ledger-entry.js';
import { isTimed, obligationsOf, outcomeOf, type Obligation } from './obligation.js';

type Fact = Pick<LedgerEntry, 'cause' | 'clause' | 'side' | 'at' | 'detail'>;

/** A rejection for this reason says nothing. */
const NO_REASON = 'other';

/** What a new hand-off is for marketing: a lead, with the promised fields filled or not. */
export const entriesOfOpening = ({ openedAt }: Handoff, facts: RoutingFacts, terms: Terms): LedgerEntry[] => {
  const { fields } = terms.segment.marketing.complete;
  const missing = fields.filter((field) => String(facts[field] ?? '').trim() === '');
  const complete: Fact = {
    cause: 'complete',
    clause: 'complete',
    side: missing.length === 0 ? 'credit' : 'debit',
    at: openedAt,
    detail: missing.length === 0 ? 'all fields filled' : `missing: ${missing.join(', ')}`,
  };
  return [credit('leads', 'leads', openedAt, 'a sales-ready lead'), complete].map((fact) =>
    entryUnder(terms, fact),
  );
};

/** What an event of a hand-off is for both teams. `before`: the hand-off without it. */
export const entriesOf = (before: Handoff, event: HandoffEvent, terms: Terms): LedgerEntry[] => {
  const { sales } = terms.segment;
  const left = new Set(obligationsOf(evolve(before, event), sales).map(({ cause }) => cause));
  const ended = obligationsOf(before, sales).filter(({ cause }) => !left.has(cause));
  const facts = [...ended.flatMap((obligation) => decided(obligation, event)), ...judged(event)];
  return facts.map((fact) => entryUnder(terms, fact));
};

/** The obligations that ran out by `now`, except those of clocks: their breach is an event. */
export const entriesOfOverdue = (handoff: Handoff, now: number, terms: Terms): LedgerEntry[] =>
  obligationsOf(handoff, terms.segment.sales)
    .filter((obligation) => isTimed(obligation) && obligation.dueAt <= now)
    .map(({ clause, cause, dueAt }) =>
      entryUnder(terms, { cause, clause, side: 'debit', at: now, detail: `was due at ${toIso(dueAt)}` }),
    );

const decided = (obligation: Obligation, event: HandoffEvent): Fact[] => {
  const side = outcomeOf(obligation, event);
  if (!side) return [];
  const { cause, clause, dueAt } = obligation;
  return [{ cause, clause, side, at: atOf(event), detail: `${event.type}; due at ${toIso(dueAt)}` }];
};

/** The first verdict counts for marketing; a reason is what sales owes for each rejection. */
const judged = (event: HandoffEvent): Fact[] => {
  if (event.type === 'accepted') return [credit('accepted', 'accepted', event.decision.at, 'accepted')];
  const ending = endingOf(event);
  if (event.type !== 'rejected' || ending === 'erased') return [];
  const { at, reason } = event.decision;
  if (ending === 'duplicate')
    return [debit('duplicate', 'leads', at, 'its person has another hand-off: two leads are one')];
  const detail = `rejected: ${reason}`;
  return [
    debit('accepted', 'accepted', at, detail),
    reason === NO_REASON ? debit('reasons', 'reasons', at, detail) : credit('reasons', 'reasons', at, detail),
  ];
};

const credit = (cause: string, clause: Fact['clause'], at: number, detail: string): Fact => ({
  cause,
  clause,
  side: 'credit',
  at,
  detail,
});

const debit = (...fact: Parameters<typeof credit>): Fact => ({ ...credit(...fact), side: 'debit' });

const entryUnder = ({ handoffId, agreementId, segment }: Terms, fact: Fact): LedgerEntry => ({
  handoffId,
  ...fact,
  segment: segment.key,
  agreementId,
});
