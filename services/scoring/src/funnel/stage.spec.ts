import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { compileFunnel, isReady, reachedBy, stageOf, type StageFacts } from './stage.js';
import { advanced, rejected } from './sales-status.js';

const funnel = compileFunnel(defaultFunnel);
const good: StageFacts = {
  points: 60,
  fit: 20,
  engagement: 40,
  grade: 'B',
  identified: true,
  consent: true,
  traits: {},
};

describe('a stage that marketing decides', () => {
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

describe('a stage that sales decides', () => {
  const cold = { ...good, points: 0, engagement: 0 };
  const accepted = advanced(null, 'accepted');

  it('is the highest that its verdicts reach, and no score takes it back', () => {
    expect(stageOf(funnel, accepted, cold)).toBe('sal');
    expect(stageOf(funnel, advanced(accepted, 'qualified'), cold)).toBe('sql');
    expect(isReady(funnel, accepted, 'sal')).toBe(false);
  });

  it('is an exit after a rejection, however many points there are', () => {
    expect(stageOf(funnel, rejected({ outcome: 'recycled', at: 0 }), good)).toBe('recycled');
    expect(stageOf(funnel, rejected({ outcome: 'disqualified', at: 0 }), good)).toBe('disqualified');
  });

  it('is the next lower where the funnel has none for the verdict', () => {
    const stages = defaultFunnel.stages.filter(({ on }) => on !== 'qualified');
    const short = compileFunnel({ ...defaultFunnel, stages });
    expect(stageOf(short, advanced(accepted, 'qualified'), cold)).toBe('sal');
  });
});

describe('the stages a step reaches', () => {
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
