import { describe, expect, it } from '@jest/globals';
import { given } from '@baton/testing';
import fc from 'fast-check';
import { growthOf, type Deal } from './deal.js';
import { decideDeal, type DealCommand } from './deal-command.js';
import { evolve, type DealEvent } from './deal-event.js';
import { historyEntryOf } from './deal-history.js';
import { isDealRefusal } from './deal-refusal.js';
import {
  ann,
  dealDecider as decider,
  euros,
  hour,
  lost,
  made,
  mia,
  opened,
  sam,
  won,
} from './deal.example.js';

const churned: DealEvent = { type: 'churned', ...made(4) };

describe('an open deal', () => {
  it('changes its stage and value, each once', () => {
    given(decider, opened(euros(10)))
      .when({ what: 'stage', stage: 'proposal' })
      .then({ type: 'changed', stage: 'proposal', value: euros(10), ...made() });
    given(decider, opened())
      .when({ what: 'value', value: euros(12) })
      .then({ type: 'changed', stage: 'discovery', value: euros(12), ...made() });
    given(decider, opened(euros(10)))
      .when({ what: 'stage', stage: 'discovery' })
      .then();
    given(decider, opened(euros(10)))
      .when({ what: 'value', value: euros(10) })
      .then();
  });

  it('is won with the value it has, or the one given', () => {
    given(decider, opened(euros(10)))
      .when({ what: 'win' })
      .then(won(euros(10)));
    given(decider, opened(euros(10)))
      .when({ what: 'win', value: euros(9) })
      .then(won(euros(9)));
    given(decider, opened())
      .when({ what: 'win' })
      .thenRefused({ code: 'unprocessable', errors: [{ pointer: '/value' }] });
  });

  it('is lost with a reason and the competitor it went to', () => {
    const outcome = given(decider, opened(euros(10))).when({
      what: 'lose',
      reason: 'price',
      competitor: 'Difference Machines',
    });
    expect(outcome.state).toMatchObject({
      status: 'lost',
      decision: { what: 'lost', reason: 'price', competitor: 'Difference Machines', by: { name: 'Sam' } },
    });
  });

  it('is no customer to renew or to lose yet', () => {
    given(decider, opened())
      .when({ what: 'renew', value: euros(1) })
      .thenRefused(/win it first/);
    given(decider, opened())
      .when({ what: 'churn' })
      .thenRefused(/win it first/);
  });

  it('is decided by its seller or a manager', () => {
    for (const command of [{ what: 'win' }, { what: 'stage', stage: 'proposal' }] as const) {
      given(decider, opened(euros(10)))
        .when({ ...command, by: ann })
        .thenRefused('forbidden');
      expect(given(decider, opened(euros(10))).when({ ...command, by: mia }).state.version).toBe(2);
    }
  });
});

describe('a decision', () => {
  it('is final, and says who made it; repeated by the same person it changes nothing', () => {
    given(decider, opened(euros(10)), won(euros(10)))
      .when({ what: 'win' })
      .then();
    given(decider, opened(euros(10)), lost('price'))
      .when({ what: 'lose', reason: 'price' })
      .then();
    given(decider, opened(euros(10)), won(euros(10)), churned)
      .when({ what: 'churn' })
      .then();
    const refused: [DealEvent, DealCommand & { by?: typeof mia }][] = [
      [won(euros(10)), { what: 'lose', reason: 'price' }],
      [won(euros(10)), { what: 'win', by: mia }],
      [won(euros(10)), { what: 'win', value: euros(11) }],
      [lost('price'), { what: 'lose', reason: 'no-budget' }],
      [lost('price'), { what: 'win' }],
      [lost('price'), { what: 'stage', stage: 'proposal' }],
      [lost('price'), { what: 'value', value: euros(1) }],
    ];
    for (const [event, command] of refused)
      given(decider, opened(euros(10)), event)
        .when(command)
        .thenRefused({ code: 'conflict', decided: { what: event.type, by: { name: 'Sam' } } });
  });
});

describe('a customer', () => {
  const customer = [opened(euros(10)), won(euros(10))];
  const textOf = (event: DealEvent): string =>
    historyEntryOf(event, customer.reduce(evolve, decider.initial)).detail;

  it('renews, grows, and leaves once', () => {
    given(decider, ...customer)
      .when({ what: 'renew', value: euros(12) })
      .then({ type: 'renewed', value: euros(12), ...made() });
    given(decider, ...customer, churned)
      .when({ what: 'renew', value: euros(12) })
      .thenRefused(/left/);
    given(decider, ...customer, churned)
      .when({ what: 'churn', reason: 'price' })
      .thenRefused('conflict');
  });

  it('has grown when a change or renewal is of a greater value in the same currency', () => {
    const usd = { amount: 99, currency: 'USD' };
    expect([euros(12), euros(10), euros(8), usd].map((value) => growthOf(euros(10), value))).toEqual([
      2,
      undefined,
      undefined,
      undefined,
    ]);
    expect(textOf({ type: 'renewed', value: euros(12), ...made() })).toContain('grown from 10 EUR to 12 EUR');
    expect(textOf({ type: 'changed', stage: 'discovery', value: euros(12), ...made() })).toContain('grown');
    expect(textOf({ type: 'renewed', value: euros(8), ...made() })).not.toContain('grown');
    expect(textOf({ type: 'renewed', value: usd, ...made() })).not.toContain('grown');
  });
});

const commands: fc.Arbitrary<DealCommand> = fc.oneof(
  fc.record({ what: fc.constant('stage' as const), stage: fc.constantFrom('discovery', 'proposal') }),
  fc.record({ what: fc.constant('value' as const), value: fc.integer({ min: 0, max: 3 }).map(euros) }),
  fc.record({ what: fc.constant('win' as const), value: fc.integer({ min: 0, max: 3 }).map(euros) }),
  fc.record({ what: fc.constant('lose' as const), reason: fc.constantFrom('price', 'timing') }),
  fc.record({ what: fc.constant('renew' as const), value: fc.integer({ min: 0, max: 3 }).map(euros) }),
  fc.record({ what: fc.constant('churn' as const) }),
);

/** What may follow what. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  opened: ['changed', 'won', 'lost'],
  changed: ['changed', 'won', 'lost', 'renewed', 'churned'],
  won: ['changed', 'renewed', 'churned'],
  renewed: ['changed', 'renewed', 'churned'],
  lost: [],
  churned: [],
};

describe('any sequence of commands', () => {
  it('is opened, decided once, and renewed only while won', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 30 }), (all) => {
        const events: DealEvent[] = [opened()];
        let deal: Deal = evolve(decider.initial, opened());
        for (const [index, command] of all.entries()) {
          const decided = decideDeal(command, deal, { by: sam, now: hour(index) });
          if (isDealRefusal(decided)) continue;
          for (const event of decided) {
            expect(NEXT[events.at(-1)!.type]).toContain(event.type);
            events.push(event);
            deal = evolve(deal, event);
          }
        }
        const count = (...types: string[]) => events.filter(({ type }) => types.includes(type)).length;
        expect(deal.version).toBe(events.length);
        expect(count('won', 'lost')).toBeLessThanOrEqual(1);
        expect(deal.renewals).toBe(count('renewed'));
        if (count('renewed', 'churned') > 0) expect(count('won')).toBe(1);
      }),
    );
  });
});
