import { describe, expect, it } from '@jest/globals';
import { CannotLearn } from '@baton/learning';
import { examplesOf, judgedOf, type ExampleRow } from './example-row.js';
import { examplesLike } from './training.example.js';
import { trainOn } from './training.js';

const FORWARD = { pages: 1.2, industry: 1 };
const TURNED = { pages: -1.2, industry: -1 };

describe('a training', () => {
  it('is judged on the newest fifth, and gives a model that names what counts', () => {
    const { model, report, refusal, averages } = trainOn(examplesLike(800, FORWARD));
    expect(refusal).toBeNull();
    expect(report).toMatchObject({ examples: 800, metrics: { rows: 160 } });
    expect(report.metrics.auc).toBeGreaterThan(0.7);
    expect(
      report.weights
        .slice(0, 2)
        .map(({ column }) => column)
        .sort(),
    ).toEqual(['industry', 'rule pages']);
    expect(report.roc.length).toBeLessThanOrEqual(100);
    expect(Object.keys(averages)).toContain('rule pages');
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('is refused when it is no better than chance', () => {
    expect(trainOn(examplesLike(600, { pages: 0, industry: 0 })).refusal).toMatch(
      /no better than the share|active model/,
    );
  });

  it('replaces an active model that is worse on what neither has seen, and not one that is better', () => {
    const old = trainOn(examplesLike(600, FORWARD)).model;
    const changed = [...examplesLike(600, FORWARD), ...examplesLike(900, TURNED, 600)];
    expect(trainOn(changed, { model: old, until: changed[599]!.at }).refusal).toBeNull();
    const noisy = [...examplesLike(900, TURNED), ...examplesLike(300, FORWARD, 900)];
    const candidate = trainOn(noisy, { model: old, until: noisy[899]!.at });
    expect(candidate.refusal).toMatch(
      /^On the 240 newest hand-offs the active model is better|^The model is no better/,
    );
  });

  it('needs outcomes of both kinds', () => {
    expect(() => trainOn(examplesLike(50, FORWARD))).toThrow(CannotLearn);
    expect(() => trainOn([])).toThrow(CannotLearn);
  });
});

describe('hand-offs that say nothing about the lead', () => {
  const rows = examplesLike(400, FORWARD).map(({ facts, label, at }): ExampleRow => ({
    facts: JSON.stringify(facts),
    at,
    verdicts: [label ? { verdict: 'accepted', teaches: null } : { verdict: 'rejected', teaches: 'fit' }],
    deals: [],
  }));
  const silent = (teaches: string): ExampleRow[] =>
    rows.map((row) => ({ ...row, facts: '{"rule pages":99}', verdicts: [{ verdict: 'rejected', teaches }] }));

  it.each(['data-quality', 'timing', 'nothing', 'a lesson of later'])('move no weight: %s', (teaches) => {
    const mixed = rows.flatMap((row, i) => [row, silent(teaches)[i]!]);
    expect(trainOn(examplesOf(mixed)).model).toEqual(trainOn(examplesOf(rows)).model);
  });

  const lessons = ['data-quality', 'timing', 'nothing', 'a lesson of later'];
  const endings = ['lost', 'churned'].flatMap((state) => lessons.map((teaches) => ({ state, teaches })));

  it.each(endings)('move no weight by the end of their deal: $state, $teaches', (deal) => {
    const opened = rows.map((row, i) =>
      i % 3 === 0 ? { ...row, deals: [{ state: 'open', teaches: null }] } : row,
    );
    const ended = rows.map((row, i) => (i % 3 === 0 ? { ...row, deals: [deal] } : row));
    expect(trainOn(examplesOf(ended)).model).toEqual(trainOn(examplesOf(opened)).model);
  });

  it.each([
    ['lost', 'fit', 0],
    ['lost', 'engagement', 0],
    ['churned', 'fit', 0],
    ['lost', 'timing', 1],
    ['lost', null, 1],
    ['won', null, 1],
    ['open', null, 1],
  ])('with a deal that is %s and teaches %s count as %s', (state, teaches, label) => {
    const [row] = silent('data-quality');
    const judged = judgedOf([{ ...row!, deals: [{ state, teaches, reason: 'product' }] }]);
    expect(judged).toMatchObject([{ label, reason: label === 0 ? 'product' : null }]);
  });
});
