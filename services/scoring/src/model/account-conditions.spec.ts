import { describe, expect, it } from '@jest/globals';
import type { Condition } from '@baton/conditions';
import fc from 'fast-check';
import { compileModel } from './compiled-model.js';
import { defaultScoringModel } from './default-scoring-model.js';
import type { AccountFacts } from './scoring-model.js';

const modelOf = (conditions: readonly Condition[]) =>
  compileModel({
    grades: [{ grade: 'A', from: 0 }],
    total: { min: 0, max: 100 },
    groups: [{ key: 'who', label: 'Who', axis: 'fit', cap: 50 }],
    rules: conditions.map((when, index) => ({
      key: `rule-${index}`,
      label: `rule ${index}`,
      group: 'who',
      when,
      points: 1,
    })),
  });

const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom('account.people', 'account.points'), atLeast: fc.nat(6) }),
  fc.record({ fact: fc.constant('account.engagedPeople'), lessThan: fc.nat(6) }),
  fc.record({ fact: fc.constant('account.isCustomer'), is: fc.boolean() }),
  fc.record({ fact: fc.constant('account.people'), exists: fc.boolean() }),
  fc.record({ fact: fc.constant('traits.country'), is: fc.constantFrom('DE', 'AT') }),
);

const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2 },
    comparison,
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

const account: fc.Arbitrary<AccountFacts | null> = fc.option(
  fc.record({
    people: fc.nat(7),
    engagedPeople: fc.nat(7),
    points: fc.nat(7),
    isCustomer: fc.boolean(),
  }),
);

describe('the match of an account', () => {
  it('decides its rules: with the same match every lead gets the same points', () => {
    const country = fc.constantFrom('DE', 'AT', 'CH');
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        account,
        account,
        country,
        (rules, one, other, from) => {
          const model = modelOf(rules);
          fc.pre(model.accountMatch(one) === model.accountMatch(other));
          const keysFor = (facts: AccountFacts | null) =>
            model.matchFit({ traits: { country: from }, account: facts ?? {} }).map(({ key }) => key);
          expect(keysFor(one)).toEqual(keysFor(other));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('changes only where a condition turns', () => {
    const { accountMatch } = modelOf([
      { fact: 'account.people', atLeast: 3 },
      { all: [{ fact: 'traits.country', is: 'DE' }, { not: { fact: 'account.isCustomer', is: true } }] },
    ]);
    const matches = [null, { people: 2, isCustomer: false }, { people: 3 }, { people: 4_000 }].map(
      accountMatch,
    );
    expect(matches).toEqual(['00', '00', '10', '10']);
    expect(accountMatch({ people: 3, isCustomer: true })).toBe('11');
  });

  it('is empty for models that read nothing of the account, the default among them', () => {
    for (const model of [compileModel(defaultScoringModel), modelOf([{ fact: 'traits.x', is: 1 }])]) {
      expect(model.readsAccount).toBe(false);
      expect(model.accountMatch({ people: 3 })).toBe('');
    }
    expect(modelOf([{ not: { fact: 'account.points', atLeast: 1 } }]).readsAccount).toBe(true);
  });
});
