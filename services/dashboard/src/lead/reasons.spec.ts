import { describe, expect, it } from '@jest/globals';
import type { ScoreExplanation } from '../api/shapes.js';
import { axesOf, groupsOf, signed, strongestOf } from './reasons.js';

const contribution = (rule: string, points: number, occurredAt: string | null) => ({
  rule,
  label: rule,
  group: rule === 'size' ? 'company' : 'intent',
  points,
  original: points * 2,
  activityId: occurredAt,
  occurredAt,
  times: 1,
  dropsOutAt: null,
});

const score: ScoreExplanation = {
  points: 48,
  fit: 20,
  engagement: 28,
  grade: 'C',
  modelId: 'scoring-model-1',
  fitGrade: 'B',
  band: 2,
  cell: 'B2',
  stage: 'lead',
  owner: null,
  account: null,
  complete: true,
  rest: { count: 0, points: 0 },
  scoredAt: '2026-01-05T09:00:00.000Z',
  groups: [
    { key: 'company', label: 'Company', axis: 'fit', points: 20, cap: 30 },
    { key: 'intent', label: 'Intent', axis: 'engagement', points: 28, cap: 60 },
  ],
  rules: [
    { rule: 'page', label: 'looked at a page', group: 'intent', points: 3, cap: 3 },
    { rule: 'pricing', label: 'asked for pricing', group: 'intent', points: 25, cap: null },
    { rule: 'old', label: 'long ago', group: 'intent', points: 0.001, cap: null },
    { rule: 'size', label: 'company of the right size', group: 'company', points: 20, cap: null },
    { rule: 'never', label: 'never happened', group: 'intent', points: 0, cap: null },
  ],
  contributions: [
    contribution('page', 2, '2026-01-04T09:00:00.000Z'),
    contribution('page', 2, '2026-01-05T09:00:00.000Z'),
    contribution('pricing', 25, '2026-01-03T09:00:00.000Z'),
    contribution('old', 0.001, '2025-01-03T09:00:00.000Z'),
    contribution('size', 20, null),
  ],
};

describe('the reasons of a score', () => {
  it('are one line per rule with its capped points, how often and when last', () => {
    const intent = groupsOf(score).find(({ key }) => key === 'intent');
    expect(intent?.reasons).toMatchObject([
      { rule: 'pricing', points: 25, times: 1, original: 50, cap: null },
      { rule: 'page', points: 3, times: 2, original: 8, latest: '2026-01-05T09:00:00.000Z', cap: 3 },
    ]);
  });

  it('are told strongest first, over both axes', () => {
    expect(strongestOf(score, 2).map(({ rule }) => rule)).toEqual(['pricing', 'size']);
  });

  it('belong to an axis that can give what its groups can', () => {
    expect(axesOf(score).map(({ axis, points, cap }) => [axis, points, cap])).toEqual([
      ['fit', 20, 30],
      ['engagement', 28, 60],
    ]);
  });

  it('have a sign, and little is not nothing', () => {
    expect([25.4, -10, 0.36, 0].map(signed)).toEqual(['+25', '−10', '+0.4', '+0']);
  });
});
