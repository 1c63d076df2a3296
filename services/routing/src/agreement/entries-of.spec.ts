import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockDue } from '../deadline/clock-steps.js';
import { accept } from '../handoff/acceptance.js';
import { logAttempt } from '../handoff/attempt.js';
import { endDuplicate, endErased } from '../handoff/ending.js';
import { evolve, type HandoffEvent } from '../handoff/handoff-event.js';
import {
  accepted,
  ann,
  assignment,
  attempted,
  bant,
  decider,
  hour,
  mia,
  offered,
  officeHours,
  onClock,
  policy,
  qualified,
  reassigned,
  rejected,
  sam,
} from '../handoff/handoff.example.js';
import type { Handoff } from '../handoff/handoff.js';
import { offer } from '../handoff/offer.js';
import { qualify } from '../handoff/qualification.js';
import { giveBack, passOn, reassign } from '../handoff/reassignment.js';
import { isRefusal, type Decided } from '../handoff/refusal.js';
import { reject } from '../handoff/rejection.js';
import { defaultAgreement } from './agreement.js';
import { entriesOf, entriesOfOpening, entriesOfOverdue } from './entries-of.js';
import type { LedgerEntry, Terms } from './ledger-entry.js';
import { recount } from './recount.example.js';

const [standard] = defaultAgreement.segments;
const terms: Terms = {
  handoffId: decider.initial.id,
  agreementId: 'agreement-1',
  segment: {
    ...standard!,
    sales: {
      ...standard!.sales,
      attempts: { atLeast: 3, withinDays: 2, percent: 80 },
      followUp: { withinDays: 1, percent: 80 },
    },
  },
};

/** A ledger that, as the stored one, ignores a cause that it has. */
class Ledger {
  readonly entries = new Map<string, LedgerEntry>();

  add(...entries: readonly LedgerEntry[]): void {
    for (const entry of entries) if (!this.entries.has(entry.cause)) this.entries.set(entry.cause, entry);
  }

  get sides(): Record<string, string> {
    return Object.fromEntries([...this.entries].map(([cause, { side }]) => [cause, side]));
  }
}

/** The ledger of a hand-off after these events. */
const ledgerOf = (events: readonly HandoffEvent[], now?: number): Record<string, string> => {
  const ledger = new Ledger();
  const handoff = events.reduce((before, event) => {
    ledger.add(...entriesOf(before, event, terms));
    return evolve(before, event);
  }, decider.initial);
  if (now !== undefined) ledger.add(...entriesOfOverdue(handoff, now, terms));
  return ledger.sides;
};

const reachedAt = (at: number, attempt = 1): HandoffEvent => ({
  ...(attempted(sam, at, attempt) as HandoffEvent & { type: 'attempted' }),
  outcome: 'reached',
});
const breach = onClock('breached', hour(24), hour(24));
const merge = (handoff: Handoff, at: number) => endDuplicate(handoff, at);
const touched = { 'accept-in-time/1': 'credit', accepted: 'credit', 'first-touch-in-time/1': 'credit' };

describe('the ledger', () => {
  it('has a lead and whether its promised fields are filled', () => {
    const opening = (facts: object) =>
      entriesOfOpening(decider.initial, facts, terms).map(({ clause, side, detail }) => [
        clause,
        side,
        detail,
      ]);
    expect(opening({ company: 'Example', country: 'DE' })).toEqual([
      ['leads', 'credit', 'a sales-ready lead'],
      ['complete', 'credit', 'all fields filled'],
    ]);
    expect(opening({ company: ' ' })[1]).toEqual(['complete', 'debit', 'missing: company, country']);
  });

  it.each<[string, HandoffEvent[], number | undefined, Record<string, string>]>([
    ['an offer', [offered(sam)], undefined, {}],
    [
      'an acceptance in time',
      [offered(sam), accepted(sam, hour(1))],
      undefined,
      { 'accept-in-time/1': 'credit', accepted: 'credit' },
    ],
    [
      'an acceptance after the breach',
      [offered(sam), breach, accepted(sam, hour(25))],
      undefined,
      { 'accept-in-time/1': 'debit', accepted: 'credit' },
    ],
    [
      'a rejection with a reason',
      [offered(sam), rejected(sam, hour(1))],
      undefined,
      { 'accept-in-time/1': 'credit', accepted: 'debit', reasons: 'credit' },
    ],
    [
      'an offer that the clock takes away',
      [offered(sam), breach, reassigned(sam, ann, hour(24)), accepted(ann, hour(25))],
      undefined,
      { 'accept-in-time/1': 'debit', 'accept-in-time/2': 'credit', accepted: 'credit' },
    ],
    [
      'an offer that a manager gives to another seller in time',
      [offered(sam), reassigned(sam, ann, hour(1), mia)],
      undefined,
      {},
    ],
    [
      'enough attempts',
      [offered(sam), accepted(sam, hour(1)), ...[2, 3, 4].map((at, n) => attempted(sam, hour(at), n + 1))],
      hour(500),
      { ...touched, 'attempts/1': 'credit' },
    ],
    [
      'too few attempts',
      [offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2))],
      hour(49),
      { ...touched, 'attempts/1': 'debit' },
    ],
    [
      'too few attempts so far',
      [offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2))],
      hour(48.9),
      touched,
    ],
    [
      'too few attempts before the lead is returned',
      [offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2)), rejected(sam, hour(3))],
      hour(500),
      { ...touched, 'attempts/1': 'debit', reasons: 'credit' },
    ],
    [
      'a lead reached and followed up',
      [offered(sam), accepted(sam, hour(1)), reachedAt(hour(2)), qualified(sam, hour(20))],
      hour(500),
      { ...touched, 'attempts/1': 'credit', 'follow-up/1': 'credit' },
    ],
    [
      'a lead reached and forgotten',
      [offered(sam), accepted(sam, hour(1)), reachedAt(hour(2))],
      hour(26),
      { ...touched, 'attempts/1': 'credit', 'follow-up/1': 'debit' },
    ],
    [
      'an attempt, a give-back and the next acceptance at one instant',
      [
        offered(sam),
        accepted(sam, hour(1)),
        reachedAt(hour(2)),
        reassigned(sam, ann, hour(2), mia),
        accepted(ann, hour(2)),
      ],
      hour(500),
      { ...touched, 'attempts/1': 'credit', 'accept-in-time/2': 'credit', 'attempts/2': 'debit' },
    ],
  ])('after %s', (_, events, now, sides) => {
    expect(ledgerOf(events, now)).toEqual(sides);
  });

  it('takes a lead back, and judges nobody, when two leads are one', () => {
    const events = [offered(sam), accepted(sam, hour(1))];
    const open = events.reduce(evolve, decider.initial);
    expect(ledgerOf([...events, ...merge(open, hour(2))], hour(500))).toEqual({
      'accept-in-time/1': 'credit',
      accepted: 'credit',
      duplicate: 'debit',
    });
  });

  it.each<[string, HandoffEvent[], number, Record<string, string>]>([
    ['offered', [offered(sam)], 2, {}],
    ['offered, and overdue', [offered(sam)], 25, { 'accept-in-time/1': 'debit' }],
    [
      'accepted',
      [offered(sam), accepted(sam, hour(1))],
      2,
      { 'accept-in-time/1': 'credit', accepted: 'credit' },
    ],
    ['tried', [offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2))], 3, touched],
  ])('judges nobody when the person of a hand-off is erased that was %s', (_, events, at, sides) => {
    const open = events.reduce(evolve, decider.initial);
    expect(ledgerOf([...events, ...endErased(open, hour(at))], hour(500))).toEqual(sides);
  });
});

