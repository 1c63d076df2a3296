import type { Received } from '@baton/bus';
import {
  HandoffAccepted,
  HandoffAttempted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffRetimed,
  type EventContract,
} from '@baton/contracts';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { onHandoffMoved as handler } from '../facts.example.js';
import { FreshnessStore } from '../report/freshness.store.js';
import { reporting } from '../reporting.module.js';
import { SlaReportStore } from './sla-report.store.js';

const SAM = { sellerId: randomUUID(), sellerName: 'Sam' };
const KIM = { sellerId: randomUUID(), sellerName: 'Kim' };

let db: TestDatabase;
let reports: SlaReportStore;

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  reports = new SlaReportStore(db.database, new FreshnessStore(db.database));
}, 60_000);
afterAll(() => db?.drop());
beforeEach(() => db.source.query('truncate handoff_facts'));

const handle = (...batch: Received[]) => db.database.transaction((tx) => handler.handle(batch, tx));
/** Hours after the offer. */
const hour = (h: number): string => new Date(Date.UTC(2026, 0, 5, h)).toISOString();

/** The events of one hand-off ; offered at 0, to be accepted by 24, then touched within 24. */
const handoff = () => {
  const ids = { handoffId: randomUUID(), leadId: randomUUID() };
  const event = <Data extends object>(contract: EventContract<string, Data>, data: object) =>
    received(contract, eventOf<Data>(contract, { ...ids, ...SAM, offerNumber: 1, ...data } as never));
  return {
    offered: event(HandoffOffered, { offeredAt: hour(0), acceptBy: hour(24) }),
    accepted: (h: number, by: object = {}) =>
      event(HandoffAccepted, { acceptedAt: hour(h), firstTouchBy: hour(h + 24), ...by }),
    rejected: (h: number) => event(HandoffRejected, { rejectedAt: hour(h) }),
    attempted: (h: number) => event(HandoffAttempted, { attemptedAt: hour(h) }),
    qualified: (h: number) => event(HandoffQualified, { qualifiedAt: hour(h) }),
    retimed: (h: number, clock: string, due: number, more: object = {}) =>
      event(HandoffRetimed, { clock, dueAt: hour(due), retimedAt: hour(h), ...more }),
    toKim: (h: number) =>
      event(HandoffReassigned, {
        ...{ ...KIM, offerNumber: 2, fromSellerId: SAM.sellerId },
        ...{ reassignedAt: hour(h), acceptBy: hour(h + 24) },
      }),
  };
};

const at = async (h: number) => {
  const now = new Date(hour(h));
  const clocks = await reports.clocks(now);
  const counts = (name: string) => {
    const {
      running = 0,
      overdue = 0,
      met = 0,
      breached = 0,
    } = clocks.find((clock) => clock.name === name) ?? {};
    return { running, overdue, met, breached };
  };
  const sellers = await reports.sellers(now);
  return { accept: counts('accept'), touch: counts('first-touch'), sellers };
};

describe('a clock that was retimed', () => {
  const orders = <Item>(items: readonly Item[]): Item[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));

  it('is due when it was said last, later or earlier, in whatever order and however often events come', async () => {
    const cases: [number, number][] = [
      // Moved to 40, then back to 10: the last counts.
      [10, 1],
      [40, 0],
    ];
    for (const [due, breached] of cases) {
      const { offered, retimed } = handoff();
      const events = [offered, retimed(1, 'accept', 50), retimed(2, 'accept', 5), retimed(3, 'accept', due)];
      for (const order of orders(events)) {
        await db.source.query('truncate handoff_facts');
        for (const each of order) await handle(each, each);
        expect((await at(30)).accept).toMatchObject({ breached, running: 1 - breached });
      }
      await db.source.query('truncate handoff_facts');
      await handle(...events);
      expect((await at(30)).accept).toMatchObject({ breached, running: 1 - breached });
    }
  });

  it('moves the first touch apart from the answer, and the offer it names only', async () => {
    const { offered, accepted, retimed } = handoff();
    await handle(offered, accepted(2), retimed(3, 'first-touch', 60));
    expect(await at(40)).toMatchObject({ accept: { met: 1 }, touch: { running: 1, overdue: 0 } });
    expect((await at(60)).touch).toMatchObject({ overdue: 1 });
    const passedOn = handoff();
    await handle(
      passedOn.offered,
      passedOn.toKim(4),
      passedOn.retimed(5, 'accept', 90, { ...KIM, offerNumber: 2 }),
    );
    expect((await at(80)).sellers).toMatchObject([{ name: 'Kim', breached: 0 }, { name: 'Sam' }]);
  });
});

