import { describe, expect, it } from '@jest/globals';
import {
  LeadCreated,
  LeadMerged,
  LeadOriginCorrected,
  LeadUnmerged,
  type ActivityRecordedV1,
  type LeadMergedV1,
  type LeadUnmergedV1,
} from '@baton/contracts';
import fc from 'fast-check';
import { activity, DAY, NOW, salesReadyForm } from './lead.example.js';
import { randomCalls, randomPeople } from './identity.example.js';
import { People } from './people.example.js';

const inBatches = (calls: readonly ActivityRecordedV1[], size: number, people = new People()): People => {
  for (let at = 0; at < calls.length; at += size) people.apply(calls.slice(at, at + size));
  return people;
};

const page = (anonymousId: string, daysAgo = 0): ActivityRecordedV1 =>
  activity({ identifiers: { anonymousId } }, daysAgo);
const identify = (anonymousId: string, email: string, daysAgo = 0): ActivityRecordedV1 =>
  activity({ kind: 'identify', identifiers: { anonymousId, email } }, daysAgo);

describe('people that are named together', () => {
  it('are one on two devices with one address', () => {
    const calls = [
      page('d1', 4),
      page('d2', 3),
      identify('d1', 'gil@e.example', 2),
      identify('d2', 'gil@e.example', 1),
    ];
    for (const size of [1, 2, 4]) {
      const people = inBatches(calls, size);
      expect(Object.keys(people.summary())).toEqual(['anonymous:d1 anonymous:d2 email:gil@e.example']);
      const types = people.events.map(({ contract }) => contract);
      expect(types.filter((type) => type === LeadCreated)).toHaveLength(2);
      expect(types.filter((type) => type === LeadMerged)).toHaveLength(1);
    }
  });

  it('stay two who use one device, and the device belongs to the first by time of occurrence', () => {
    const calls = [page('d', 9), identify('d', 'pia@e.example', 1), identify('d', 'oda@e.example', 2)];
    const expected = ['anonymous:d email:oda@e.example', 'email:pia@e.example'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(calls, { minLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (all, size) => {
          expect(Object.keys(inBatches(all, size).summary()).sort()).toEqual(expected);
        },
      ),
    );
  });

  it('are one with two addresses and one user id, in whatever order the addresses were seen', () => {
    const calls = [
      activity({ identifiers: { email: 'ida@zuse.example' } }),
      activity({ kind: 'identify', identifiers: { userId: 'u', email: 'ida@engines.example' } }),
      activity({ kind: 'identify', identifiers: { userId: 'u', email: 'ida@zuse.example' } }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(calls, { minLength: 3 }), (all) => {
        expect(Object.keys(inBatches(all, 1).summary())).toHaveLength(1);
      }),
    );
  });

  it('are one with two addresses and one CRM id', () => {
    const calls = ['ida@zuse.example', 'ida@engines.example'].map((email) =>
      activity({ identifiers: { email, crmId: 'salesforce:00Q1' } }),
    );
    expect(inBatches(calls, 1).current()).toHaveLength(1);
  });

  it('by phone are one as long as no two have an address of their own', () => {
    const phone = '+442071838750';
    const call = activity({ kind: 'form', identifiers: { phone } }, 3);
    const ida = activity({ kind: 'form', identifiers: { phone, email: 'ida@zuse.example' } }, 2);
    const bob = activity({ kind: 'form', identifiers: { phone, email: 'bob@zuse.example' } }, 1);
    expect(inBatches([call], 1).current()).toMatchObject([{ identified: true }]);
    fc.assert(
      fc.property(fc.shuffledSubarray([call, ida, bob], { minLength: 3 }), (all) => {
        expect(Object.keys(inBatches(all, 1).summary()).sort()).toEqual([
          'email:bob@zuse.example',
          `email:ida@zuse.example phone:${phone}`,
        ]);
      }),
    );
  });

  it('are not connected by a mailbox such as info@, nor by an id that is used with more than ten names', () => {
    const mailbox = [1, 2, 3].map((n) =>
      activity({ kind: 'identify', identifiers: { userId: `u${n}`, email: 'info@engines.example' } }, n),
    );
    expect(Object.keys(inBatches(mailbox, 2).summary())).toHaveLength(3);
    const shared = [...Array(40).keys()].map((n) =>
      activity({ kind: 'identify', identifiers: { userId: 'admin', email: `p${n}@engines.example` } }, n),
    );
    const leads = Object.keys(inBatches(shared, 7).summary());
    expect(leads).toHaveLength(32);
    expect(Math.max(...leads.map((keys) => keys.split(' ').length))).toBe(10);
  });
});

describe('any activities of people who share devices, addresses and user ids', () => {
  it('end the same in any order, in any batches, and duplicated', () => {
    fc.assert(
      fc.property(
        randomPeople.chain((calls) =>
          fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls, { minLength: calls.length })),
        ),
        fc.integer({ min: 1, max: 6 }),
        ([calls, shuffled], size) => {
          expect(inBatches(shuffled, size).summary()).toEqual(inBatches(calls, 1).summary());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('have the same leads with the same ids in any batches', () => {
    const sizes = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(fc.oneof(randomCalls, randomPeople), sizes, sizes, (calls, one, other) => {
        expect(inBatches(calls, other).owners()).toEqual(inBatches(calls, one).owners());
      }),
      { numRuns: 1_000 },
    );
  });

  it('are as if it had never happened after merges by hand were undone in any order', () => {
    fc.assert(
      fc.property(
        randomPeople,
        randomPeople,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (before, during, pairs, order) => {
          const people = inBatches(before, 3);
          for (const [one, other] of pairs) {
            const current = people.current();
            const [a, b] = [current[one % current.length]!, current[other % current.length]!];
            if (a.id !== b.id) people.merge(a.id, b.id);
          }
          inBatches(during, 2, people);
          const manual = () =>
            [...people.links.values()].filter(({ cause, undone }) => cause === 'manual' && !undone);
          for (let step = 0; manual().length > 0; step += 1)
            people.undo(manual()[order[step % order.length]! % manual().length]!);
          const never = inBatches(during, 2, inBatches(before, 3));
          expect(people.summary()).toEqual(never.summary());
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the first activity of a lead', () => {
  const corrections = (people: People) =>
    people.events.filter(({ contract }) => contract === LeadOriginCorrected).map(({ data }) => data);

  it('is corrected when an older one arrives, and when leads are merged and divided', () => {
    const people = inBatches([page('d1', 2)], 1);
    people.apply([activity({ identifiers: { anonymousId: 'd1' }, channel: 'email' }, 1)]);
    expect(corrections(people)).toEqual([]);
    people.apply([activity({ identifiers: { anonymousId: 'd1' }, channel: 'organic-search' }, 9)]);
    const createdAt = new Date(NOW - 9 * DAY).toISOString();
    expect(corrections(people)).toMatchObject([{ createdAt, channel: 'organic-search' }]);

    people.apply([page('d2', 30)]);
    const [first, second] = people.current();
    people.merge(first!.id, second!.id);
    people.undo([...people.links.values()].find(({ cause }) => cause === 'manual')!);
    const [, ...later] = corrections(people);
    expect(later.every((data) => 'leadId' in data)).toBe(true);
    expect(
      people
        .current()
        .map((lead) => lead.createdAt)
        .sort(),
    ).toEqual([NOW - 30 * DAY, NOW - 9 * DAY]);
    const last = new Map(people.events.map(({ leadId, sequence }) => [leadId, sequence]));
    for (const lead of people.current()) expect(lead.version).toBe(last.get(lead.id));
  });
});

describe('a merge that is undone', () => {
  it('gives both back what is their own: history, first touch, score, stage and what sales decided', () => {
    const ada = salesReadyForm({ channel: 'email' }, 1);
    const bob = salesReadyForm({ identifiers: { email: 'bob@e.example' }, marketingConsent: false }, 5);
    const people = inBatches([ada, bob], 1);
    const before = people.summary();
    const [one, other] = people.current();
    people.merge(one!.id, other!.id);
    const [merged] = people.current();
    expect(merged).toMatchObject({ createdAt: NOW - 5 * DAY, consent: { given: true } });
    expect(people.current()).toHaveLength(1);
    people.undo([...people.links.values()].find(({ cause }) => cause === 'manual')!);
    expect(people.summary()).toEqual(before);
    const last = people.events.filter(({ contract }) => contract === LeadUnmerged);
    expect(last).toHaveLength(1);
    expect(last[0]!.data).toMatchObject({ leadId: expect.any(String), fromLeadId: merged!.id });
  });

  it('is not asked for when it comes back by an activity, and is named by the next of the same batch', () => {
    const named = (email: string, userId: string, daysAgo = 0): ActivityRecordedV1 =>
      activity({ identifiers: { email, userId } }, daysAgo);
    const people = inBatches([named('info@engines.example', 'u1'), named('ada@engines.example', 'u1')], 1);
    for (const link of [...people.links.values()].filter(({ cause }) => cause === 'email')) people.undo(link);
    people.apply([named('info@engines.example', 'u2', 1), activity({ identifiers: { userId: 'u1' } })]);
    expect(Object.keys(people.summary()).sort()).toEqual([
      'email:ada@engines.example',
      'email:info@engines.example user:u2',
      'user:u1',
    ]);
  });

  it('by an activity stays undone when the next activity says the same', () => {
    const people = inBatches(
      [page('d1'), identify('d1', 'a@e.example'), page('d2'), identify('d2', 'a@e.example')],
      1,
    );
    const wrong = [...people.links.values()].find(
      (link) => people.profiles.get(link.one)!.shared || people.profiles.get(link.other)!.shared,
    )!;
    people.undo(wrong);
    const divided = Object.keys(people.summary());
    expect(divided).toHaveLength(2);
    inBatches([identify('d1', 'a@e.example'), identify('d2', 'a@e.example')], 1, people);
    expect(Object.keys(people.summary())).toEqual(divided);
  });
});

describe('the events of merges and divisions', () => {
  /**
   * Whose each lead is by the newest event that has its profile: what a reader keeps, in whatever order events come. A profile that no
   * event is about was never a lead.
   */
  const leadsBy = (events: readonly (LeadMergedV1 | LeadUnmergedV1)[]): Map<string, string> => {
    const newest = new Map<string, { lead: string; revision: number }>();
    for (const data of events) {
      const change = { lead: 'intoLeadId' in data ? data.intoLeadId : data.leadId, revision: data.revision! };
      for (const id of data.profileIds)
        if (change.revision > (newest.get(id)?.revision ?? 0)) newest.set(id, change);
    }
    return new Map(events.map(({ leadId }) => [leadId, newest.get(leadId)!.lead]));
  };

  it('tell of every lead whose it is, in whatever order they come, and no two of one revision say of one profile the opposite', () => {
    const step = fc.record({ undo: fc.boolean(), one: fc.nat(), other: fc.nat() });
    fc.assert(
      fc.property(
        randomPeople,
        fc.array(step, { minLength: 2, maxLength: 12 }),
        randomPeople,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (before, steps, after, places) => {
          const people = inBatches(before, 1);
          for (const { undo, one, other } of steps) {
            const links = [...people.links.values()].filter(({ undone }) => !undone);
            const current = people.current();
            const [a, b] = [current[one % current.length]!, current[other % current.length]!];
            if (undo && links.length > 0) people.undo(links[one % links.length]!);
            else if (a.id !== b.id) people.merge(a.id, b.id);
          }
          inBatches(after, 3, people);
          const events = people.events.flatMap(({ contract, data }) =>
            contract === LeadMerged || contract === LeadUnmerged
              ? [data as LeadMergedV1 | LeadUnmergedV1]
              : [],
          );
          const shuffled = events
            .map((data) => ({ data, place: places.next().value }))
            .sort((x, y) => x.place - y.place)
            .map(({ data }) => data);
          const told = leadsBy(shuffled);
          const created = people.events.filter(({ contract }) => contract === LeadCreated);
          for (const { leadId } of created)
            expect(told.get(leadId) ?? leadId).toBe(people.leads.get(leadId)!.mergedInto ?? leadId);
          const said = events.flatMap((data) =>
            data.profileIds.map((id) => [
              `${id} ${data.revision}`,
              'intoLeadId' in data ? data.intoLeadId : data.leadId,
            ]),
          );
          const whose = new Map(said as [string, string][]);
          for (const [key, lead] of said) expect(whose.get(key!)).toBe(lead);
        },
      ),
      { numRuns: 500 },
    );
  });
});
