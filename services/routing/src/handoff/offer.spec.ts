import { describe, expect, it } from '@jest/globals';
import { given } from '@baton/testing';
import {
  accepted,
  after,
  ann,
  assignment,
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
  type Command,
} from './handoff.example.js';
import type { Actor } from './actor.js';
import type { HandoffEvent } from './handoff-event.js';
import { offer } from './offer.js';
import { giveBack, passOn, reassign } from './reassignment.js';

type Assignee = Parameters<typeof assignment>[0];

const offering =
  (to: Assignee, now = hour(0), why?: string): Command =>
  (handoff) =>
    offer({ now, policy, assignment: assignment(to, why) }, handoff);
const reassigning =
  (to: Assignee, now: number, by = mia): Command =>
  (handoff) =>
    reassign({ by, now, policy, assignment: assignment(to) }, handoff);

describe('offering', () => {
  it('gives the lead to the seller chosen and starts the accept clock', () => {
    const outcome = given(decider).when(offering(sam));
    outcome.then(offered(sam));
    expect(outcome.state).toMatchObject({ status: 'offered', offerNumber: 1, version: 1, avoid: [sam.id] });
    expect(outcome.state.clocks).toMatchObject([{ name: 'accept', startedAt: hour(0), dueAt: hour(24) }]);
  });

  it('keeps the lead waiting, with the reason, when no seller can take it', () => {
    given(decider)
      .when(offering(null, hour(0), 'team Sales has no sellers'))
      .then({ type: 'kept-waiting', at: hour(0), why: 'team Sales has no sellers' });
  });

  it('keeps waiting without an event when the reason is the same', () => {
    const waits = given(decider, { type: 'kept-waiting', at: hour(0), why: 'team Sales has no sellers' });
    waits.when(offering(null, hour(4), 'team Sales has no sellers')).then();
    waits
      .when(offering(null, hour(4), 'Sam is away'))
      .then({ type: 'kept-waiting', at: hour(4), why: 'Sam is away' });
    const outcome = waits.when(offering(sam, hour(5)));
    outcome.then(offered(sam, hour(5)));
    expect(outcome.state).toMatchObject({
      status: 'offered',
      version: 1,
      openedAt: hour(0),
      offeredAt: hour(5),
    });
  });

  it('happens once', () => {
    given(decider, offered(sam)).when(offering(ann)).then();
  });
});

describe('a manager', () => {
  it('gives an offer to another seller, with a fresh clock, and automatic reassignments count from zero', () => {
    const passedOn = given(decider, offered(sam), reassigned(sam, ann, hour(24)));
    const outcome = passedOn.when(reassigning(sam, hour(30)));
    outcome.then(reassigned(ann, sam, hour(30), mia));
    expect(outcome.state).toMatchObject({ seller: { name: 'Sam' }, offerNumber: 3, autoReassignments: 0 });
    expect(outcome.state.clocks).toMatchObject([{ dueAt: hour(54) }]);
  });

  it('ends an escalation by it', () => {
    const escalated = after(offered(sam), {
      type: 'escalated',
      at: hour(24),
      clock: 'accept',
      dueAt: hour(24),
      why: 'nobody else',
    });
    const outcome = given({ ...decider, initial: escalated }).when(reassigning(ann, hour(24.5)));
    expect(outcome.state.escalation).toBeUndefined();
  });

  it('records the breach first when the window was over already', () => {
    given(decider, offered(sam))
      .when(reassigning(ann, hour(24)))
      .then(onClock('breached', hour(24), hour(24)), reassigned(sam, ann, hour(24), mia));
  });

  it('offers a waiting lead', () => {
    given(decider)
      .when(reassigning(ann, hour(1)))
      .then(offered(ann, hour(1)));
  });

  it('changes nothing for the seller who has it', () => {
    given(decider, offered(sam))
      .when(reassigning(sam, hour(1)))
      .then();
  });

  it('gives away what a seller accepted, too: the next one decides anew', () => {
    const outcome = given(decider, offered(sam), accepted(sam, hour(1))).when(reassigning(ann, hour(2)));
    outcome.then(reassigned(sam, ann, hour(2), mia));
    expect(outcome.state).toMatchObject({ status: 'offered', seller: { name: 'Ann' }, verdict: undefined });
  });

  it('is too late after a rejection or qualification, and must name a seller when none is next', () => {
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(reassigning(ann, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'rejected' } });
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when(reassigning(ann, hour(3)))
      .thenRefused({ code: 'conflict', decided: { what: 'qualified' } });
    given(decider, offered(sam))
      .when(reassigning(null, hour(2)))
      .thenRefused('conflict');
  });

  it('alone may reassign', () => {
    given(decider, offered(sam))
      .when(reassigning(ann, hour(2), sam))
      .thenRefused('forbidden');
  });
});

describe('giving back', () => {
  const givingBack =
    (by: Actor, to: Assignee): Command =>
    (handoff) =>
      giveBack({ by, now: hour(3), policy, assignment: assignment(to) }, handoff);
  const taken = given(decider, offered(sam), accepted(sam, hour(1)));

  it('offers an accepted lead to the next in turn, by the seller or a manager', () => {
    taken.when(givingBack(sam, ann)).then(reassigned(sam, ann, hour(3), sam));
    taken.when(givingBack(mia, ann)).then(reassigned(sam, ann, hour(3), mia));
  });

  it('is refused to others, without another seller, and before or after the seller works on it', () => {
    taken.when(givingBack(ann, ann)).thenRefused('forbidden');
    taken.when(givingBack(sam, null)).thenRefused('conflict');
    given(decider, offered(sam)).when(givingBack(sam, ann)).thenRefused('conflict');
    given(decider, offered(sam), rejected(sam, hour(1)))
      .when(givingBack(sam, ann))
      .thenRefused('conflict');
    given(decider, offered(sam), accepted(sam, hour(1)), qualified(sam, hour(2)))
      .when(givingBack(sam, ann))
      .thenRefused('conflict');
  });
});

describe('the lead of a seller who is away', () => {
  const passing =
    (to: Assignee): Command =>
    (handoff) =>
      passOn({ now: hour(3), policy, assignment: assignment(to) }, handoff);

  it('goes to another one when it is not touched, and does not count as silence', () => {
    const outcome = given(decider, offered(sam)).when(passing(ann));
    outcome.then({ ...reassigned(sam, ann, hour(3)), isAway: true } as HandoffEvent);
    expect(outcome.state).toMatchObject({ autoReassignments: 0, seller: { name: 'Ann' } });
  });

  it('stays without another seller, and once it is accepted', () => {
    given(decider, offered(sam)).when(passing(null)).then();
    given(decider, offered(sam), accepted(sam, hour(1)))
      .when(passing(ann))
      .then();
  });
});
