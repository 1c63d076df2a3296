import { describe, expect, it } from '@jest/globals';
import type { ActivityRecordedV1 } from '@baton/contracts';
import fc from 'fast-check';
import { randomCalls } from './identity.example.js';
import { applyBatch, toIncoming, type AppliedBatch, type KnownLeads } from './apply-batch.js';
import { activity, DAY, defaultDefinitions, digest, NOW, salesReadyForm } from './lead.example.js';

const EMPTY: KnownLeads = { owners: new Map(), leads: new Map() };

const apply = (activities: readonly ActivityRecordedV1[], known = EMPTY): AppliedBatch =>
  applyBatch(activities.map(toIncoming), known, { definitions: defaultDefinitions, now: NOW, digest });

/** The state that the next batch would load. */
const after = ({ leads, claims, merges }: AppliedBatch, before = EMPTY): KnownLeads => {
  const owners = new Map(before.owners);
  for (const { kind, value, leadId } of claims) owners.set(`${kind}:${value}`, leadId);
  for (const { from, into } of merges)
    for (const [key, owner] of owners) if (owner === from) owners.set(key, into);
  const all = new Map([...before.leads, ...leads.map((lead) => [lead.id, lead] as const)]);
  for (const { from, into } of merges)
    for (const lead of all.values())
      if (lead.mergedInto === from) all.set(lead.id, { ...lead, mergedInto: into });
  return { owners, leads: all };
};

describe('a batch', () => {
  it('makes one lead of a visitor who then identifies, and keeps the first channel', () => {
    const { leads, claims, leadIds } = apply([activity({ channel: 'email' }), salesReadyForm(), activity()]);
    expect(leads).toMatchObject([{ version: 0, channel: 'email', campaign: null, hasEmail: true }]);
    expect(leadIds).toEqual(Array(3).fill(leads[0]!.id));
    expect(claims.map(({ kind }) => kind)).toEqual(['anonymous', 'email']);
  });

  it('continues from the state of an earlier batch', () => {
    const first = apply([salesReadyForm()]);
    const next = apply([activity()], after(first));
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
    expect(leadIds).toEqual([person, visitor, person, person]);
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
      { from: second, into: named },
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
      expect(apply([activity, activity])).toEqual({ ...nothing, leadIds: [null, null] });
    });

    it.each<[string, ActivityRecordedV1]>([
      ['a form', bot()],
      ['another address', bot({ identifiers: { anonymousId: '4d1c', email: 'bot@engines.example' } })],
      ['an alias', bot({ kind: 'alias', identifiers: { anonymousId: '4d1c', previousId: 'crawler' } })],
      ['an activity of tomorrow', bot({ occurredAt: new Date(NOW + DAY).toISOString() })],
    ])('leaves a lead as it was after %s, which is in its history', (_, activity_) => {
      const first = apply([activity()]);
      expect(apply([activity_], after(first))).toEqual({ ...nothing, leadIds: first.leadIds });
    });

    it('does not merge a visitor into the person a bot claims to be', () => {
      const first = apply([salesReadyForm(), activity({ identifiers: { anonymousId: 'phone' } })]);
      const identifiers = { anonymousId: 'phone', email: 'ada@engines.example' };
      expect(apply([bot({ identifiers })], after(first))).toEqual({
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
  const inBatches = (calls: readonly ActivityRecordedV1[], sizes: readonly number[]): KnownLeads => {
    let known = EMPTY;
    for (let at = 0, index = 0; at < calls.length; index += 1) {
      const size = sizes[index % sizes.length]!;
      known = after(apply(calls.slice(at, at + size), known), known);
      at += size;
    }
    return known;
  };
  const batchSizes = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 10 });

  it('ends with identifiers and merges that point to leads which are not merged', () => {
    fc.assert(
      fc.property(randomCalls, batchSizes, (calls, sizes) => {
        const { owners, leads } = inBatches(calls, sizes);
        for (const owner of owners.values()) expect(leads.get(owner)?.mergedInto).toBeNull();
        for (const { mergedInto } of leads.values())
          if (mergedInto !== null) expect(leads.get(mergedInto)?.mergedInto).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same leads with the same ids in any batches', () => {
    fc.assert(
      fc.property(randomCalls, batchSizes, batchSizes, (calls, sizes, others) => {
        const [one, other] = [inBatches(calls, sizes), inBatches(calls, others)];
        expect([...other.owners].sort()).toEqual([...one.owners].sort());
        expect([...other.leads.keys()].sort()).toEqual([...one.leads.keys()].sort());
      }),
      { numRuns: 500 },
    );
  });
});
