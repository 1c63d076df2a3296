import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { compileFunnel, isReady, reachedBy, stageOf } from './stage.js';
import type { StageFacts } from './stage-facts.js';
import { afterVerdict } from './sales-status.js';
import { returned } from './sales-status.example.js';

const funnel = compileFunnel(defaultFunnel);
const good: StageFacts = {
  points: 60,
  fit: 20,
  engagement: 40,
  grade: 'B',
  fitGrade: 'B',
  band: 2,
  cell: 'B2',
  identified: true,
  consent: true,
  traits: {},
};

describe('a stage by score or identity', () => {
  it.each([
    ['mql', {}],
    ['lead', { points: 49.99 }],
    ['lead', { fit: 14 }],
    ['lead', { engagement: 14 }],
    ['lead', { consent: false }],
    ['visitor', { identified: false }],
  ])('is %s with %p', (stage, facts) => {
    expect(stageOf(funnel, null, { ...good, ...facts })).toBe(stage);
  });

  it('makes the lead ready for sales from the agreed stage on', () => {
    expect(['visitor', 'lead', 'mql'].map((stage) => isReady(funnel, null, stage))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('a stage by verdict', () => {
  const cold = { ...good, points: 0, engagement: 0 };
  const accepted = afterVerdict(null, 'accepted');

  it('is the highest that the verdicts reach, and no score lowers it', () => {
    expect(stageOf(funnel, accepted, cold)).toBe('sal');
    expect(stageOf(funnel, afterVerdict(accepted, 'qualified'), cold)).toBe('sql');
    expect(isReady(funnel, accepted, 'sal')).toBe(false);
  });

  it('is an exit after a rejection, whatever the score', () => {
    expect(stageOf(funnel, returned('recycled', 0), good)).toBe('recycled');
    expect(stageOf(funnel, returned('disqualified', 0), good)).toBe('disqualified');
  });

  it('is the next lower where the funnel has none for the verdict', () => {
    const stages = defaultFunnel.stages.filter(({ on }) => on !== 'qualified');
    const short = compileFunnel({ ...defaultFunnel, stages });
    expect(stageOf(short, afterVerdict(accepted, 'qualified'), cold)).toBe('sal');
  });
});

describe('the stages that a transition reaches', () => {
  it.each([
    ['visitor', 'mql', ['lead', 'mql']],
    ['lead', 'sql', ['mql', 'sal', 'sql']],
    ['mql', 'lead', []],
    ['mql', 'recycled', []],
    ['recycled', 'mql', ['mql']],
    ['gone-from-the-funnel', 'lead', ['lead']],
  ])('from %s to %s are %p', (from, to, reached) => {
    expect(reachedBy(funnel, from, to)).toEqual(reached);
  });
});
