import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { given } from '@baton/testing';
import {
  accepted,
  after,
  ann,
  assignment,
  decider,
  hour,
  offered,
  officeHours,
  onClock,
  policy,
  reassigned,
  sam,
  type Command,
} from '../handoff/handoff.example.js';
import { personOf } from '../handoff/actor.js';
import { evolve, type HandoffEvent } from '../handoff/handoff-event.js';
import type { ClockTerms } from '../policy/sla-policy.js';
import { nextDueAt, type Handoff } from '../handoff/handoff.js';
import { clockStateAt, startClock } from '../clock/sla-clock.js';
import { clockDue, needsAssignment } from './clock-steps.js';

type Next = Parameters<typeof assignment>;

/** Next in turn, under the policy in force. */
const next = (...to: Next) => ({ assignment: assignment(...to), policy });
const clockDueAt =
  (now: number, to?: ReturnType<typeof next>): Command =>
  (handoff) =>
    clockDue({ now, ...(to && { next: to }) }, handoff);

const warned = onClock('warned', hour(6), hour(24));
const escalated = onClock('escalated', hour(18), hour(24));

describe('an offer without a response', () => {
  it('is warned, escalated, then breached and reassigned, each at its time', () => {
    given(decider, offered(sam))
      .when(clockDueAt(hour(5.9)))
      .then();
    given(decider, offered(sam))
      .when(clockDueAt(hour(6)))
      .then(warned);
    given(decider, offered(sam), warned)
      .when(clockDueAt(hour(18)))
      .then(escalated);
    given(decider, offered(sam), warned, escalated)
      .when(clockDueAt(hour(24), next(ann)))
      .then(onClock('breached', hour(24), hour(24)), reassigned(sam, ann, hour(24)));
  });

  it('gets all missed steps in order, once, and is reassigned once after a long downtime', () => {
    const late = hour(1000);
    const outcome = given(decider, offered(sam)).when(clockDueAt(late, next(ann)));
    outcome.then(
      onClock('warned', late, hour(24)),
      onClock('escalated', late, hour(24)),
      onClock('breached', late, hour(24)),
      reassigned(sam, ann, late),
    );
    expect(outcome.state).toMatchObject({ seller: { name: 'Ann' }, offerNumber: 2, version: 5 });
    expect(outcome.state.clocks).toMatchObject([{ name: 'accept', startedAt: late, dueAt: hour(1024) }]);
    given({ ...decider, initial: outcome.state })
      .when(clockDueAt(late, next(sam)))
      .then();
  });

  it('rests its seller and is reassigned at one time, after the breach', () => {
    const terms: ClockTerms = {
      ...policy.document.accept,
      steps: [
        { at: 0.5, do: 'warn-everywhere' },
        { at: 1, do: 'rest-seller' },
        { at: 1, do: 'reassign' },
      ],
    };
    const offer = offered(sam);
    const clock = startClock('accept', hour(0), terms, officeHours);
    const outcome = given(decider, { ...offer, clock } as typeof offer).when(clockDueAt(hour(24), next(ann)));
    outcome.then(
      { ...onClock('warned', hour(24), hour(24)), everyChannel: true } as HandoffEvent,
      {
        ...onClock('warned', hour(24), hour(24)),
        type: 'seller-rested',
        seller: personOf(sam),
      } as HandoffEvent,
      onClock('breached', hour(24), hour(24)),
      reassigned(sam, ann, hour(24)),
    );
    expect(outcome.state).toMatchObject({ offerNumber: 2, version: 4 });
  });

  it('gets no step twice', () => {
    given(decider, offered(sam), warned)
      .when(clockDueAt(hour(6)))
      .then();
    given(decider, offered(sam), warned, escalated)
      .when(clockDueAt(hour(20)))
      .then();
  });

  it('keeps its seller and is escalated with the reason when no other can take it', () => {
    const outcome = given(decider, offered(sam), warned, escalated).when(
      clockDueAt(hour(24), next(null, 'no seller of team Sales can take it; Ann is away')),
    );
    outcome.then(onClock('breached', hour(24), hour(24)), {
      type: 'escalated',
      at: hour(24),
      clock: 'accept',
      dueAt: hour(24),
      why: 'no seller of team Sales can take it; Ann is away',
    });
    expect(outcome.state).toMatchObject({ seller: { name: 'Sam' }, status: 'offered' });
    expect(outcome.state.escalation?.why).toContain('Ann is away');
    expect(nextDueAt(outcome.state)).toBeUndefined();
    given({ ...decider, initial: outcome.state })
      .when(clockDueAt(hour(99)))
      .then();
  });

  it('goes to the manager after as many reassignments as the policy allows', () => {
    const thrice = after(
      offered(sam),
      reassigned(sam, ann, hour(24)),
      reassigned(ann, sam, hour(48)),
      reassigned(sam, ann, hour(72)),
    );
    expect(needsAssignment(thrice, hour(96))).toBe(false);
    expect(needsAssignment({ ...thrice, maxReassignments: 4 }, hour(96))).toBe(true);
    const outcome = given({ ...decider, initial: thrice }).when(clockDueAt(hour(96)));
    expect(outcome.state).toMatchObject({ seller: { name: 'Ann' }, escalation: { at: hour(96) } });
    expect(outcome.state.escalation?.why).toMatch(/passed on 3 times/);
  });

  it('needs another seller only when a reassignment is due', () => {
    expect(needsAssignment(after(offered(sam)), hour(23))).toBe(false);
    expect(needsAssignment(after(offered(sam)), hour(24))).toBe(true);
    expect(needsAssignment(after(offered(sam), accepted(sam, hour(1))), hour(500))).toBe(false);
  });
});

