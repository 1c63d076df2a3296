import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultFunnel } from './default-funnel.js';
import type { NurtureRule } from './funnel.js';
import {
  causesAfter,
  compileNurture,
  nextNurtureAt,
  tellDueCauses,
  type NurtureCauses,
  type NurtureFacts,
} from './nurture.js';

const DAY = 86_400_000;
const compiled = (...nurture: NurtureRule[]) => compileNurture({ ...defaultFunnel, nurture });
const inLead = { fact: 'stage', is: 'lead' };
const met: NurtureRule = { key: 'met', label: 'Met', when: inLead, afterDays: 2 };
const silent: NurtureRule = {
  key: 'silent',
  label: 'Silent',
  when: inLead,
  afterDays: 30,
  from: 'last-activity',
};
const facts = (more: Partial<NurtureFacts> = {}): NurtureFacts => ({
  ...{ points: 60, fit: 20, engagement: 40, grade: 'B', fitGrade: 'B', band: 2, cell: 'B2' },
  ...{ identified: true, consent: false, traits: {}, stage: 'lead' },
  ...more,
});
const at = (days: number, lastActivityDay = 0) => ({
  since: days * DAY,
  lastActivityAt: lastActivityDay * DAY,
});

describe('the default rules', () => {
  const rules = compileNurture(defaultFunnel);

  it.each([
    ['consent-missing', {}, true],
    ['consent-missing', { consent: true }, false],
    ['consent-missing', { points: 49 }, false],
    ['fell-back', { fellFrom: 'mql' }, true],
    ['fell-back', {}, false],
    ['recycled', { stage: 'recycled' }, true],
    ['recycled', { stage: 'disqualified' }, false],
    ['silent', { points: 0 }, true],
    ['silent', { stage: 'visitor' }, false],
  ])('%s with %p: %p', (key, more, expected) => {
    expect(key in (causesAfter(rules, null, facts(more), at(0)) ?? {})).toBe(expected);
  });
});

describe('a cause', () => {
  it('begins with its rule, is kept while that holds, and ends with it', () => {
    const rules = compiled(met);
    const begun = causesAfter(rules, null, facts(), at(1));
    expect(begun).toEqual({ met: { since: DAY } });
    expect(causesAfter(rules, begun, facts({ points: 3 }), at(2))).toBe(begun);
    expect(causesAfter(rules, begun, facts({ stage: 'mql' }), at(3))).toBeNull();
  });

  it('is due after its delay, never before, and told once', () => {
    const rules = compiled(met);
    const begun = causesAfter(rules, null, facts(), at(1));
    expect(nextNurtureAt(rules, begun, 0)).toBe(3 * DAY);
    const tellAt = (causes: NurtureCauses, now: number) =>
      tellDueCauses(rules, causes, { lastActivityAt: 0, now });
    expect(tellAt(begun, 3 * DAY - 1).due).toEqual([]);
    const { due, causes } = tellAt(begun, 3 * DAY);
    expect(due).toMatchObject([{ rule: met, since: DAY, dueAt: 3 * DAY }]);
    expect(tellAt(causes, 99 * DAY).due).toEqual([]);
    expect(nextNurtureAt(rules, causes, 0)).toBeNull();
    const ended = causesAfter(rules, causes, facts({ stage: 'mql' }), at(100));
    expect(causesAfter(rules, ended, facts(), at(101))).toEqual({ met: { since: 101 * DAY } });
  });

  it('of silence counts from the last activity, and not from before the rule held', () => {
    const rules = compiled(silent);
    const begun = causesAfter(rules, null, facts(), at(100, 2));
    expect(nextNurtureAt(rules, begun, 2 * DAY)).toBe(130 * DAY);
    expect(nextNurtureAt(rules, begun, 110 * DAY)).toBe(140 * DAY);
  });

  it('of silence is another after the next activity', () => {
    const rules = compiled(silent);
    const told = { silent: { since: 0, toldAt: 30 * DAY } };
    expect(causesAfter(rules, told, facts(), at(40, 29))).toBe(told);
    const next = causesAfter(rules, told, facts(), at(40, 40));
    expect(nextNurtureAt(rules, next, 40 * DAY)).toBe(70 * DAY);
  });

  it('is none of a funnel without rules', () => {
    expect(causesAfter([], { met: { since: 0 } }, facts(), at(1))).toBeNull();
  });
});

it('whatever happens, a rule is told only while it holds, after its delay, and once until it ends or activity follows', () => {
  const rules = compiled(met, silent);
  const step = fc.record({
    later: fc.integer({ min: 0, max: 40 }),
    stage: fc.constantFrom('lead', 'mql'),
    active: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let causes: NurtureCauses = null;
      let [now, heldSince, lastActivityAt] = [0, Infinity, 0];
      const toldAt = new Map<string, number>();
      for (const { later, stage, active } of steps) {
        now += later * DAY;
        if (active) lastActivityAt = now;
        if (stage === 'mql') heldSince = Infinity;
        else heldSince = Math.min(heldSince, now);
        causes = causesAfter(rules, causes, facts({ stage }), { since: now, lastActivityAt });
        const told = tellDueCauses(rules, causes, { lastActivityAt, now });
        causes = told.causes;
        for (const { rule, dueAt } of told.due) {
          expect(stage).toBe('lead');
          expect(dueAt).toBeLessThanOrEqual(now);
          const from = rule.from ? Math.max(heldSince, lastActivityAt) : heldSince;
          expect(dueAt).toBe(from + rule.afterDays * DAY);
          const before = toldAt.get(rule.key) ?? -1;
          expect(before < heldSince || (rule.from && before < lastActivityAt)).toBe(true);
          toldAt.set(rule.key, now);
        }
        expect(nextNurtureAt(rules, causes, lastActivityAt) ?? Infinity).toBeGreaterThan(now);
      }
    }),
  );
});
