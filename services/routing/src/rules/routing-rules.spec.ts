import { describe, expect, it } from '@jest/globals';
import { LeadStageChanged } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { existingSteps } from './compile-rules.js';
import { routingFactsOf } from './routing-rules.js';
import type { Route } from './compile-rules.js';
import { routingRules } from './routing-rules.kind.js';

const rule = (key: string, when: unknown, team: string) => ({ key, name: `Rule ${key}`, when, to: { team } });
const document: any = {
  rules: [
    rule('dach', { fact: 'country', in: ['DE', 'AT', 'CH'] }, 'DACH'),
    rule('large', { fact: 'employees', atLeast: 1000 }, 'Enterprise'),
  ],
  fallback: { team: 'Sales' },
};
const pathsOf = (rules: unknown) => routingRules.violationsOf(rules).map(({ pointer }) => pointer);

describe('routing rules as a document', () => {
  it('are refused with the path of each fault', () => {
    const [first, second] = document.rules;
    const wrong: [string, unknown][] = [
      ['/fallback', { rules: [] }],
      ['/fallback/team', { rules: [], fallback: {} }],
      ['/fallback/team', { rules: [], fallback: { team: '' } }],
      ['/rules/0/to', { ...document, rules: [{ ...first, to: undefined }] }],
      ['/rules/0/to/team', { ...document, rules: [{ ...first, to: { team: 'a/b' } }] }],
      ['/rules/0/to/team', { ...document, rules: [{ ...first, to: { skills: ['x'] } }] }],
      ['/rules/0/to/owner', { ...document, rules: [{ ...first, to: { owner: 'company' } }] }],
      ['/rules/0/to/strategy', { ...document, rules: [{ ...first, to: { team: 'A', strategy: 'x' } }] }],
      ['/rules/0/to/skills', { ...document, rules: [{ ...first, to: { owner: 'lead', skills: ['x'] } }] }],
      ['/rules/0/to/sellers/0', { ...document, rules: [{ ...first, to: { team: 'A', sellers: ['Sam'] } }] }],
      ['/rules/0/to/languages', { ...document, rules: [{ ...first, to: { team: 'A', languages: [] } }] }],
      ['/territories/0/within', { ...document, territories: [{ name: 'A', within: 'B' }] }],
      ['/territories/0/within', { ...document, territories: [{ name: 'A', within: 'A' }] }],
      ['/territories/1/name', { ...document, territories: [{ name: 'EU' }, { name: ' eu' }] }],
      ['/territories/0/when/fact', { ...document, territories: [{ name: 'A', when: { fact: 'x', is: 1 } }] }],
      ['/rules/0/when/fact', { ...document, rules: [{ ...first, when: { fact: 'email', exists: true } }] }],
      ['/rules/1/key', { ...document, rules: [first, { ...second, key: first.key }] }],
      ['/rules/1/name', { ...document, rules: [first, { ...second, name: first.name }] }],
      ['/territory', { ...document, territory: 1 }],
    ];
    expect(pathsOf(document)).toEqual([]);
    for (const [path, rules] of wrong)
      expect([path, pathsOf(JSON.parse(JSON.stringify(rules)))]).toEqual([path, [path]]);
  });

  it('are read as sentences', () => {
    expect(routingRules.describe!(document).map(({ words }) => words)).toEqual([
      '1. Rule dach: a lead goes to team DACH when country is one of “DE”, “AT” or “CH”.',
      '2. Rule large: a lead goes to team Enterprise when employees is at least 1000.',
      'A lead that no rule matches, or that no seller of its rule can take, goes to team Sales.',
    ]);
  });
});

/** The route in short: the rule and the team or owner of each step. */
const short = (route: Route) =>
  route.map((step) => [step.rule, 'pool' in step ? step.pool.team : step.owner]);

describe('a lead', () => {
  const { routeOf } = routingRules.compile(document);

  it.each([
    [{ country: ' de ' }, 'Rule dach', 'DACH'],
    [{ country: 'AT', employees: 5000 }, 'Rule dach', 'DACH'],
    [{ country: 'FR', employees: 1000 }, 'Rule large', 'Enterprise'],
  ])('with %j is decided by %s', (facts, decidedBy, team) => {
    expect(short(routeOf(facts))).toEqual([
      [decidedBy, team],
      [null, 'Sales'],
    ]);
  });

  it.each([{ country: 'FR', employees: 999 }, {}])('with %j goes to the fallback', (facts) => {
    expect(short(routeOf(facts))).toEqual([[null, 'Sales']]);
  });

  it('asks the owners of the rules before the one that decides', () => {
    const owners = {
      ...document,
      rules: [
        { key: 'again', name: 'Again', to: { owner: 'lead' } },
        { key: 'bank', name: 'Bank', when: { fact: 'industry', is: 'bank' }, to: { owner: 'account' } },
        ...document.rules,
      ],
    };
    const compiled = routingRules.compile(owners);
    expect([...compiled.owners]).toEqual(['lead', 'account']);
    expect(short(compiled.routeOf({ country: 'DE' }))).toEqual([
      ['Again', 'lead'],
      ['Rule dach', 'DACH'],
      [null, 'Sales'],
    ]);
    expect(short(compiled.routeOf({ industry: 'Bank' }))).toEqual([
      ['Again', 'lead'],
      ['Bank', 'account'],
      [null, 'Sales'],
    ]);
  });

  it('goes to the default team under the default rules', () => {
    expect(short(routingRules.compile(routingRules.default).routeOf({ country: 'DE' }))).toEqual([
      [null, 'Sales'],
    ]);
  });

  it('has a team, whichever exist', () => {
    const of = (names: string[]) =>
      short(existingSteps(routeOf({ country: 'DE' }), names)).map(([, team]) => team);
    expect(of(['DACH', 'Sales'])).toEqual(['DACH', 'Sales']);
    expect(of(['Sales'])).toEqual(['Sales']);
    expect(of(['DACH'])).toEqual(['DACH']);
    expect(of([])).toEqual(['Sales']);
  });

  it('asks a team twice only when sellers were left out the first time', () => {
    const pools = (to: object) => {
      const rules = { rules: [{ key: 'a', name: 'A', to }], fallback: { team: 'Sales' } } as any;
      return existingSteps(routingRules.compile(rules).routeOf({}), ['Sales']).length;
    };
    expect(pools({ team: 'Sales' })).toBe(1);
    expect(pools({ team: 'Sales', strategy: 'least-loaded' })).toBe(1);
    expect(pools({ team: 'Sales', skills: ['x'] })).toBe(2);
  });

  it('is judged by the facts of its stage change', () => {
    const change = eventOf(LeadStageChanged, { profile: { country: 'DE', employees: 7 }, to: 'mql' });
    expect(routingFactsOf(change)).toMatchObject({
      country: 'DE',
      employees: 7,
      stage: 'mql',
      points: change.score.points,
    });
  });
});
