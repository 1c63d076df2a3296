import { describe, expect, it } from '@jest/globals';
import { activityOf } from '../activity/activity.js';
import { DAY, defaultDefinitions, NOW, salesReadyForm } from '../lead/lead.example.js';
import { newLead } from '../lead/record-activity.js';
import { tally } from '../score/tally.js';
import { columnsOfFacts } from './fact-columns.js';
import { factsOf } from './facts.js';

const { model } = defaultDefinitions;
const form = activityOf(salesReadyForm({}, 10));
const lead = {
  ...newLead('lead-1', form, defaultDefinitions, NOW - 10 * DAY),
  traits: {
    email: 'ada@engines.example',
    name: 'Ada King',
    phone: '+44 20 7946 0000',
    emailKind: 'business',
    employees: 250,
    industry: 'machines',
  },
  tallies: tally(model, {}, form),
};

describe('the facts of a lead', () => {
  const facts = factsOf(model, lead, NOW);

  it('are points by rule, recency and traits', () => {
    expect(facts).toMatchObject({
      channel: 'paid-search',
      emailKind: 'business',
      employees: 250,
      industry: 'machines',
      'days since last activity': 10,
      'days since form-filled': 10,
      'rule fifty-employees': expect.any(Number),
    });
    expect(facts['rule form-filled']).toBeGreaterThan(0);
  });

  it('name no person', () => {
    expect(JSON.stringify(facts)).not.toMatch(/ada|king|7946/i);
  });

  it('of rules are points as decayed at their instant', () => {
    const later = factsOf(model, lead, NOW + 60 * DAY);
    expect(later['rule form-filled']).toBeLessThan(facts['rule form-filled'] as number);
    expect(later['days since last activity']).toBe(70);
  });

  it('become columns: rules without a match have no points, other absent facts are missing', () => {
    const columns = columnsOfFacts([facts, { campaign: 'Spring', active: true }, { active: 3 }]);
    const cells = (name: string) =>
      Array.from(columns.find((column) => column.name === name)!.values as unknown[]);
    expect(cells('rule form-filled')).toEqual([facts['rule form-filled'], 0, 0]);
    expect(cells('days since form-filled')).toEqual([10, NaN, NaN]);
    expect(cells('campaign')).toEqual(['spring-launch', 'spring', undefined]);
    expect(cells('active')).toEqual([undefined, 'yes', '3']);
  });
});
