import { describe, expect, it } from '@jest/globals';
import { defaultScoringModel } from './default-scoring-model.js';
import { describeModel, ruleInWords } from './describe-model.js';
import type { Rule } from './scoring-model.js';

const rule: Rule = {
  key: 'pricing',
  label: 'looked at the prices',
  group: 'website',
  when: { fact: 'pageUrl', contains: '/pricing' },
  points: 5,
};
const days = (amount: number) => ({ amount, unit: 'days' as const });

describe('a rule in words', () => {
  it.each<[Partial<Rule>, string]>([
    [{}, '+5 “looked at the prices” for each activity where page url contains “/pricing”'],
    [
      { cap: 15, halfLife: days(1) },
      '+5 “looked at the prices” for each activity where page url contains “/pricing”, at most 15 in all, half of it left after 1 day',
    ],
    [
      { times: { atLeast: 3, within: days(7) } },
      '+5 “looked at the prices” while there are 3 or more activities within 7 days where page url contains “/pricing”',
    ],
    [
      { noneFor: days(30), points: -10 },
      '−10 “looked at the prices” when the last activity where page url contains “/pricing” is 30 days ago or more',
    ],
  ])('with %j', (more, words) => {
    expect(ruleInWords({ ...rule, ...more }, 'engagement')).toBe(words);
  });

  it('of the account', () => {
    const when = { fact: 'account.engagedPeople', atLeast: 3 };
    expect(ruleInWords({ ...rule, when }, 'fit')).toBe(
      '+5 “looked at the prices” when engaged people of the account is at least 3',
    );
  });
});

describe('a model in words', () => {
  it('has one sentence for each rule, group, grade and step, each with its own key', () => {
    const sentences = describeModel(defaultScoringModel);
    const { rules, groups, grades } = defaultScoringModel;
    expect(sentences).toHaveLength(1 + rules.length + groups.length + grades.length + 6);
    expect(new Set(sentences.map(({ key }) => key)).size).toBe(sentences.length);
  });
});
