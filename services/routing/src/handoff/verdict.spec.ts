import { describe, expect, it } from '@jest/globals';
import { given } from '@baton/testing';
import { clockStateAt } from '../clock/sla-clock.js';
import {
  accepted,
  after,
  ann,
  attempted,
  bant,
  decider,
  hour,
  mia,
  offered,
  officeHours,
  onClock,
  policy,
  qualified,
  reassigned,
  rejected,
  sam,
  type Command,
} from './handoff.example.js';
import { accept } from './acceptance.js';
import type { Actor } from './actor.js';
import { logAttempt } from './attempt.js';
import { MAX_ATTEMPTS_KEPT } from './handoff.js';
import { qualify } from './qualification.js';
import { reject, type Reject } from './rejection.js';

const accepting =
  (by: Actor, now: number): Command =>
  (handoff) =>
    accept({ by, now, policy, calendar: officeHours }, handoff);
const rejecting =
  (by: Actor, now: number, rejection: Partial<Reject> = {}): Command =>
  (handoff) =>
    reject({ by, now, reason: 'no-fit', policy, ...rejection }, handoff);
const attempting =
  (by: Actor, now: number, attempt: { idempotencyKey?: string; outcome?: 'reached' } = {}): Command =>
  (handoff) =>
    logAttempt({ by, now, channel: 'phone', outcome: 'no-answer', ...attempt }, handoff);
const qualifying =
  (by: Actor, now: number, found = bant): Command =>
  (handoff) =>
    qualify({ by, now, bant: found }, handoff);

describe('accepting', () => {
  it('takes the lead and starts the first-touch clock', () => {
    const outcome = given(decider, offered(sam)).when(accepting(sam, hour(1)));
    outcome.then(accepted(sam, hour(1)));
    const [acceptClock, firstTouch] = outcome.state.clocks;
    expect(acceptClock && clockStateAt(acceptClock, hour(90))).toBe('met');
    expect(firstTouch).toMatchObject({ name: 'first-touch', startedAt: hour(1), dueAt: hour(25) });
    expect(outcome.state.version).toBe(2);
  });

  it('may be done by a manager for the seller, and is then the manager’s decision', () => {
    const outcome = given(decider, offered(sam)).when(accepting(mia, hour(1)));
    outcome.then(accepted(mia, hour(1)));
    expect(outcome.state.seller?.name).toBe('Sam');
  });

  it('is not for other sellers', () => {
    given(decider, offered(sam))
      .when(accepting(ann, hour(1)))
      .thenRefused('forbidden');
  });

  it('records the breach first when it is late and no timer has fired yet', () => {
    given(decider, offered(sam))
      .when(accepting(sam, hour(24)))
      .then(onClock('breached', hour(24), hour(24)), accepted(sam, hour(24)));
  });

  it('is refused to the seller who lost the lead, with the new seller', () => {
    given(decider, offered(sam), reassigned(sam, ann, hour(24)))
      .when(accepting(sam, hour(25)))
      .thenRefused({ code: 'conflict', detail: expect.stringContaining('Ann') });
  });

  it('is refused before the first offer', () => {
    given(decider)
      .when(accepting(mia, hour(1)))
      .thenRefused('conflict');
  });
});

describe('a second decision', () => {
  it('by anybody is refused with who decided, when and what', () => {
    const taken = given(decider, offered(sam), accepted(sam, hour(1)));
    const who = { decided: { what: 'accepted', by: { name: 'Sam' }, at: hour(1) } };
    for (const late of [rejecting(sam, hour(2)), accepting(mia, hour(2)), rejecting(ann, hour(2))]) {
      taken.when(late).thenRefused({ code: 'conflict', ...who });
    }
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(accepting(sam, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'rejected', reason: 'no-fit' } });
  });

  it('changes nothing when it is the same one by the same person', () => {
    given(decider, offered(sam), accepted(sam, hour(1)))
      .when(accepting(sam, hour(2)))
      .then();
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(rejecting(sam, hour(2)))
      .then();
    const done = given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)));
    done.when(qualifying(sam, hour(3))).then();
    done.when(accepting(sam, hour(3))).then();
  });

  it('is another one when its content differs', () => {
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(rejecting(sam, hour(2), { reason: 'no-need' }))
      .thenRefused('conflict');
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when(qualifying(sam, hour(3), { ...bant, budget: false }))
      .thenRefused({ code: 'conflict', decided: { what: 'qualified' } });
  });

  it('is the same one also after a round through JSON with its keys in another order', () => {
    const state = after(offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)));
    const reordered = JSON.parse(
      JSON.stringify({
        ...state,
        qualification: {
          at: hour(2),
          bant: { timeline: false, need: true, authority: true, budget: true },
          by: { name: 'Sam', id: sam.id },
          what: 'qualified',
        },
      }),
    ) as typeof state;
    given({ ...decider, initial: reordered })
      .when(qualifying(sam, hour(3)))
      .then();
  });
});

