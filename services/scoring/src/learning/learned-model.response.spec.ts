import { describe, expect, it } from '@jest/globals';
import { toResponse } from './learned-model.response.js';
import { examplesLike } from './training.example.js';
import { trainOn, type Example } from './training.js';

const LABELS = new Map([['pages', 'looked at many pages']]);

/** Answers for a model of examples whose facts are changed. */
const answerOf = (change: (example: Example, i: number) => Example['facts']) => {
  const examples = examplesLike(800, { pages: 1.2, industry: 1 }).map((example, i) => ({
    ...example,
    facts: { ...example.facts, ...change(example, i) },
  }));
  const { report, refusal } = trainOn(examples);
  const stored = { id: 'model', trainedAt: 0, until: 0, active: true, refusal, report };
  return toResponse(JSON.parse(JSON.stringify(stored)) as typeof stored, LABELS);
};

describe('a learned model', () => {
  it('has its weights as sentences with the labels of rules', () => {
    const words = answerOf(() => ({})).weights.map((weight) => weight.words);
    expect(words).toContainEqual(
      expect.stringMatching(
        /^Points for “looked at many pages”, one standard deviation more: raises the odds × /,
      ),
    );
    expect(words).toContainEqual(
      expect.stringMatching(/^industry is (machines: raises|retail: lowers) the odds × /),
    );
  });

  it.each<[string, (example: Example, i: number) => Example['facts'], RegExp]>([
    ['filled after', ({ label }) => (label === 1 ? { discount: 10 } : {}), /^discount is filled only when/],
    ['equal', ({ label }) => ({ verdict: label === 1 ? 'yes' : 'no' }), /^verdict says the outcome itself/],
    [
      'too strong',
      ({ label }, i) => ({ 'stage now': (label === 1) === i % 30 > 0 ? 'late' : 'early' }),
      /^stage now (predicts|is named)/,
    ],
    ['of a rule', ({ label }) => ({ 'rule pages': label * 9 }), /^Points for “looked at many pages” says/],
  ])('names a column that leaks: %s', (_, change, words) => {
    expect(answerOf(change).leftOut.map((each) => each.words)).toContainEqual(expect.stringMatching(words));
  });

  it('warns of drift with the labels of rules', () => {
    const warnings = answerOf((_, i) => ({ 'rule pages': i > 640 ? 30 + (i % 7) : i % 7 })).warnings;
    expect(warnings).toContainEqual(
      expect.stringMatching(/^Drift: .* Points for “looked at many pages” \(\d/),
    );
  });
});
