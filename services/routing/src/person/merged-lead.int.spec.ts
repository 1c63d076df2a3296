import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@baton/testing';
import fc from 'fast-check';
import { routing } from '../routing.module.js';
import { MergedLeadStore, type IdentityChange } from './merged-lead.store.js';
import { currentLeadOf } from './same-person.js';

const LEADS = ['a', 'b', 'c', 'd'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
const [A, B, C] = LEADS as [string, string, string];
const AT = '2026-01-05T09:00:00.000Z';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ name: 'routing', migrations: routing.migrations });
}, 120_000);

afterAll(() => db?.drop());

/** Merges and divisions of leads as scoring makes and tells them: each change of a profile has a greater revision than the one before. */
class Persons {
  readonly changes: IdentityChange[] = [];
  readonly ownerOf = new Map(LEADS.map((id) => [id, id]));
  private readonly revisions = new Map(LEADS.map((id) => [id, 0]));

  merge(leadId: string, into: string): void {
    if (this.isOwn(leadId) && this.isOwn(into) && leadId !== into)
      this.move(this.profilesOf(leadId), into, { leadId, otherId: into });
  }

  /** A merged lead is one of its own again, with some of the others. */
  divide(leadId: string, others: readonly string[]): void {
    const from = this.ownerOf.get(leadId)!;
    const taken = others.filter((id) => id !== from && id !== leadId && this.ownerOf.get(id) === from);
    if (from !== leadId) this.move([leadId, ...taken], leadId, { leadId, otherId: from });
  }

  /** A merged lead belongs to another person. */
  pass(leadId: string, into: string): void {
    const from = this.ownerOf.get(leadId)!;
    if (from !== leadId && from !== into && this.isOwn(into))
      this.move([leadId], into, { leadId, otherId: into });
  }

  private isOwn(id: string): boolean {
    return this.ownerOf.get(id) === id;
  }

  private profilesOf(id: string): string[] {
    return LEADS.filter((each) => this.ownerOf.get(each) === id);
  }

  private move(
    profileIds: readonly string[],
    ownerId: string,
    about: { readonly leadId: string; readonly otherId: string },
  ): void {
    const owners = [ownerId, ...profileIds.map((id) => this.ownerOf.get(id)!)];
    const revision = 1 + Math.max(...owners.map((id) => this.revisions.get(id)!));
    this.revisions.set(ownerId, revision);
    for (const id of profileIds) this.ownerOf.set(id, ownerId);
    // All in one millisecond: instants say nothing.
    this.changes.push({ ...about, ownerId, profileIds, revision, at: AT });
  }
}

const stored = (batches: readonly (readonly IdentityChange[])[]): Promise<Map<string, string>> =>
  db.database.transaction(async (tx) => {
    await tx.rows('delete from merged_leads');
    const store = new MergedLeadStore();
    for (const batch of batches) {
      await store.lockChanged(tx, batch);
      await store.save(tx, batch);
    }
    const rows = await tx.rows<{ id: string; owner: string }>(
      `select id, ${currentLeadOf('asked.id')} as owner from unnest($1::uuid[]) as asked(id)`,
      [LEADS],
    );
    return new Map(rows.map(({ id, owner }) => [id, owner]));
  });

const lead = fc.constantFrom(...LEADS);
const step = fc.oneof(
  fc.tuple(lead, lead).map(
    ([one, other]) =>
      (persons: Persons) =>
        persons.merge(one, other),
  ),
  fc.tuple(lead, fc.subarray(LEADS)).map(
    ([one, taken]) =>
      (persons: Persons) =>
        persons.divide(one, taken),
  ),
  fc.tuple(lead, lead).map(
    ([one, other]) =>
      (persons: Persons) =>
        persons.pass(one, other),
  ),
);

/** Steps, the order of their events, some of which come twice, and the sizes of batches. */
const histories = fc.array(step, { minLength: 2, maxLength: 14 }).chain((steps) => {
  const persons = new Persons();
  for (const each of steps) each(persons);
  const all = [...persons.changes, ...persons.changes];
  return fc.record({
    persons: fc.constant(persons),
    arrived: fc.shuffledSubarray(all, { minLength: all.length }),
    size: fc.integer({ min: 1, max: 5 }),
  });
});

const inBatches = <Each>(all: readonly Each[], size: number): Each[][] =>
  all.flatMap((_, at) => (at % size === 0 ? [all.slice(at, at + size)] : []));

function* ordersOf<Each>(all: readonly Each[]): Generator<Each[]> {
  if (all.length === 0) yield [];
  for (const [at, first] of all.entries())
    for (const rest of ordersOf(all.toSpliced(at, 1))) yield [first, ...rest];
}

describe('who is one person', () => {
  it('does not depend on the order in which the events of up to four leads arrive', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ persons, arrived, size }) => {
        expect(await stored(inBatches(arrived, size))).toEqual(persons.ownerOf);
      }),
      { numRuns: 300 },
    );
  });

  it('is right after a ring of three in each of its 120 orders', async () => {
    const persons = new Persons();
    persons.merge(A, B);
    persons.divide(A, []);
    persons.merge(B, C);
    persons.divide(B, []);
    persons.merge(C, A);
    for (const order of ordersOf(persons.changes))
      expect(await stored(inBatches(order, 1))).toEqual(persons.ownerOf);
  });

  it('is by instants in events of before there were revisions, and a later one with a revision counts', async () => {
    const old = (leadId: string, ownerId: string, at: string): IdentityChange => ({
      leadId,
      ownerId,
      otherId: B,
      profileIds: [leadId],
      revision: 0,
      at,
    });
    const later = '2026-01-05T09:00:01.000Z';
    const changes = [old(A, B, AT), old(A, A, later), { ...old(C, B, AT), revision: 1 }, old(C, C, later)];
    for (const order of ordersOf(changes)) {
      const owners = await stored(inBatches(order, 1));
      expect([owners.get(A), owners.get(C)]).toEqual([A, B]);
    }
  });

  it('says nothing of a profile that no event is about: it may begin a lead that was never merged', async () => {
    const change = { leadId: A, ownerId: B, otherId: B, profileIds: [A, C], revision: 1, at: AT };
    expect((await stored([[change]])).get(C)).toBe(C);
  });
});
