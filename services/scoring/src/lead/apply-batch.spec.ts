import { describe, expect, it } from '@jest/globals';
import type { ActivityRecordedV1 } from '@baton/contracts';
import fc from 'fast-check';
import { randomCalls } from './identity.example.js';
import { activity, DAY, NOW, salesReadyForm } from './lead.example.js';
import { People } from './people.example.js';

const apply = (activities: readonly ActivityRecordedV1[], people = new People()) => {
  const { owners, leads, claims, changes } = people.apply(activities);
  const merges = changes.flatMap((change) =>
    change.kind === 'merged' ? [{ from: change.leadId, into: change.intoLeadId }] : [],
  );
  return { leads, claims, merges, leadIds: owners.map((owner) => owner?.leadId ?? null), people };
};

/** What a batch changed, without the state after it. */
const changesBy = (activities: readonly ActivityRecordedV1[], people?: People) => {
  const { people: _, ...changes } = apply(activities, people);
  return changes;
};

describe('a batch', () => {
  it('makes one lead of a visitor who then identifies, and keeps the first channel', () => {
    const { leads, claims, leadIds } = apply([
      activity({ channel: 'email' }, 1),
      salesReadyForm(),
      activity(),
    ]);
    expect(leads).toMatchObject([{ version: 0, channel: 'email', campaign: null, hasEmail: true }]);
    expect(leadIds).toEqual(Array(3).fill(leads[0]!.id));
    expect(claims.map(({ kind }) => kind)).toEqual(['anonymous', 'email']);
  });

  it('continues from the state of an earlier batch', () => {
    const first = apply([salesReadyForm()]);
    const next = apply([activity()], first.people);
    expect(next.leadIds).toEqual(first.leadIds);
    expect(next.claims).toEqual([]);
    expect(next.leads).toMatchObject([{ id: first.leads[0]!.id, identified: true }]);
  });

  it('merges a visitor on a second device into the person, for later activities too', () => {
    const phone = { anonymousId: 'phone' };
    const { leads, merges, leadIds } = apply([
      salesReadyForm(),
      activity({ identifiers: phone }),
      activity({ identifiers: { ...phone, email: 'ada@engines.example' } }),
      activity({ identifiers: phone }),
    ]);
    const [person, visitor] = leads.map(({ id }) => id);
    expect(leadIds).toEqual([person, person, person, person]);
    expect(merges).toEqual([{ from: visitor, into: person }]);
    expect(leads[1]).toMatchObject({ mergedInto: person });
  });

  it('collapses a chain of merges to its end', () => {
    const { leads, merges, claims } = apply([
      activity({ identifiers: { anonymousId: 'a1' } }),
      activity({ identifiers: { anonymousId: 'a2' } }),
      activity({ kind: 'identify', identifiers: { userId: 'u9' } }),
      activity({ kind: 'alias', identifiers: { userId: 'guest', previousId: 'a1', anonymousId: 'a2' } }),
      activity({ kind: 'identify', identifiers: { anonymousId: 'a1', userId: 'u9' } }),
    ]);
    const [first, second, named] = leads.map(({ id }) => id);
    expect(merges).toEqual([
      { from: second, into: first },
      { from: first, into: named },
    ]);
    expect(leads.map(({ mergedInto }) => mergedInto)).toEqual([named, named, null]);
    expect(new Set(claims.map(({ leadId }) => leadId))).toEqual(new Set([named]));
  });

  it('leaves activities without identifiers without a lead', () => {
    const { leads, leadIds } = apply([activity({ identifiers: { anonymousId: 'null' } })]);
    expect([leads, leadIds]).toEqual([[], [null]]);
  });

  describe('with activities of bots', () => {
    const bot = (more: Partial<ActivityRecordedV1> = {}) => salesReadyForm({ bot: true, ...more });
    const nothing = { leads: [], claims: [], merges: [] };

    it.each<[string, ActivityRecordedV1]>([
      ['a visitor', bot({ kind: 'page', identifiers: { anonymousId: 'crawler' } })],
      ['an address', bot({ identifiers: { email: 'bot@engines.example' } })],
      ['a user', bot({ kind: 'identify', identifiers: { userId: 'u-bot', anonymousId: 'crawler' } })],
      ['an alias', bot({ kind: 'alias', identifiers: { userId: 'u-bot', previousId: 'crawler' } })],
    ])('makes no lead of %s', (_, activity) => {
      expect(changesBy([activity, activity])).toEqual({ ...nothing, leadIds: [null, null] });
    });

    it.each<[string, ActivityRecordedV1]>([
      ['a form', bot()],
      ['another address', bot({ identifiers: { anonymousId: '4d1c', email: 'bot@engines.example' } })],
      ['an alias', bot({ kind: 'alias', identifiers: { anonymousId: '4d1c', previousId: 'crawler' } })],
      ['an activity of tomorrow', bot({ occurredAt: new Date(NOW + DAY).toISOString() })],
    ])('leaves a lead as it was after %s, which is in its history', (_, activity_) => {
      const first = apply([activity()]);
      expect(changesBy([activity_], first.people)).toEqual({ ...nothing, leadIds: first.leadIds });
    });

    it('does not merge a visitor into the person a bot claims to be', () => {
      const first = apply([salesReadyForm(), activity({ identifiers: { anonymousId: 'phone' } })]);
      const identifiers = { anonymousId: 'phone', email: 'ada@engines.example' };
      expect(changesBy([bot({ identifiers })], first.people)).toEqual({
        ...nothing,
        leadIds: [first.leadIds[0]],
      });
    });

    it('makes the lead of the first person, with the channel, campaign and identifiers of the person', () => {
      const crawled = bot({ channel: 'email', campaign: { name: 'bots' } });
      const person = activity({ identifiers: { anonymousId: '4d1c' }, campaign: { name: 'spring' } }, -1);
      const { leads, leadIds, claims } = apply([crawled, person, crawled]);
      expect(leads).toMatchObject([{ channel: 'paid-search', campaign: 'spring', traits: {}, tallies: {} }]);
      expect(leads[0]).toMatchObject({ hasEmail: false, identified: false, consent: null });
      expect(leads).toHaveLength(1);
      expect(claims).toMatchObject([{ kind: 'anonymous', value: '4d1c' }]);
      expect(leadIds).toEqual([null, leads[0]!.id, leads[0]!.id]);
    });

    it('makes the same leads as without them', () => {
      const leadsOf = (calls: readonly ActivityRecordedV1[]) => {
        const { leads, claims, merges } = apply(calls);
        return { leads, claims, merges };
      };
      fc.assert(
        fc.property(randomCalls, (calls) => {
          expect(leadsOf(calls)).toEqual(leadsOf(calls.filter((call) => !call.bot)));
        }),
      );
    });
  });

  it('takes the latest answer on consent, and of two at the same instant the refusal', () => {
    const consentAfter = (activities: ActivityRecordedV1[]): unknown =>
      apply(activities).leads[0]?.consent?.given;
    const yes = (days: number): ActivityRecordedV1 => activity({ marketingConsent: true }, days);
    const no = (days: number): ActivityRecordedV1 => activity({ marketingConsent: false }, days);
    expect(consentAfter([yes(2), no(1)])).toBe(false);
    expect(consentAfter([yes(1), no(2)])).toBe(true);
    expect(consentAfter([yes(1), no(1)])).toBe(false);
    expect(consentAfter([no(1), yes(1), activity()])).toBe(false);
  });

  it('moves an occurrence after the receipt to the receipt', () => {
    const [lead] = apply([activity({ occurredAt: '2031-01-01T00:00:00.000Z' })]).leads;
    expect(lead?.lastActivityAt).toBe(NOW);
  });
});

