import type { Received } from '@baton/bus';
import {
  ActivityAttributed,
  DealWon,
  HandoffOffered,
  HandoffRejected,
  LeadCreated,
  LeadMerged,
  LeadOriginCorrected,
  LeadStageChanged,
  LeadUnmerged,
  type EventContract,
} from '@baton/contracts';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { factsHandlers } from '../facts.example.js';
import { reporting } from '../reporting.module.js';

let db: TestDatabase;
const tables = reporting.readers!.find(({ name }) => name === 'facts')!.tables!;
const empty = () => db.source.query(`truncate ${tables.join(', ')}`);

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
}, 60_000);
afterAll(() => db?.drop());
beforeEach(empty);

/** Handles messages of one topic after the other, as readers do: a transaction has one topic. */
const handle = async (...messages: Received[]): Promise<void> => {
  for (const handler of factsHandlers(db)) {
    const own = messages.filter(({ contract }) => handler.events.includes(contract));
    if (own.length > 0) await db.database.transaction((tx) => handler.handle(own, tx));
  }
};

const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 0, day, hour)).toISOString();
const sequences = new Map<string, number>();
/** The next event of its subject. */
const event = <Data extends object>(
  contract: EventContract<string, Data>,
  data: Partial<Data>,
): Received<Data> => {
  const full = eventOf(contract, data as never);
  const subject = contract.subject(full);
  const sequence = (sequences.get(subject) ?? 0) + 1;
  sequences.set(subject, sequence);
  return received(contract, full, { sequence });
};
const created = (leadId: string, day: number, channel = 'email') =>
  event(LeadCreated, { leadId, createdAt: at(day), channel, campaign: undefined as never });
const moved = (leadId: string, day: number, ...reached: string[]) =>
  event(LeadStageChanged, { leadId, changedAt: at(day), reached, to: reached.at(-1)! });
const touch = (leadId: string, day: number, channel: string, data: object = {}) =>
  event(ActivityAttributed, {
    ...{ leadId, profileId: leadId, touchId: randomUUID(), occurredAt: at(day), channel },
    ...data,
  });
const merged = (leadId: string, intoLeadId: string, day = 20) =>
  event(LeadMerged, { leadId, intoLeadId, profileIds: [leadId], mergedAt: at(day) });
const unmerged = (leadId: string, fromLeadId: string, stagesNotReached: string[] = [], day = 21) =>
  event(LeadUnmerged, { leadId, fromLeadId, profileIds: [leadId], stagesNotReached, unmergedAt: at(day) });

const peopleNow = () =>
  db.database.rows<{ lead_id: string; channel: string; stages: string[] }>(
    'select lead_id, channel, stages from people where created_at is not null order by created_at, lead_id',
  );
const pathOf = async (leadId: string, milestone: string): Promise<string[] | undefined> => {
  const [row] = await db.database.rows<{ channels: string[] }>(
    'select channels from paths where lead_id = $1 and milestone = $2',
    [leadId, milestone],
  );
  return row?.channels;
};

const [ann, bob] = [randomUUID(), randomUUID()];

describe('people', () => {
  it('are counted once after a merge, with what both reached, and given back when it is undone', async () => {
    await handle(created(ann, 1), created(bob, 2), moved(ann, 3, 'lead', 'mql'), moved(bob, 4, 'lead'));
    expect(await peopleNow()).toHaveLength(2);
    await handle(merged(ann, bob));
    expect(await peopleNow()).toMatchObject([{ lead_id: bob, stages: ['visitor', 'lead', 'mql'] }]);
    await handle(unmerged(ann, bob));
    expect(await peopleNow()).toMatchObject([
      { lead_id: ann, stages: ['visitor', 'lead', 'mql'] },
      { lead_id: bob, stages: ['visitor', 'lead'] },
    ]);
  });

  it('lose the stages that they reached only because of what moved away, not those reached later', async () => {
    await handle(created(ann, 1), created(bob, 2), merged(ann, bob, 5), moved(bob, 6, 'lead', 'mql'));
    await handle(unmerged(ann, bob, ['mql'], 7));
    expect((await peopleNow()).at(-1)).toMatchObject({ lead_id: bob, stages: ['visitor', 'lead'] });
    await handle(moved(bob, 8, 'mql'));
    expect((await peopleNow()).at(-1)).toMatchObject({ stages: ['visitor', 'lead', 'mql'] });
  });

  it('follow chains of merges', async () => {
    const cleo = randomUUID();
    await handle(created(ann, 1), created(bob, 2), created(cleo, 3), moved(ann, 4, 'lead'));
    await handle(merged(ann, bob), merged(bob, cleo));
    expect(await peopleNow()).toMatchObject([{ lead_id: cleo, stages: ['visitor', 'lead'] }]);
    await handle(unmerged(ann, cleo));
    expect(await peopleNow()).toMatchObject([
      { lead_id: ann, stages: ['visitor', 'lead'] },
      { lead_id: cleo, stages: ['visitor'] },
    ]);
  });

  it('move to the cohort of a corrected origin', async () => {
    const first = created(ann, 9, 'email');
    await handle(first);
    const correction = event(LeadOriginCorrected, { leadId: ann, createdAt: at(1), channel: 'paid-search' });
    await handle(correction, first);
    expect(await peopleNow()).toMatchObject([{ channel: 'paid-search' }]);
  });
});

