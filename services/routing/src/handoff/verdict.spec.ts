import { describe, expect, it } from '@jest/globals';
import { given } from '@baton/testing';
import { stateOf } from '../clock/sla-clock.js';
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
  onClock,
  policy,
  qualified,
  reassigned,
  rejected,
  sam,
} from './handoff.example.js';
import type { Accept, Actor, Attempted, Qualify, Reject } from './verdict.js';

const accept = (by: Actor, now: string): Accept => ({ type: 'accept', by, now, policy });
const reject = (by: Actor, now: string, answer: Partial<Reject> = {}): Reject => ({
  type: 'reject',
  by,
  now,
  reason: 'no-fit',
  policy,
  ...answer,
});
const attempt = (by: Actor, now: string): Attempted => ({
  type: 'attempt',
  by,
  now,
  channel: 'phone',
  outcome: 'no-answer',
});
const qualify = (by: Actor, now: string): Qualify => ({ type: 'qualify', by, now, bant });

describe('accepting', () => {
  it('takes the lead and starts the first-touch clock', () => {
    const outcome = given(decider, offered(sam)).when(accept(sam, hour(1)));
    outcome.then(accepted(sam, hour(1)));
    const [acceptClock, firstTouch] = outcome.state.clocks;
    expect(acceptClock && stateOf(acceptClock, hour(90))).toBe('met');
    expect(firstTouch).toMatchObject({ name: 'first-touch', startedAt: hour(1), dueAt: hour(25) });
    expect(outcome.state.version).toBe(2);
  });

  it('may be done by a manager for the seller, and is then the manager’s decision', () => {
    const outcome = given(decider, offered(sam)).when(accept(mia, hour(1)));
    outcome.then(accepted(mia, hour(1)));
    expect(outcome.state.seller?.name).toBe('Sam');
  });

  it('is not for other sellers', () => {
    given(decider, offered(sam))
      .when(accept(ann, hour(1)))
      .thenRefused('forbidden');
  });

  it('says the breach first when it comes too late and nothing fired yet', () => {
    given(decider, offered(sam))
      .when(accept(sam, hour(24)))
      .then(onClock('breached', hour(24), hour(24)), accepted(sam, hour(24)));
  });

  it('tells the seller who lost it that it has gone on', () => {
    given(decider, offered(sam), reassigned(sam, ann, hour(24)))
      .when(accept(sam, hour(25)))
      .thenRefused({ code: 'conflict', detail: expect.stringContaining('Ann') });
  });

  it('has to wait while nobody was offered it', () => {
    given(decider)
      .when(accept(mia, hour(1)))
      .thenRefused('conflict');
  });
});

describe('a second decision', () => {
  it('by anybody is refused with who decided, when and what', () => {
    const taken = given(decider, offered(sam), accepted(sam, hour(1)));
    const who = { decided: { what: 'accepted', by: { name: 'Sam' }, at: hour(1) } };
    for (const late of [reject(sam, hour(2)), accept(mia, hour(2)), reject(ann, hour(2))]) {
      taken.when(late).thenRefused({ code: 'conflict', ...who });
    }
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(accept(sam, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'rejected', reason: 'no-fit' } });
  });

  it('changes nothing when it is the same one by the same person', () => {
    given(decider, offered(sam), accepted(sam, hour(1)))
      .when(accept(sam, hour(2)))
      .then();
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(reject(sam, hour(2)))
      .then();
    const done = given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)));
    done.when(qualify(sam, hour(3))).then();
    done.when(accept(sam, hour(3))).then();
  });

  it('is another one when its content differs', () => {
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(reject(sam, hour(2), { reason: 'no-need' }))
      .thenRefused('conflict');
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when({ ...qualify(sam, hour(3)), bant: { ...bant, budget: false } })
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
      .when(qualify(sam, hour(3)))
      .then();
  });
});

describe('rejecting', () => {
  it('carries what the reason teaches and where the lead goes; the clock is met', () => {
    const outcome = given(decider, offered(sam)).when(reject(sam, hour(1)));
    outcome.then(rejected(sam, hour(1)));
    expect(outcome.state.clocks.map((clock) => stateOf(clock, hour(90)))).toEqual(['met']);
  });

  it('wants a reason of the policy', () => {
    given(decider, offered(sam))
      .when(reject(sam, hour(1), { reason: 'bad-mood' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/reason' }] });
  });

  it('wants the note or the date that the reason asks for', () => {
    const open = given(decider, offered(sam));
    open
      .when(reject(sam, hour(1), { reason: 'other', note: ' ' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/note' }] });
    open
      .when(reject(sam, hour(1), { reason: 'bad-timing' }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt' }] });
    open
      .when(reject(sam, hour(1), { reason: 'bad-timing', wakeAt: hour(1) }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt', detail: 'lies in the past' }] });
    open
      .when(reject(sam, hour(1), { reason: 'no-fit', wakeAt: hour(100) }))
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/wakeAt' }] });
    open.when(reject(sam, hour(1), { reason: 'bad-timing', wakeAt: hour(100) })).then({
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
    const first = taken.when(attempt(sam, hour(2)));
    first.then(attempted(sam, hour(2), 1));
    expect(first.state.clocks.map((clock) => stateOf(clock, hour(90)))).toEqual(['met', 'met']);
    given(decider, offered(sam), accepted(sam, hour(1)), attempted(sam, hour(2)))
      .when(attempt(sam, hour(3)))
      .then(attempted(sam, hour(3), 2));
  });

  it('meets the first-touch clock by qualifying too', () => {
    const outcome = taken.when(qualify(sam, hour(2)));
    outcome.then(qualified(sam, hour(2)));
    expect(outcome.state.clocks.map((clock) => stateOf(clock, hour(90)))).toEqual(['met', 'met']);
  });

  it('comes late when the window is over', () => {
    taken
      .when(attempt(sam, hour(26)))
      .then(onClock('breached', hour(26), hour(25), 'first-touch'), attempted(sam, hour(26)));
  });

  it('needs the lead accepted first, and by its seller', () => {
    given(decider, offered(sam))
      .when(attempt(sam, hour(1)))
      .thenRefused({ code: 'conflict' });
    given(decider, offered(sam))
      .when(qualify(sam, hour(1)))
      .thenRefused(/accept it first/);
    taken.when(attempt(ann, hour(2))).thenRefused('forbidden');
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(attempt(sam, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'rejected' } });
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when(attempt(sam, hour(3)))
      .thenRefused({ code: 'conflict', decided: { what: 'qualified' } });
  });
});
