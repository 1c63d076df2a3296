import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accepted,
  after,
  attempted,
  hour,
  mia,
  offered,
  reassigned,
  rejected,
  sam,
  ann,
} from './handoff.example.js';
import { evolve } from './handoff-event.js';
import { MAX_ATTEMPTS_KEPT, nextDueAt, type Handoff } from './handoff.js';
import { fromStored, toStored } from './stored-handoff.js';

/** As the database returns it. */
const stored = (state: object): object => JSON.parse(JSON.stringify(state)) as object;

/** A row of version 1: escalated, reassigned by a manager, accepted, one attempt. */
const version1 = {
  id: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
  leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
  openedAt: '2026-01-05T09:00:00.000Z',
  status: 'accepted',
  version: 6,
  seller: { id: ann.id, name: 'Ann' },
  offer: 2,
  offeredAt: '2026-01-06T10:00:00.000Z',
  policyId: 'sla-policy-1',
  maxReassignments: 3,
  why: 'Mia chose',
  avoid: [sam.id, ann.id],
  silences: 0,
  escalation: { at: '2026-01-06T09:30:00.000Z', why: 'nobody else' },
  clocks: [
    {
      name: 'accept',
      startedAt: '2026-01-06T10:00:00.000Z',
      dueAt: '2026-01-07T10:00:00.000Z',
      ahead: [],
      metAt: '2026-01-06T11:00:00.000Z',
    },
    {
      name: 'first-touch',
      startedAt: '2026-01-06T11:00:00.000Z',
      dueAt: '2026-01-07T11:00:00.000Z',
      ahead: [
        { at: '2026-01-06T23:00:00.000Z', do: 'warn' },
        { at: '2026-01-07T11:00:00.000Z', do: 'escalate' },
        { at: '2026-01-07T11:00:00.000Z', do: 'breach' },
      ],
      breachedAt: '2026-01-07T11:00:00.000Z',
    },
  ],
  attempts: [
    {
      attempt: 1,
      channel: 'phone',
      outcome: 'no-answer',
      at: '2026-01-06T12:00:00.000Z',
      by: { id: ann.id, name: 'Ann' },
    },
  ],
  verdict: {
    what: 'accepted',
    by: { id: ann.id, name: 'Ann' },
    at: '2026-01-06T11:00:00.000Z',
    wakeAt: '2026-02-01T00:00:00.000Z',
  },
};

