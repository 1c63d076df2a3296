import fc from 'fast-check';
import type { Rule, ScorableActivity, ScoringModel } from './scoring-model.js';

const NAMES = ['a', 'b', 'c', 'd'];
export const NOW = Date.parse('2026-01-05T09:00:00.000Z');
const DAY = 86_400_000;

const points = fc.integer({ min: -60, max: 60 }).filter((points) => points !== 0);
const halfLife = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('hours', 'days'),
});

/** Several rules may match one activity; with and without caps and half-lives, positive and negative. */
const engagementRule = fc.record(
  {
    key: fc.uuid(),
    label: fc.constant('page view'),
    group: fc.constantFrom('web', 'intent'),
    when: fc.constantFrom(...NAMES).map((name) => ({ fact: 'name', is: name })),
    points,
    cap: fc.integer({ min: 1, max: 100 }),
    halfLife,
  },
  { requiredKeys: ['key', 'label', 'group', 'when', 'points'] },
);

const period = fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom('hours', 'days') });

/** Rules whose points hold for a period. */
const windowRule = fc
  .record({
    key: fc.uuid(),
    label: fc.constant('page views'),
    group: fc.constantFrom('web', 'intent'),
    when: fc.constantFrom(...NAMES).map((name) => ({ fact: 'name', is: name })),
    points,
    window: fc.oneof(
      period.map((noneFor) => ({ noneFor })),
      fc.record({ times: fc.record({ atLeast: fc.integer({ min: 1, max: 4 }), within: period }) }),
    ),
  })
  .map(({ window, ...rule }) => ({ ...rule, ...window }));

const fitRule = fc.record({
  key: fc.uuid(),
  label: fc.constant('known role'),
  group: fc.constant('who'),
  when: fc.constantFrom(...NAMES).map((name) => ({ fact: 'traits.is', is: name })),
  points,
});

/** Any model. The limits of the total are wide, so that they do not hide differences in the sums. */
export const anyModel: fc.Arbitrary<ScoringModel> = fc
  .record({
    rules: fc.array(engagementRule, { minLength: 1, maxLength: 6 }),
    fit: fc.array(fitRule, { maxLength: 2 }),
    windows: fc.array(windowRule, { maxLength: 3 }),
    caps: fc.tuple(
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 80 }),
    ),
  })
  .map(({ rules, fit, windows, caps: [who, web, intent] }) => ({
    grades: [
      { grade: 'A', from: 20 },
      { grade: 'B', from: -1_000 },
    ],
    total: { min: -1_000, max: 1_000 },
    groups: [
      { key: 'who', label: 'Who', axis: 'fit' as const, cap: who },
      { key: 'web', label: 'Web', axis: 'engagement' as const, cap: web },
      { key: 'intent', label: 'Intent', axis: 'engagement' as const, cap: intent },
    ],
    rules: [...rules, ...windows, ...fit] as Rule[],
  }));

export interface ExampleActivity extends ScorableActivity {
  readonly id: string;
}

/** An activity of the last year; ages of whole days are frequent, because whole half-lives give exact halves. */
export const anyActivity: fc.Arbitrary<ExampleActivity> = fc
  .record({
    id: fc.uuid(),
    name: fc.constantFrom(...NAMES),
    bot: fc.constant(false),
    age: fc.oneof(
      fc.integer({ min: 0, max: 365 * DAY }),
      fc.integer({ min: 0, max: 60 }).map((days) => days * DAY),
    ),
  })
  .map(({ age, ...activity }) => ({
    ...activity,
    kind: 'track',
    channel: 'direct',
    sourceId: 'website',
    properties: {},
    at: NOW - age,
  }));

export const anyHistory: fc.Arbitrary<ExampleActivity[]> = fc.uniqueArray(anyActivity, {
  maxLength: 25,
  selector: ({ id }) => id,
});

export const anyTraits: fc.Arbitrary<Record<string, unknown>> = fc.record(
  { is: fc.constantFrom(...NAMES) },
  { requiredKeys: [] },
);
