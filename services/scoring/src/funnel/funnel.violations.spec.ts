import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { funnelViolations } from './funnel.violations.js';
import type { Funnel } from './funnel.js';

type Loose = { stages: Record<string, any>[]; exits: Record<string, any>[]; salesReady: { stage: string } };

const violationsAfter = (change: (funnel: Loose) => void): string[] => {
  const funnel = structuredClone(defaultFunnel) as unknown as Loose;
  change(funnel);
  return funnelViolations(funnel as unknown as Funnel).map(({ pointer }) => pointer);
};

describe('a funnel', () => {
  it('by default is sound', () => {
    expect(funnelViolations(defaultFunnel)).toEqual([]);
  });

  it.each<[string, string, (funnel: Loose) => void]>([
    ['names a stage twice', '/stages/2/key', ({ stages }) => (stages[2]!['key'] = 'lead')],
    ['names an exit as a stage', '/exits/0/key', ({ exits }) => (exits[0]!['key'] = 'lead')],
    ['has two stages for one verdict', '/stages/4/on', ({ stages }) => (stages[4]!['on'] = 'accepted')],
    ['has a score stage without a condition', '/stages/2', ({ stages }) => delete stages[2]!['when']],
    [
      'has a condition that is never evaluated',
      '/stages/3/when',
      ({ stages }) => (stages[3]!['when'] = stages[1]!['when']),
    ],
    ['has a verdict stage without a verdict', '/stages/4', ({ stages }) => delete stages[4]!['on']],
    ['has a verdict on a score stage', '/stages/2/on', ({ stages }) => (stages[2]!['on'] = 'deal-lost')],
    [
      'reads an unknown fact',
      '/stages/1/when/fact',
      ({ stages }) => (stages[1]!['when'] = { fact: 'karma', is: 1 }),
    ],
    [
      'has an identity stage that reads points',
      '/stages/1/when/fact',
      ({ stages }) => (stages[1]!['when'] = { fact: 'points', atLeast: 1 }),
    ],
    ['has a first stage with a condition', '/stages/0/by', ({ stages }) => stages.shift()],
    [
      'has a second stage by event',
      '/stages/1/by',
      ({ stages }) => (stages[1] = { ...stages[0]!, key: 'x' }),
    ],
    [
      'has a score stage after a verdict stage',
      '/stages/4/by',
      ({ stages }) => stages.splice(2, 0, ...stages.splice(3, 2)),
    ],
    ['has no stage for accepted leads', '/stages', ({ stages }) => stages.splice(3, 1)],
    ['has no exit for one outcome', '/exits', ({ exits }) => (exits[0]!['on'] = 'disqualified')],
    ['has rest days for disqualified leads', '/exits/1/restDays', ({ exits }) => (exits[1]!['restDays'] = 3)],
    [
      'names an unknown stage as sales-ready',
      '/salesReady/stage',
      ({ salesReady }) => (salesReady.stage = 'hot'),
    ],
    [
      'names a verdict stage as sales-ready',
      '/salesReady/stage',
      ({ salesReady }) => (salesReady.stage = 'sal'),
    ],
  ])('that %s is rejected at %s', (_, path, change) => {
    expect(violationsAfter(change)).toContain(path);
  });
});