describe('a hand-off stored in version 1', () => {
  it('is read as one of today', () => {
    const at = (iso: string) => Date.parse(iso);
    expect(fromStored(stored(version1))).toEqual({
      id: version1.id,
      leadId: version1.leadId,
      team: 'Sales',
      openedAt: at('2026-01-05T09:00:00.000Z'),
      status: 'accepted',
      version: 6,
      seller: { id: ann.id, name: 'Ann' },
      offerNumber: 2,
      offeredAt: at('2026-01-06T10:00:00.000Z'),
      policyId: 'sla-policy-1',
      maxReassignments: 3,
      why: 'Mia chose',
      avoid: [sam.id, ann.id],
      autoReassignments: 0,
      escalation: { at: at('2026-01-06T09:30:00.000Z'), why: 'nobody else' },
      clocks: [
        {
          name: 'accept',
          startedAt: at('2026-01-06T10:00:00.000Z'),
          dueAt: at('2026-01-07T10:00:00.000Z'),
          pendingSteps: [],
          metAt: at('2026-01-06T11:00:00.000Z'),
        },
        {
          name: 'first-touch',
          startedAt: at('2026-01-06T11:00:00.000Z'),
          dueAt: at('2026-01-07T11:00:00.000Z'),
          pendingSteps: [
            { at: at('2026-01-06T23:00:00.000Z'), action: 'warn' },
            { at: at('2026-01-07T11:00:00.000Z'), action: 'escalate' },
            { at: at('2026-01-07T11:00:00.000Z'), action: 'breach' },
          ],
          breachedAt: at('2026-01-07T11:00:00.000Z'),
        },
      ],
      attemptCount: 1,
      attemptsBeforeOffer: 0,
      attempts: [
        {
          attempt: 1,
          channel: 'phone',
          outcome: 'no-answer',
          at: at('2026-01-06T12:00:00.000Z'),
          by: { id: ann.id, name: 'Ann' },
        },
      ],
      verdict: {
        what: 'accepted',
        by: { id: ann.id, name: 'Ann' },
        at: at('2026-01-06T11:00:00.000Z'),
        wakeAt: at('2026-02-01T00:00:00.000Z'),
      },
    });
  });

  it('continues as one of today: its next step is due, its attempts are counted on', () => {
    const handoff = fromStored(stored(version1));
    expect(nextDueAt(handoff)).toBe(Date.parse('2026-01-06T23:00:00.000Z'));
    const later = evolve(handoff, attempted(ann, hour(30), 2));
    expect(later).toMatchObject({ attemptCount: 2, attempts: [{ attempt: 1 }, { attempt: 2 }] });
  });

  it('keeps the last attempts and the number of all', () => {
    const [first] = version1.attempts;
    const attempts = Array.from({ length: 70 }, (_, n) => ({ ...first, attempt: n + 1 }));
    const handoff = fromStored(stored({ ...version1, attempts }));
    expect(handoff.attemptCount).toBe(70);
    expect(handoff.attempts.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: MAX_ATTEMPTS_KEPT }, (_, n) => 70 - MAX_ATTEMPTS_KEPT + 1 + n),
    );
  });

  it('may be one that was never offered', () => {
    const { offeredAt: _, policyId: __, escalation: ___, verdict: ____, ...offerless } = version1;
    const waiting = { ...offerless, status: 'waiting', seller: null, offer: 0, clocks: [], attempts: [] };
    expect(fromStored(stored(waiting))).toMatchObject({ status: 'waiting', seller: null, offerNumber: 0 });
    expect(nextDueAt(fromStored(stored(waiting)))).toBeUndefined();
  });
});

describe('a hand-off stored in version 2', () => {
  const version2 = (handoff: Handoff): object => {
    const { attemptsBeforeOffer: _, ...state } = handoff;
    return stored({ ...state, v: 2 });
  };

  it.each<[string, Handoff, number]>([
    ['never tried', after(offered(sam), accepted(sam, hour(1))), 0],
    ['tried in its only offer', after(offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2))), 0],
    [
      'tried by two sellers',
      after(
        offered(sam),
        accepted(sam, hour(1)),
        attempted(sam, hour(2)),
        reassigned(sam, ann, hour(3)),
        accepted(ann, hour(4)),
        attempted(ann, hour(5), 2),
      ),
      1,
    ],
    [
      'given back after an attempt',
      after(offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2)), reassigned(sam, ann, hour(3))),
      1,
    ],
  ])('knows the attempts of earlier offers of one %s', (_, handoff, attemptsBeforeOffer) => {
    expect(fromStored(version2(handoff))).toMatchObject({ attemptsBeforeOffer });
  });
});

describe('a hand-off of today', () => {
  it('is read as it was stored, in every state', () => {
    const events = [
      offered(sam),
      reassigned(sam, ann, hour(24)),
      reassigned(ann, sam, hour(25), mia),
      accepted(sam, hour(26)),
      attempted(sam, hour(27), 1, 'key-1'),
      rejected(sam, hour(28)),
    ];
    fc.assert(
      fc.property(fc.subarray(events), (some) => {
        const handoff: Handoff = after(...some);
        const state = toStored(handoff);
        expect(state).toMatchObject({ v: 3 });
        expect(stored(fromStored(stored(state)))).toEqual(stored(handoff));
      }),
    );
  });

  it('is not read by a build that is older than its version', () => {
    expect(() => fromStored({ ...toStored(after()), v: 4 })).toThrow(/version 4; this build reads up to 3/);
    expect(() => fromStored({ ...toStored(after()), v: 'two' })).toThrow(/version NaN/);
  });
});
