import { describe, expect, it } from '@jest/globals';
import { slaPolicy } from './sla-policy.kind.js';
import { defaultSlaPolicy as policy } from './sla-policy.js';

const pathsOf = (document: unknown) => slaPolicy.violationsOf(document).map(({ pointer }) => pointer);
const accept = (change: object) => ({ ...policy, accept: { ...policy.accept, ...change } });
const within = { amount: 8, unit: 'hours', calendar: 'elapsed' };

describe('the SLA policy as a document', () => {
  it('is refused with the path of each fault of its shape', () => {
    const wrong: [string, unknown][] = [
      ['/accept/within/amount', accept({ within: { ...within, amount: 0 } })],
      ['/accept/within/unit', accept({ within: { ...within, unit: 'weeks' } })],
      ['/accept/within/calendar', accept({ within: { ...within, calendar: 'lunar' } })],
      ['/accept/within/calendar', accept({ within: { amount: 8, unit: 'hours' } })],
      ['/accept/steps/0/at', accept({ steps: [{ at: 1.5, do: 'warn' }] })],
      ['/accept/steps/0/at', accept({ steps: [{ at: 0, do: 'warn' }] })],
      ['/firstTouch/steps/0/do', { ...policy, firstTouch: { within, steps: [{ at: 1, do: 'reassign' }] } }],
      ['/rejectReasons', { ...policy, rejectReasons: [] }],
      ['/maxReassignments', { ...policy, maxReassignments: -1 }],
      ['/grace', { ...policy, grace: 1 }],
    ];
    for (const [path, document] of wrong) expect([path, pathsOf(document)]).toEqual([path, [path]]);
  });

  it('is refused with the path of what contradicts itself', () => {
    const steps = [
      { at: 0.5, do: 'warn' },
      { at: 0.25, do: 'escalate' },
    ];
    expect(pathsOf(accept({ steps }))).toEqual(['/accept/steps/1/at']);
  });

  it('may be a matter of seconds', () => {
    expect(pathsOf(accept({ within: { amount: 0.5, unit: 'seconds', calendar: 'elapsed' } }))).toEqual([]);
    expect(pathsOf(accept({ within: { amount: 8, unit: 'hours', calendar: 'working' } }))).toEqual([]);
    expect(pathsOf(accept({ within: { amount: 1, unit: 'days', calendar: 'working' } }))).toEqual([
      '/accept/within/unit',
    ]);
  });

  it('is read without the number of attempts that version 1 had', () => {
    const attempts = { count: 5, within: { amount: 14, unit: 'days', calendar: 'elapsed' } };
    expect(slaPolicy.upcast({ ...policy, attempts }, 1)).toEqual(policy);
    expect(pathsOf({ ...policy, attempts })).toEqual(['/attempts']);
  });

  it('is read with a way to return leads that never answer, which version 2 had not', () => {
    const rejectReasons = policy.rejectReasons.map(({ afterAcceptance: _, ...reason }) => reason);
    const { rejectReasons: read } = slaPolicy.upcast({ ...policy, rejectReasons }, 2) as typeof policy;
    expect(read.filter(({ afterAcceptance }) => afterAcceptance).map(({ code }) => code)).toEqual([
      'unresponsive',
    ]);
  });
});