describe('paths', () => {
  it('have the touches up to the milestone within the look-back, and those that arrive late', async () => {
    const milestone = at(10);
    await handle(created(ann, 1), touch(ann, 9, 'email'), touch(ann, 11, 'social'));
    await handle(
      event(LeadStageChanged, { leadId: ann, changedAt: milestone, reached: ['lead'], to: 'lead' }),
    );
    expect(await pathOf(ann, 'lead')).toEqual(['email']);
    await handle(
      touch(ann, 8, 'search'),
      touch(ann, 10, 'video'),
      touch(ann, -81, 'display'),
      touch(ann, -78, 'print'),
    );
    expect(await pathOf(ann, 'lead')).toEqual(['print', 'search', 'email', 'video']);
    expect(await pathOf(ann, 'mql')).toBeUndefined();
    expect(await pathOf(ann, 'open')).toEqual(['print', 'search', 'email', 'video', 'social']);
  });

  it('have a touch once at the earliest of its times', async () => {
    const touchId = randomUUID();
    await handle(created(ann, 1), moved(ann, 5, 'lead'), touch(ann, 4, 'search'));
    await handle(touch(ann, 6, 'email', { touchId }));
    expect(await pathOf(ann, 'lead')).toEqual(['search']);
    for (const day of [3, 6]) await handle(touch(ann, day, 'email', { touchId }));
    expect(await pathOf(ann, 'lead')).toEqual(['email', 'search']);
  });

  it('move with the profile when a merge is undone, whatever lead its touches were published with', async () => {
    await handle(
      created(ann, 1),
      created(bob, 1),
      touch(ann, 2, 'search'),
      touch(bob, 3, 'email'),
      merged(ann, bob, 4),
    );
    await handle(touch(bob, 5, 'video', { profileId: ann }), moved(bob, 6, 'lead'));
    expect(await pathOf(bob, 'lead')).toEqual(['search', 'email', 'video']);
    await handle(unmerged(ann, bob), moved(ann, 22, 'lead'));
    expect(await pathOf(bob, 'lead')).toEqual(['email']);
    expect(await pathOf(ann, 'lead')).toEqual(['search', 'video']);
  });

  it('move with the profile when what is divided from a lead is told as merged into another, in any order', async () => {
    // Ann became a part of Bob; undone, she belongs to the lead that her address begins, and which never was before.
    const changes = (cleo: string) => {
      const profileIds = [ann];
      return [
        event(LeadMerged, { leadId: ann, intoLeadId: bob, profileIds, mergedAt: at(4), revision: 1 }),
        event(LeadUnmerged, {
          ...{ leadId: cleo, fromLeadId: bob, profileIds: [cleo], stagesNotReached: [] },
          ...{ unmergedAt: at(9), revision: 2 },
        }),
        event(LeadMerged, { leadId: ann, intoLeadId: cleo, profileIds, mergedAt: at(9), revision: 3 }),
      ];
    };
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      await empty();
      const cleo = randomUUID();
      await handle(created(ann, 1), created(bob, 1), created(cleo, 1));
      await handle(touch(ann, 2, 'search'), touch(bob, 3, 'email'));
      await handle(touch(bob, 5, 'video', { profileId: ann }));
      const all = changes(cleo);
      for (const index of order) await handle(all[index]!);
      await handle(moved(bob, 6, 'lead'), moved(cleo, 10, 'lead'));
      expect([await pathOf(bob, 'lead'), await pathOf(cleo, 'lead')]).toEqual([
        ['email'],
        ['search', 'video'],
      ]);
    }
  });

  it('have the value of the won deals, and milestones of rejections', async () => {
    const handoff = { leadId: ann, handoffId: randomUUID() };
    await handle(created(ann, 1), touch(ann, 2, 'search'));
    await handle(event(HandoffOffered, handoff), event(HandoffRejected, { ...handoff, rejectedAt: at(3) }));
    for (const amount of [1000, 0.5])
      await handle(
        event(DealWon, {
          leadId: ann,
          dealId: randomUUID(),
          value: { amount, currency: 'EUR' },
          wonAt: at(4),
        }),
      );
    const rows = await db.database.rows('select milestone, value::float8 from paths order by milestone');
    expect(rows).toEqual(['open', 'rejected', 'won'].map((milestone) => ({ milestone, value: 1000.5 })));
  });
});

