import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { funnelFaults } from './funnel.faults.js';
import type { Funnel } from './funnel.js';

type Loose = { stages: Record<string, any>[]; exits: Record<string, any>[]; salesReady: { stage: string } };

const faultsAfter = (change: (funnel: Loose) => void): string[] => {
  const funnel = structuredClone(defaultFunnel) as unknown as Loose;
  change(funnel);
  return funnelFaults(funnel as unknown as Funnel).map(({ pointer }) => pointer);
};

describe('a funnel', () => {
  it('that ships is sound', () => {
    expect(funnelFaults(defaultFunnel)).toEqual([]);
  });

  it.each<[string, string, (funnel: Loose) => void]>([
    ['names a stage twice', '/stages/2/key', ({ stages }) => (stages[2]!['key'] = 'lead')],
    ['names an exit as a stage', '/exits/0/key', ({ exits }) => (exits[0]!['key'] = 'lead')],
    ['has two stages for one verdict', '/stages/4/on', ({ stages }) => (stages[4]!['on'] = 'accepted')],
    ['has a score stage without a condition', '/stages/2', ({ stages }) => delete stages[2]!['when']],
    [
      'has a condition nobody asks',
      '/stages/3/when',
      ({ stages }) => (stages[3]!['when'] = stages[1]!['when']),
    ],
    ['has a verdict stage without a verdict', '/stages/4', ({ stages }) => delete stages[4]!['on']],
    ['has a verdict nobody gives', '/stages/2/on', ({ stages }) => (stages[2]!['on'] = 'deal-lost')],
    [
      'asks for a fact nobody knows',
      '/stages/1/when/fact',
      ({ stages }) => (stages[1]!['when'] = { fact: 'karma', is: 1 }),
    ],
    [
      'lets points decide identity',
      '/stages/1/when/fact',
      ({ stages }) => (stages[1]!['when'] = { fact: 'points', atLeast: 1 }),
    ],
    ['begins with a condition', '/stages/0/by', ({ stages }) => stages.shift()],
    [
      'lets everybody in further up',
      '/stages/1/by',
      ({ stages }) => (stages[1] = { ...stages[0]!, key: 'x' }),
    ],
    [
      'lets a score decide after sales did',
      '/stages/4/by',
      ({ stages }) => stages.splice(2, 0, ...stages.splice(3, 2)),
    ],
    ['has no place for an accepted lead', '/stages', ({ stages }) => stages.splice(3, 1)],
    ['has no exit for one outcome', '/exits', ({ exits }) => (exits[0]!['on'] = 'disqualified')],
    ['lets a disqualified lead rest', '/exits/1/restDays', ({ exits }) => (exits[1]!['restDays'] = 3)],
    ['offers from a stage there is not', '/salesReady/stage', ({ salesReady }) => (salesReady.stage = 'hot')],
    ['offers what sales has already', '/salesReady/stage', ({ salesReady }) => (salesReady.stage = 'sal')],
  ])('that %s is told so at %s', (_, path, change) => {
    expect(faultsAfter(change)).toContain(path);
  });
});