describe('rejecting', () => {
  it('returns an accepted lead for a reason that shows only then, by the seller or a manager', () => {
    const taken = given(decider, offered(sam), accepted(sam, hour(1)));
    for (const by of [sam, mia]) {
      const outcome = taken.when(rejecting(by, hour(30), { reason: 'unresponsive' }));
      expect(outcome.state).toMatchObject({ status: 'rejected', verdict: { reason: 'unresponsive' } });
    }
    taken.when(rejecting(ann, hour(30), { reason: 'unresponsive' })).thenRefused('forbidden');
    taken
      .when(rejecting(sam, hour(30), { reason: 'bad-timing' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt' }] });
    const done = given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)));
    done.when(rejecting(sam, hour(30), { reason: 'unresponsive' })).thenRefused('conflict');
  });

  it('has the lesson and the outcome of the reason, and meets the clock', () => {
    const outcome = given(decider, offered(sam)).when(rejecting(sam, hour(1)));
    outcome.then(rejected(sam, hour(1)));
    expect(outcome.state.clocks.map((clock) => clockStateAt(clock, hour(90)))).toEqual(['met']);
  });

  it('requires a reason of the policy', () => {
    given(decider, offered(sam))
      .when(rejecting(sam, hour(1), { reason: 'bad-mood' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/reason' }] });
  });

  it('requires the note or the date that the reason needs', () => {
    const open = given(decider, offered(sam));
    open
      .when(rejecting(sam, hour(1), { reason: 'other', note: ' ' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/note' }] });
    open
      .when(rejecting(sam, hour(1), { reason: 'bad-timing' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt' }] });
    open
      .when(rejecting(sam, hour(1), { reason: 'bad-timing', wakeAt: hour(1) }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt', detail: 'is in the past' }] });
    open
      .when(rejecting(sam, hour(1), { reason: 'no-fit', wakeAt: hour(100) }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt' }] });
    open.when(rejecting(sam, hour(1), { reason: 'bad-timing', wakeAt: hour(100) })).then({
      type: 'rejected',
      decision: {
        what: 'rejected',
        by: { id: sam.id, name: 'Sam' },
        at: hour(1),
        reason: 'bad-timing',
        wakeAt: hour(100),
      },
      teaches: 'timing',
      outcome: 'recycled',
    });
  });
});

describe('attempts and qualification', () => {
  const taken = given(decider, offered(sam), accepted(sam, hour(1)));

  it('count, and the first one meets the first-touch clock', () => {
    const first = taken.when(attempting(sam, hour(2)));
    first.then(attempted(sam, hour(2), 1));
    expect(first.state.clocks.map((clock) => clockStateAt(clock, hour(90)))).toEqual(['met', 'met']);
    given(decider, offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2)))
      .when(attempting(sam, hour(3)))
      .then(attempted(sam, hour(3), 2));
  });

  it('count once for each idempotency key of a seller', () => {
    const key = { idempotencyKey: 'key-1' };
    const once = given(decider, offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2), 1, 'key-1'));
    taken.when(attempting(sam, hour(2), key)).then(attempted(sam, hour(2), 1, 'key-1'));
    once.when(attempting(sam, hour(3), key)).then();
    once.when(attempting(sam, hour(3), { ...key, outcome: 'reached' })).thenRefused('unprocessable');
    once.when(attempting(mia, hour(3), key)).then(attempted(mia, hour(3), 2, 'key-1'));
    once.when(attempting(sam, hour(3))).then(attempted(sam, hour(3), 2));
    const later = given(
      decider,
      offered(sam),
      accepted(sam, hour(1)),
      attempted(sam, hour(2), 1, 'key-1'),
      qualified(sam, hour(3)),
    );
    later.when(attempting(sam, hour(4), key)).then();
  });

  it('are all counted, and the last of them kept', () => {
    const many = Array.from({ length: 60 }, (_, n) => attempted(sam, hour(2 + n / 10), n + 1, `key-${n}`));
    const state = after(offered(sam), accepted(sam, hour(1)), ...many);
    expect([state.attemptCount, state.attempts.length]).toEqual([60, MAX_ATTEMPTS_KEPT]);
    expect(state.attempts.at(-1)).toMatchObject({ attempt: 60, idempotencyKey: 'key-59' });
    given({ ...decider, initial: state })
      .when(attempting(sam, hour(20)))
      .then(attempted(sam, hour(20), 61));
  });

  it('meets the first-touch clock by qualifying too', () => {
    const outcome = taken.when(qualifying(sam, hour(2)));
    outcome.then(qualified(sam, hour(2)));
    expect(outcome.state.clocks.map((clock) => clockStateAt(clock, hour(90)))).toEqual(['met', 'met']);
  });

  it('comes late when the window is over', () => {
    taken
      .when(attempting(sam, hour(26)))
      .then(onClock('breached', hour(26), hour(25), 'first-touch'), attempted(sam, hour(26)));
  });

  it('needs the lead accepted first, and by its seller', () => {
    given(decider, offered(sam))
      .when(attempting(sam, hour(1)))
      .thenRefused({ code: 'conflict' });
    given(decider, offered(sam))
      .when(qualifying(sam, hour(1)))
      .thenRefused(/accept it first/);
    taken.when(attempting(ann, hour(2))).thenRefused('forbidden');
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(attempting(sam, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'rejected' } });
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when(attempting(sam, hour(3)))
      .thenRefused({ code: 'conflict', decided: { what: 'qualified' } });
  });
});
