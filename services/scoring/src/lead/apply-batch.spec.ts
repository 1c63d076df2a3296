import { describe, expect, it } from '@jest/globals';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { gather, incoming, type Acquainted, type Gathered } from './apply-batch.js';
import { activity, NOW, richForm, shipped } from './lead.example.js';
import type { Lead } from './lead.js';

const nobody: Acquainted = { owners: new Map(), leads: new Map() };

const gathered = (activities: readonly ActivityRecordedV1[], known = nobody): Gathered => {
  let count = known.leads.size;
  return gather(activities.map(incoming), known, {
    inForce: shipped,
    now: NOW,
    newId: () => `lead-${(count += 1)}`,
  });
};

/** What a database would know after that. */
const after = ({ leads, links, followers }: Gathered, before = nobody): Acquainted => {
  const owners = new Map([
    ...before.owners,
    ...links.map(({ kind, value, leadId }) => [`${kind}:${value}`, leadId] as const),
  ]);
  for (const { leadId, of } of followers)
    for (const [key, owner] of owners) if (owner === leadId) owners.set(key, of);
  return {
    owners,
    leads: new Map([...before.leads, ...leads.map((lead): [string, Lead] => [lead.id, lead])]),
  };
};

describe('a batch', () => {
  it('makes one lead of a visitor who gives a name, and keeps the first touch', () => {
    const { leads, links, leadIds } = gathered([activity({ channel: 'email' }), richForm(), activity()]);
    expect(leadIds).toEqual(['lead-1', 'lead-1', 'lead-1']);
    expect(leads).toMatchObject([
      { id: 'lead-1', version: 0, channel: 'email', campaign: null, hasEmail: true },
    ]);
    expect(links.map(({ kind }) => kind)).toEqual(['anonymous', 'email']);
  });

  it('knows what an earlier batch learned', () => {
    const first = gathered([richForm()]);
    const next = gathered([activity()], after(first));
    expect(next.leadIds).toEqual(['lead-1']);
    expect(next.links).toEqual([]);
    expect(next.leads).toMatchObject([{ id: 'lead-1', identified: true }]);
  });

  it('lets a visitor on a second device follow the person, and what comes after it too', () => {
    const second = { anonymousId: 'phone' };
    const { leads, followers, leadIds } = gathered([
      richForm(),
      activity({ identifiers: second }),
      activity({ identifiers: { ...second, email: 'ada@engines.example' } }),
      activity({ identifiers: second }),
    ]);
    expect(leadIds).toEqual(['lead-1', 'lead-2', 'lead-1', 'lead-1']);
    expect(followers).toEqual([{ leadId: 'lead-2', of: 'lead-1' }]);
    expect(leads.find(({ id }) => id === 'lead-2')).toMatchObject({ sameAs: 'lead-1' });
  });

  it('keeps what names nobody without a lead', () => {
    const { leads, leadIds } = gathered([activity({ identifiers: { anonymousId: 'null' } })]);
    expect([leads, leadIds]).toEqual([[], [null]]);
  });

  it('believes a bot nothing', () => {
    const first = gathered([activity()]);
    const { leads, leadIds } = gathered([richForm({ bot: true })], after(first));
    expect(leadIds).toEqual(['lead-1']);
    expect(leads).toMatchObject([{ identified: false, consent: null, traits: {}, tallies: {} }]);
  });

  it('takes the latest word on consent, and of two at once the refusal', () => {
    const consented = (activities: ActivityRecordedV1[]): unknown =>
      gathered(activities).leads[0]?.consent?.given;
    const yes = (days: number): ActivityRecordedV1 => activity({ marketingConsent: true }, days);
    const no = (days: number): ActivityRecordedV1 => activity({ marketingConsent: false }, days);
    expect(consented([yes(2), no(1)])).toBe(false);
    expect(consented([yes(1), no(2)])).toBe(true);
    expect(consented([yes(1), no(1)])).toBe(false);
    expect(consented([no(1), yes(1), activity()])).toBe(false);
  });

  it('lets nothing happen after it was received, whatever the clock of the sender says', () => {
    const [lead] = gathered([activity({ occurredAt: '2031-01-01T00:00:00.000Z' })]).leads;
    expect(lead?.lastActivityAt).toBe(NOW);
  });
});
