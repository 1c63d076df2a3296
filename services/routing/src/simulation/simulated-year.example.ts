import { WorkingTime } from '@baton/calendar';
import { entriesOf, entriesOfOpening, entriesOfOverdue } from '../agreement/entries-of.js';
import type { LedgerEntry } from '../agreement/ledger-entry.js';
import { isTimed, obligationsOf } from '../agreement/obligation.js';
import type { ClockCalendar } from '../clock/clock-calendar.js';
import { clockDue, needsAssignment } from '../deadline/clock-steps.js';
import { accept } from '../handoff/acceptance.js';
import { logAttempt } from '../handoff/attempt.js';
import { endDuplicate, goesOn } from '../handoff/ending.js';
import { evolve, type HandoffEvent } from '../handoff/handoff-event.js';
import { isOpen, nextDueAt, openHandoff, type Handoff } from '../handoff/handoff.js';
import { offer } from '../handoff/offer.js';
import { qualify } from '../handoff/qualification.js';
import { giveBack, passOn, reassign } from '../handoff/reassignment.js';
import { isRefusal, type Decided } from '../handoff/refusal.js';
import { reject } from '../handoff/rejection.js';
import { retime } from '../handoff/retiming.js';
import { fromStored, toStored } from '../handoff/stored-handoff.js';
import { defaultSlaPolicy } from '../policy/sla-policy.js';
import { Allocation } from '../team/allocation.js';
import type { Candidate } from '../team/team.js';
import { officeHours } from '../handoff/handoff.example.js';
import { seeded } from '../what-if/simulate.js';
import { EventQueue } from './event-queue.example.js';
import { terms } from './terms.example.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-01T00:00:00Z');
const YEAR = 365 * DAY;
const policy = { id: 'sla-policy-1', document: defaultSlaPolicy };
const manager = { id: 'manager', name: 'Mia', acts: 'any' } as const;

/** A hand-off as it is stored, with all that happened to it and its ledger. */
export interface Simulated {
  state: object;
  readonly history: HandoffEvent[];
  readonly ledger: Map<string, LedgerEntry>;
}

type What =
  | { readonly do: 'open' | 'absence' | 'holiday' | 'merge' | 'crash' | 'offer-waiting' }
  | { readonly do: 'timer' | 'person' | 'review'; readonly id: string };

/**
 * A year of a team with the rules of the service: leads come, sellers decide or stay silent, are absent, holidays are added, leads are merged.
 * A crash loses a decision before its commit, repeats a timer that had fired, or keeps everything down for days. Stored state alone survives.
 */
export class SimulatedYear {
  readonly handoffs = new Map<string, Simulated>();
  now = START;
  private readonly openIds = new Set<string>();
  private readonly random: () => number;
  private readonly queue = new EventQueue<What>();
  private readonly calendar: { version: number; readonly holidays: string[] } = { version: 1, holidays: [] };
  private working: ClockCalendar = officeHours;
  private sellers: readonly Candidate[];
  private downUntil = START;
  private loseNext = false;

  constructor(
    seed: number,
    private readonly leads: number,
  ) {
    this.random = seeded(seed);
    this.sellers = [1, 1, 2, 3, 1, 1].map((weight, n) => sellerOf(n, weight));
    this.later(DAY, { do: 'offer-waiting' });
    for (let n = 0; n < leads; n += 1) this.later(this.random() * YEAR * 0.9, { do: 'open' });
    for (const [what, count] of [
      ['absence', 200],
      ['holiday', 20],
      ['merge', leads / 50],
      ['crash', 200],
    ] as const)
      for (let n = 0; n < count; n += 1) this.later(this.random() * YEAR * 0.9, { do: what });
  }

  /** Runs to the end: until nothing is due any more, at most two years. */
  run(): void {
    for (let next = this.queue.next(); next && next.at < START + 2 * YEAR; next = this.queue.next()) {
      this.now = Math.max(next.at, this.now, this.downUntil);
      this.happen(next.what);
    }
    this.now = START + 2 * YEAR;
  }

  handoffOf = (id: string): Handoff => fromStored(this.handoffs.get(id)!.state);