const COMMANDS: Record<string, (handoff: Handoff, now: number) => Decided<HandoffEvent>> = {
  offer: (handoff, now) => offer({ now, assignment: assignment(sam), policy }, handoff),
  accept: (handoff, now) => accept({ by: mia, now, policy, calendar: officeHours }, handoff),
  reject: (handoff, now) => reject({ by: mia, now, reason: 'unresponsive', policy }, handoff),
  'reject without a reason': (handoff, now) =>
    reject({ by: mia, now, reason: 'other', note: 'x', policy }, handoff),
  attempt: (handoff, now) => logAttempt({ by: mia, now, channel: 'phone', outcome: 'no-answer' }, handoff),
  reach: (handoff, now) => logAttempt({ by: mia, now, channel: 'phone', outcome: 'reached' }, handoff),
  qualify: (handoff, now) => qualify({ by: mia, now, bant }, handoff),
  'give back': (handoff, now) => giveBack({ by: mia, now, assignment: assignment(ann), policy }, handoff),
  reassign: (handoff, now) => reassign({ by: mia, now, assignment: assignment(sam), policy }, handoff),
  'pass on': (handoff, now) => passOn({ now, assignment: assignment(ann), policy }, handoff),
  merge: (handoff, now) => endDuplicate(handoff, now),
  erase: (handoff, now) => endErased(handoff, now),
  wait: () => [],
};

const step = fc.record({
  command: fc.constantFrom(...Object.keys(COMMANDS), 'offer', 'accept', 'accept', 'attempt', 'reach'),
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 * 3_600_000 })),
  clockFires: fc.boolean(),
  timerFires: fc.boolean(),
  isDelivered: fc.constantFrom(1, 2, 3),
});

it('equals a recount from the history after any sequence of commands, timers and repeated deliveries', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const ledger = new Ledger();
      ledger.add(...entriesOfOpening(decider.initial, {}, terms));
      const history: HandoffEvent[] = [];
      let handoff = decider.initial;
      let now = hour(0);
      const apply = (events: readonly HandoffEvent[], times: number): void => {
        for (const event of events) {
          for (let time = 0; time < times; time += 1) ledger.add(...entriesOf(handoff, event, terms));
          handoff = evolve(handoff, event);
          history.push(event);
        }
      };
      for (const { command, after, clockFires, timerFires, isDelivered } of steps) {
        now += after;
        if (timerFires) ledger.add(...entriesOfOverdue(handoff, now, terms));
        if (clockFires)
          apply(clockDue({ now, next: { assignment: assignment(ann), policy } }, handoff), isDelivered);
        const events = COMMANDS[command]!(handoff, now);
        if (!isRefusal(events)) apply(events, isDelivered);
      }
      ledger.add(...entriesOfOverdue(handoff, now, terms));
      for (const [cause, side] of Object.entries(ledger.sides)) seen.add(`${cause.split('/')[0]} ${side}`);
      const { complete: _, ...counted } = ledger.sides;
      expect(counted).toEqual(Object.fromEntries(recount(history, terms.segment, now)));
    }),
    { numRuns: 3_000 },
  );
  // Each promise was both kept and broken in what was tried.
  expect([...seen].sort()).toEqual(
    [
      ['accept-in-time', 'first-touch-in-time', 'attempts', 'reasons', 'follow-up', 'accepted'].flatMap(
        (clause) => [`${clause} credit`, `${clause} debit`],
      ),
      'leads credit',
      'duplicate debit',
      'complete debit',
    ]
      .flat()
      .sort(),
  );
});
