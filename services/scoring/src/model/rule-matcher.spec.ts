import { describe, expect, it } from '@jest/globals';
import { compile } from '@baton/conditions';
import fc from 'fast-check';
import { defaultScoringModel } from './default-scoring-model.js';
import { compileModel } from './compiled-model.js';
import { ruleMatcher } from './rule-matcher.js';

describe('matching rules', () => {
  const value = fc.oneof(
    fc.constantFrom('', '1', 's', '1s1', 'pricing', 'form', 'page', '\u0000', '\u0000number1\u0000'),
    fc.constantFrom(1, true, null, undefined, ['form'], { a: 'form' }),
    fc.string({ maxLength: 400 }),
  );
  const facts = fc.record(
    { a: value, b: value, deep: fc.record({ c: value }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  );
  const rules = ['a', 'b', 'deep.c'].flatMap((fact) => [
    { key: `${fact}-is`, when: { fact, is: '1' } },
    { key: `${fact}-number`, when: { fact, is: 1 } },
    { key: `${fact}-there`, when: { any: [{ fact, exists: true }, { not: { fact, contains: 'form' } }] } },
  ]);

  it('are the same from the cache and without it', () => {
    const compiled = rules.map(({ key, when }) => ({ key, holds: compile(when) }));
    const match = ruleMatcher(compiled, rules as never);
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 30 }), (all) => {
        for (const each of [...all, ...all])
          expect(match(each)).toEqual(compiled.filter(({ holds }) => holds(each)));
      }),
    );
  });

  it('are evaluated once for facts that differ only where no rule reads them', () => {
    let evaluations = 0;
    const rule = { holds: () => (evaluations += 1) > 0 };
    const match = ruleMatcher([rule], [{ when: { fact: 'kind', is: 'page' } }] as never);
    match({ kind: 'page', name: 'one' });
    match({ kind: 'page', name: 'other' });
    expect(evaluations).toBe(1);
  });

  it('are separated by axis', () => {
    const model = compileModel(defaultScoringModel);
    expect(model.matchEngagement({ kind: 'form' }).map(({ key }) => key)).toEqual(['form-filled']);
    expect(model.matchFit({ traits: { company: 'E' } }).map(({ key }) => key)).toEqual(['company-known']);
  });
});
