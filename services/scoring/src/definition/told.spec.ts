import { changedSentences, changesBetween } from '@baton/definitions';
import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { describeFunnel } from '../funnel/describe-funnel.js';
import type { Funnel } from '../funnel/funnel.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { describeModel } from '../model/describe-model.js';
import type { ScoringModel } from '../model/scoring-model.js';

/** Words that the schema has a list of. */
const OTHERS: Readonly<Record<string, string>> = { recycled: 'disqualified', nurture: 'disqualified' };

/** Every document that differs from this one in one value. */
const variantsOf = (value: unknown): [pointer: string, variant: unknown][] => {
  if (typeof value === 'number') return [['', value + 1]];
  if (typeof value === 'string') return [['', OTHERS[value] ?? `${value} or so`]];
  if (typeof value === 'boolean') return [['', !value]];
  if (Array.isArray(value))
    return value.flatMap((item, at) => [
      ...variantsOf(item).map(([pointer, variant]): [string, unknown] => [
        `/${at}${pointer}`,
        value.with(at, variant),
      ]),
      [`/${at} removed`, value.toSpliced(at, 1)],
    ]);
  return Object.entries(value as object).flatMap(([name, member]) =>
    variantsOf(member).map(([pointer, variant]): [string, unknown] => [
      `/${name}${pointer}`,
      { ...(value as object), [name]: variant },
    ]),
  );
};

const toldOfModel = (before: ScoringModel, after: ScoringModel): string[] =>
  changedSentences(describeModel(before), describeModel(after)).map(({ words }) => words);
const toldOfFunnel = (before: Funnel, after: Funnel): string[] =>
  changedSentences(describeFunnel(before), describeFunnel(after)).map(({ words }) => words);

const changed = (key: string, more: object): ScoringModel => ({
  ...defaultScoringModel,
  rules: defaultScoringModel.rules.map((rule) => (rule.key === key ? { ...rule, ...more } : rule)),
});

describe('the difference that both teams sign', () => {
  it.each([
    ['scoring model', defaultScoringModel, toldOfModel],
    ['funnel', defaultFunnel, toldOfFunnel],
  ] as const)('tells of every value of a %s that changes', (_, document, told) => {
    const untold = variantsOf(document).filter(
      ([, variant]) =>
        changesBetween(document, variant).length > 0 &&
        (told as (before: object, after: object) => string[])(document, variant as object).length === 0,
    );
    expect(untold.map(([pointer]) => pointer)).toEqual([]);
  });

  it('is short: what changed of a rule', () => {
    const { label, points } = defaultScoringModel.rules.find(({ key }) => key === 'webinar')!;
    expect(toldOfModel(defaultScoringModel, changed('webinar', { points: 5 }))).toEqual([
      `“${label}” +${points} → +5`,
    ]);
    expect(
      toldOfModel(changed('webinar', { cap: 16 }), changed('webinar', { points: 5, cap: 20, label: 'Talk' })),
    ).toEqual([`“${label}” +${points} → +5; name ${label} → Talk; at most 16 in all → 20 in all`]);
  });

  it('of a new stage names it and the order, not the stages that follow', () => {
    const [first, ...rest] = defaultFunnel.stages;
    const added = {
      key: 'known',
      label: 'Known',
      meaning: 'Has an address.',
      by: 'identity' as const,
      when: { fact: 'identified', is: true },
    };
    const words = toldOfFunnel(defaultFunnel, { ...defaultFunnel, stages: [first!, added, ...rest] });
    expect(words).toHaveLength(2);
    expect(words[0]).toBe('New: 2. Known: as long as identified is true');
    expect(words[1]).toMatch(/→ The stages are, in this order: Visitor, Known, Lead/);
  });
});
