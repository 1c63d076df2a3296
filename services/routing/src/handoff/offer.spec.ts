import { describe, expect, it } from '@jest/globals';
import { given } from '@baton/testing';
import {
  accepted,
  after,
  ann,
  decider,
  hour,
  mia,
  next,
  offered,
  onClock,
  reassigned,
  sam,
} from './handoff.example.js';
import type { Offer, Reassign } from './offer.js';

const offer = (to: Parameters<typeof next>[0], now = hour(0), why?: string): Offer => ({
  type: 'offer',
  now,
  next: next(to, why),
});
const reassign = (to: Parameters<typeof next>[0], now: string, by = mia): Reassign => ({
  type: 'reassign',
  by,
  now,
  next: next(to),
});

describe('offering', () => {
  it('gives the lead to the seller chosen and starts the accept clock', () => {
    const outcome = given(decider).when(offer(sam));
    outcome.then(offered(sam));
    expect(outcome.state).toMatchObject({ status: 'offered', offer: 1, version: 1, avoid: [sam.id] });
    expect(outcome.state.clocks).toMatchObject([{ name: 'accept', startedAt: hour(0), dueAt: hour(24) }]);
  });

  it('keeps the lead waiting, with why, when nobody can take it', () => {
    given(decider)
      .when(offer(null, hour(0), 'team Sales has no sellers'))
      .then({ type: 'kept-waiting', at: hour(0), why: 'team Sales has no sellers' });
  });

  it('goes on waiting without a word when the reason is the same', () => {
    const waits = given(decider, { type: 'kept-waiting', at: hour(0), why: 'team Sales has no sellers' });
    waits.when(offer(null, hour(4), 'team Sales has no sellers')).then();
    waits
      .when(offer(null, hour(4), 'Sam is away'))
      .then({ type: 'kept-waiting', at: hour(4), why: 'Sam is away' });
    const outcome = waits.when(offer(sam, hour(5)));
    outcome.then(offered(sam, hour(5)));
    expect(outcome.state).toMatchObject({
      status: 'offered',
      version: 1,
      openedAt: hour(0),
      offeredAt: hour(5),
    });
  });

  it('happens once', () => {
    given(decider, offered(sam)).when(offer(ann)).then();
  });
});

describe('a manager', () => {
  it('gives an offer to another seller, with a fresh clock, and silence counts from zero', () => {
    const passedOn = given(decider, offered(sam), reassigned(sam, ann, hour(24)));
    const outcome = passedOn.when(reassign(sam, hour(30)));
    outcome.then(reassigned(ann, sam, hour(30), mia));
    expect(outcome.state).toMatchObject({ seller: { name: 'Sam' }, offer: 3, silences: 0 });
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
    const outcome = given({ ...decider, initial: escalated }).when(reassign(ann, hour(24.5)));
    expect(outcome.state.escalation).toBeUndefined();
  });

  it('says the breach first when the window was over already', () => {
    given(decider, offered(sam))
      .when(reassign(ann, hour(24)))
      .then(onClock('breached', hour(24), hour(24)), reassigned(sam, ann, hour(24), mia));
  });

  it('offers a waiting lead', () => {
    given(decider)
      .when(reassign(ann, hour(1)))
      .then(offered(ann, hour(1)));
  });

  it('changes nothing for the seller who has it', () => {
    given(decider, offered(sam))
      .when(reassign(sam, hour(1)))
      .then();
  });

  it('comes too late after a verdict, and must name somebody when nobody is next', () => {
    given(decider, offered(sam), accepted(sam, hour(1)))
      .when(reassign(ann, hour(2)))
      .thenRefused({ code: 'conflict', decided: { what: 'accepted' } });
    given(decider, offered(sam))
      .when(reassign(null, hour(2)))
      .thenRefused('conflict');
  });

  it('is the only one who may', () => {
    given(decider, offered(sam))
      .when(reassign(ann, hour(2), sam))
      .thenRefused('forbidden');
  });
});