describe('an acceptance without an attempt', () => {
  it('warns, escalates and breaches, and leaves the lead with its seller', () => {
    const outcome = given(decider, offered(sam), accepted(sam, hour(1))).when(clockDueAt(hour(25)));
    outcome.then(
      onClock('warned', hour(25), hour(25), 'first-touch'),
      onClock('escalated', hour(25), hour(25), 'first-touch'),
      onClock('breached', hour(25), hour(25), 'first-touch'),
    );
    expect(outcome.state.seller?.name).toBe('Sam');
  });

  it('does nothing any more for the offer', () => {
    given(decider, offered(sam), accepted(sam, hour(1)))
      .when(clockDueAt(hour(12)))
      .then();
  });
});

describe('a clock', () => {
  it('is breached from the moment it is due, fired or not, and stays so when met late', () => {
    const [clock] = after(offered(sam)).clocks;
    expect(clock && [hour(23.99), hour(24)].map((now) => clockStateAt(clock, now))).toEqual([
      'running',
      'breached',
    ]);
    const late = after(offered(sam), onClock('breached', hour(25), hour(24)), accepted(sam, hour(25)));
    expect(late.clocks.map((each) => clockStateAt(each, hour(26)))).toEqual(['breached', 'running']);
  });

  it('gives the same events: at every step, at some of them, or once at the end', () => {
    const fired = (times: readonly number[]): string[] => {
      let state: Handoff = after(offered(sam));
      const seen: string[] = [];
      for (const time of [...times].sort((a, b) => a - b).concat(24)) {
        for (const event of clockDue({ now: hour(time), next: next(ann) }, state)) {
          seen.push(event.type);
          state = evolve(state, event);
        }
      }
      return seen;
    };
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 24, noNaN: true }), { maxLength: 20 }), (times) => {
        expect(fired(times)).toEqual(['warned', 'escalated', 'breached', 'reassigned']);
      }),
    );
  });

  it('has its next due time after every step', () => {
    let state = after(offered(sam));
    const due = [];
    for (let at = nextDueAt(state); at !== undefined && due.length < 3; at = nextDueAt(state)) {
      due.push(at);
      state = clockDue({ now: at, next: next(ann) }, state).reduce(evolve, state);
    }
    expect(due).toEqual([hour(6), hour(18), hour(24)]);
    expect(nextDueAt(state)).toBe(hour(30));
  });
});