  private happen(what: What): void {
    switch (what.do) {
      case 'open':
        return this.open();
      case 'timer':
        return this.fire(what.id);
      case 'person':
        return this.decide(what.id);
      case 'review':
        return this.review(what.id);
      case 'absence':
        return this.absence();
      case 'holiday':
        return this.holiday();
      case 'merge':
        return this.merge();
      case 'offer-waiting':
        return this.offerWaiting();
      case 'crash':
        if (this.random() < 0.1) this.downUntil = this.now + Math.round(this.random() * 3 * DAY);
        this.loseNext = true;
    }
  }

  private open(): void {
    const id = `handoff-${this.handoffs.size}`;
    const handoff = openHandoff({ id, leadId: `lead-${this.handoffs.size}`, team: 'Sales', now: this.now });
    const opening = entriesOfOpening(handoff, { company: 'Example' }, terms);
    const ledger = new Map(opening.map((entry) => [entry.cause, entry]));
    this.handoffs.set(id, { state: stored(handoff), history: [], ledger });
    this.commit(id, (current, allocation) =>
      offer({ now: this.now, policy, assignment: allocation.next(current.avoid) }, current),
    );
  }

  /** At midnight UTC, as the service does at the latest. */
  private offerWaiting(): void {
    if (this.now < START + YEAR) this.later(DAY, { do: 'offer-waiting' });
    for (const id of [...this.openIds]) {
      if (this.handoffOf(id).status !== 'waiting') continue;
      this.commit(id, (current, allocation) =>
        offer({ now: this.now, policy, assignment: allocation.next(current.avoid) }, current),
      );
      if (this.handoffOf(id).status === 'waiting') return;
    }
  }

  /** A timer that fired before its time or a second time does nothing: it looks at what is due now. */
  private fire(id: string): void {
    this.commit(id, (handoff, allocation) => {
      const next = needsAssignment(handoff, this.now)
        ? { next: { policy, assignment: allocation.next(handoff.avoid) } }
        : {};
      return clockDue({ now: this.now, ...next }, handoff);
    });
    if (this.random() < 0.02) this.later(this.random() * DAY, { do: 'timer', id });
  }

  /** The timer of what is due by the agreement alone. */
  private review(id: string): void {
    const { ledger } = this.handoffs.get(id)!;
    const handoff = this.handoffOf(id);
    for (const entry of entriesOfOverdue(handoff, this.now, terms))
      if (!ledger.has(entry.cause)) ledger.set(entry.cause, entry);
    this.reviewLater(handoff);
  }

  private reviewLater(handoff: Handoff): void {
    const due = obligationsOf(handoff, terms.segment.sales)
      .filter((obligation) => isTimed(obligation) && obligation.dueAt > this.now)
      .map(({ dueAt }) => dueAt);
    if (due.length > 0) this.at(Math.min(...due), { do: 'review', id: handoff.id });
  }

  /** The seller, or now and then the manager, does something that fits the state, or what is refused. */
  private decide(id: string): void {
    const { seller, status } = this.handoffOf(id);
    if (!seller) return;
    const by = this.random() < 0.1 ? manager : ({ ...seller, acts: 'own' } as const);
    const given = { by, now: this.now, policy };
    const chance = this.random();
    const reason = { reason: this.random() < 0.8 ? 'no-fit' : 'no-budget' };
    this.commit(id, (handoff, allocation) => {
      const assignment = (): ReturnType<Allocation['next']> => allocation.next(handoff.avoid);
      if (status === 'offered') {
        if (chance < 0.55) return accept({ ...given, calendar: this.working }, handoff);
        if (chance < 0.75) return reject({ ...given, ...reason }, handoff);
        if (chance < 0.8) return reassign({ ...given, by: manager, assignment: assignment() }, handoff);
        return chance < 0.85 ? qualify({ ...given, bant: BANT }, handoff) : [];
      }
      if (chance < 0.5)
        return logAttempt(
          { ...given, channel: 'phone', outcome: chance < 0.2 ? 'reached' : 'no-answer' },
          handoff,
        );
      if (chance < 0.7) return qualify({ ...given, bant: BANT }, handoff);
      if (chance < 0.78) return giveBack({ ...given, assignment: assignment() }, handoff);
      return chance < 0.9 ? reject({ ...given, reason: 'unresponsive' }, handoff) : [];
    });
    if (isOpen(this.handoffOf(id)) && this.random() < 0.8)
      this.later(this.random() * 2 * DAY, { do: 'person', id });
  }