describe('any sequence of identify, alias and page calls', () => {
  const inBatches = (calls: readonly ActivityRecordedV1[], sizes: readonly number[]): People => {
    const people = new People();
    for (let at = 0, index = 0; at < calls.length; index += 1) {
      const size = sizes[index % sizes.length]!;
      people.apply(calls.slice(at, at + size));
      at += size;
    }
    return people;
  };
  const batchSizes = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 10 });

  it('ends with identifiers and merges that point to leads which are not merged', () => {
    fc.assert(
      fc.property(randomCalls, batchSizes, (calls, sizes) => {
        const { profiles, leads } = inBatches(calls, sizes);
        for (const { leadId } of profiles.values()) expect(leads.get(leadId)?.mergedInto).toBeNull();
        for (const { mergedInto } of leads.values())
          if (mergedInto !== null) expect(leads.get(mergedInto)?.mergedInto).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same leads with the same ids in any batches', () => {
    fc.assert(
      fc.property(randomCalls, batchSizes, batchSizes, (calls, sizes, others) => {
        const [one, other] = [inBatches(calls, sizes), inBatches(calls, others)];
        expect(other.profiles).toEqual(one.profiles);
        expect([...other.leads.keys()].sort()).toEqual([...one.leads.keys()].sort());
      }),
      { numRuns: 300 },
    );
  });
});