describe('the SLA report', () => {
  it('shows an untouched clock as running, then as overdue and breached, with no event between', async () => {
    await handle(handoff().offered);
    expect((await at(23)).accept).toEqual({ running: 1, overdue: 0, met: 0, breached: 0 });
    expect((await at(24)).accept).toEqual({ running: 0, overdue: 1, met: 0, breached: 1 });
    expect((await at(24)).sellers).toEqual([
      { id: SAM.sellerId, name: 'Sam', open: 1, accepted: 0, rejected: 0, breached: 1 },
    ]);
  });

  it('counts an answer in time as met, whether yes or no, and one too late as breached', async () => {
    const [yes, no, late] = [handoff(), handoff(), handoff()];
    await handle(yes.offered, yes.accepted(1), no.offered, no.rejected(24), late.offered, late.accepted(25));
    expect((await at(100)).accept).toEqual({ running: 0, overdue: 0, met: 2, breached: 1 });
    expect((await at(100)).sellers).toMatchObject([{ open: 0, accepted: 2, rejected: 1 }]);
  });

  it('runs the first-touch clock from the acceptance to the first attempt', async () => {
    const [touched, qualified, unanswered] = [handoff(), handoff(), handoff()];
    await handle(touched.offered, touched.accepted(1), touched.attempted(2), touched.attempted(30));
    await handle(qualified.offered, qualified.accepted(1), qualified.qualified(26));
    await handle(unanswered.offered, unanswered.accepted(1));
    expect((await at(24)).touch).toEqual({ running: 1, overdue: 0, met: 1, breached: 1 });
    expect((await at(25)).touch).toEqual({ running: 0, overdue: 1, met: 1, breached: 2 });
  });

  it('lets a rejection end the first-touch clock', async () => {
    const lead = handoff();
    await handle(lead.offered, lead.accepted(1), lead.rejected(2));
    expect((await at(100)).touch).toEqual({ running: 0, overdue: 0, met: 0, breached: 0 });
  });

  it('moves the clock with the lead: a breach stays with the seller it happened to', async () => {
    const [unanswered, moved] = [handoff(), handoff()];
    await handle(unanswered.offered, unanswered.toKim(24), moved.offered, moved.toKim(5));
    const report = await at(25);
    expect(report.accept).toEqual({ running: 2, overdue: 0, met: 0, breached: 1 });
    expect(report.sellers).toEqual([
      { id: KIM.sellerId, name: 'Kim', open: 2, accepted: 0, rejected: 0, breached: 0 },
      { id: SAM.sellerId, name: 'Sam', open: 0, accepted: 0, rejected: 0, breached: 1 },
    ]);
  });

  it('names a seller as the newest event does', async () => {
    const { offered, accepted } = handoff();
    await handle(accepted(2, { sellerName: 'Samuel' }), offered);
    await handle(accepted(1, { sellerName: 'Sammy' }));
    expect((await at(3)).sellers).toMatchObject([{ name: 'Samuel' }]);
  });

  it('is the same however the messages are ordered, repeated and cut', async () => {
    const handoffs = [handoff(), handoff(), handoff()] as const;
    const messages = [
      ...[
        handoffs[0].offered,
        handoffs[0].accepted(1, { sellerName: 'Samuel' }),
        handoffs[0].attempted(2),
        handoffs[0].qualified(9),
      ],
      ...[handoffs[1].offered, handoffs[1].toKim(24)],
      ...[handoffs[2].offered, handoffs[2].accepted(25), handoffs[2].rejected(26)],
    ];
    await handle(...messages);
    const rows = () => db.database.rows('select * from handoff_facts order by handoff_id, offer');
    const expected = [await at(26), await at(50), await rows()];
    const log = fc.tuple(
      fc.shuffledSubarray(messages, { minLength: messages.length }),
      fc.subarray(messages),
      fc.nat(messages.length),
    );
    await fc.assert(
      fc.asyncProperty(log, async ([order, repeated, cut]) => {
        await db.source.query('truncate handoff_facts');
        const all = [...order, ...repeated];
        await handle(...all.slice(0, cut));
        await handle(...all.slice(cut));
        expect([await at(26), await at(50), await rows()]).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