/** Everything that is stored but for the order of arrival. */
const stored = async (): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await db.database.rows<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
};

interface Step {
  readonly kind: number;
  readonly lead: number;
  readonly other: number;
  readonly day: number;
}

/** Events of three leads that are merged, undone, moved and touched; per subject in the order of its sequence. */
const worldOf = (steps: readonly Step[]): Received[][] => {
  const leads = [randomUUID(), randomUUID(), randomUUID()];
  const into = new Map<string, string>();
  const logs = new Map<string, Received[]>();
  const add = (message: Received): void => {
    const key = message.contract.topic === 'leads' ? message.data.leadId : message.subject;
    logs.set(key, [...(logs.get(key) ?? []), message]);
  };
  const personOf = (lead: string): string => (into.has(lead) ? personOf(into.get(lead)!) : lead);
  leads.forEach((lead, index) => add(created(lead, index + 1)));
  for (const [index, { kind, lead, other, day }] of steps.entries()) {
    const [one, another] = [leads[lead]!, personOf(leads[other]!)];
    const person = personOf(one);
    if (kind === 0) add(moved(person, day, ...['lead', 'mql', 'sal'].slice(0, 1 + (day % 3))));
    else if (kind === 1) add(touch(person, day, `channel-${day % 4}`, { profileId: one }));
    else if (kind === 2 && person === one && another !== one) {
      add(merged(one, another, 20 + index));
      into.set(one, another);
    } else if (kind === 3 && person !== one) {
      add(unmerged(one, person, day % 2 ? ['mql'] : [], 20 + index));
      into.delete(one);
    } else if (kind === 4)
      add(
        event(DealWon, {
          leadId: person,
          dealId: randomUUID(),
          wonAt: at(day),
          value: { amount: day, currency: 'EUR' },
        }),
      );
  }
  return [...logs.values()];
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(4),
  lead: fc.nat(2),
  other: fc.nat(2),
  day: fc.integer({ min: 4, max: 19 }),
});

/** The logs interleaved by `choices`, each in its order. */
const interleaved = (logs: readonly Received[][], choices: readonly number[]): Received[] => {
  const open = logs.map((log) => [...log]);
  const all: Received[] = [];
  for (let i = 0; open.some((log) => log.length > 0); i += 1) {
    const left = open.filter((log) => log.length > 0);
    all.push(left[(choices[i % choices.length] ?? 0) % left.length]!.shift()!);
  }
  return all;
};

it('are the same in whatever order events of different subjects are read, with repetitions, in batches of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 16 }),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      async (steps, choices, size) => {
        const logs = worldOf(steps);
        await empty();
        await handle(...logs.flat());
        const expected = await stored();
        await empty();
        const order = interleaved(logs, choices);
        for (let i = 0; i < order.length; i += size) await handle(...order.slice(i, i + size));
        // Touches and facts come again; messages with a sequence are left out by the reader, but may come as dead letters.
        await handle(...order.filter((_, index) => index % 3 === 0));
        expect(await stored()).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
}, 240_000);