  /** A seller leaves or is back; what one who leaves has not accepted is passed on. */
  private absence(): void {
    const chosen = this.sellers[Math.floor(this.random() * this.sellers.length)]!;
    this.sellers = this.sellers.map((seller) =>
      seller === chosen ? { ...seller, available: !seller.available } : seller,
    );
    if (!chosen.available) return;
    for (const id of [...this.openIds]) {
      const { seller, status } = this.handoffOf(id);
      if (status !== 'offered' || seller?.id !== chosen.id) continue;
      this.commit(id, (handoff, allocation) =>
        passOn({ now: this.now, policy, assignment: allocation.next(handoff.avoid) }, handoff),
      );
    }
  }

  private holiday(): void {
    const { calendar } = this;
    calendar.version += 1;
    const day = new Date(this.now + this.random() * 10 * DAY).toISOString().slice(0, 10);
    if (this.random() < 0.7) calendar.holidays.push(day);
    else calendar.holidays.pop();
    const hours = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri'].map((weekday) => [weekday, [['09:00', '17:00']]]),
    );
    this.working = {
      id: officeHours.id,
      version: calendar.version,
      working: new WorkingTime({
        timeZone: 'Europe/Berlin',
        hours,
        holidays: [...new Set(calendar.holidays)],
      }),
    };
    for (const id of [...this.openIds])
      this.commit(id, (handoff) => retime({ now: this.now, calendar: this.working }, handoff));
  }

  private merge(): void {
    const open = [...this.openIds].map(this.handoffOf);
    if (open.length < 2) return;
    const [one, other] = [this.random, this.random].map((next) => open[Math.floor(next() * open.length)]!);
    if (one!.id === other!.id) return;
    const ended = goesOn(one!, other!) === one ? other! : one!;
    this.commit(ended.id, (handoff) => endDuplicate(handoff, this.now));
  }

  /** One transaction: state, history, ledger and the next timer, or nothing when the process is killed before; then it is tried again. */
  private commit(
    id: string,
    decide: (handoff: Handoff, allocation: Allocation) => Decided<HandoffEvent> | readonly HandoffEvent[],
  ): void {
    const before = this.handoffOf(id);
    const run = (): readonly HandoffEvent[] => {
      const team = { name: 'Sales', sellers: this.sellers };
      const allocation = new Allocation(team, this.random, this.now, () => this.working);
      const decided = decide(before, allocation);
      if (isRefusal(decided)) return [];
      if (decided.some(({ type }) => type === 'offered' || type === 'reassigned'))
        this.sellers = this.sellers.map(
          (seller) => allocation.changedSellers.find((changed) => changed.id === seller.id) ?? seller,
        );
      return decided;
    };
    if (this.loseNext) {
      this.loseNext = false;
      const { sellers } = this;
      run();
      this.sellers = sellers;
    }
    const events = run();
    const simulated = this.handoffs.get(id)!;
    const after = events.reduce((handoff, event) => {
      for (const entry of [
        ...entriesOfOverdue(handoff, this.now, terms),
        ...entriesOf(handoff, event, terms),
      ])
        if (!simulated.ledger.has(entry.cause)) simulated.ledger.set(entry.cause, entry);
      return evolve(handoff, event);
    }, before);
    if (events.length === 0) return;
    simulated.history.push(...events);
    simulated.state = stored(after);
    if (isOpen(after)) this.openIds.add(id);
    else this.openIds.delete(id);
    const dueAt = nextDueAt(after);
    if (dueAt !== undefined) this.at(dueAt, { do: 'timer', id });
    this.reviewLater(after);
    const isNew = after.offerNumber > before.offerNumber || after.status !== before.status;
    if (isNew && isOpen(after) && after.seller) {
      if (this.random() < 0.8) this.later(this.random() * 3 * DAY, { do: 'person', id });
    }
  }

  private later(ms: number, what: What): void {
    this.at(this.now + ms, what);
  }

  private at(instant: number, what: What): void {
    this.queue.add(Math.round(instant), what);
  }
}

const BANT = { budget: true, authority: true, need: true, timeline: false };

const stored = (handoff: Handoff): object => JSON.parse(JSON.stringify(toStored(handoff))) as object;

const sellerOf = (n: number, weight: number): Candidate => ({
  id: `seller-${n}`,
  name: `Seller ${n}`,
  weight,
  pointer: 0,
  available: true,
  restingSince: null,
  open: 0,
  maxOpen: null,
  today: 0,
  maxPerDay: null,
  calendarId: null,
  absences: [],
  lastOfferAt: null,
  tags: { skills: [], languages: [], territories: [] },
});
