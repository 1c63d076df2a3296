import { describe, expect, it } from '@jest/globals';
import { compile } from '@baton/conditions';
import fc from 'fast-check';
import { defaultScoringModel } from './default-scoring-model.js';
import { compileModel } from './compiled-model.js';
import { matching } from './rule-matcher.js';

describe('the rules that hold', () => {
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

  it('are the same whether it was asked before or not', () => {
    const compiled = rules.map(({ key, when }) => ({ key, holds: compile(when) }));
    const held = matching(compiled, rules as never);
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 30 }), (all) => {
        for (const each of [...all, ...all])
          expect(held(each)).toEqual(compiled.filter(({ holds }) => holds(each)));
      }),
    );
  });

  it('are asked once for what looks the same to them', () => {
    let asked = 0;
    const rule = { holds: () => (asked += 1) > 0 };
    const held = matching([rule], [{ when: { fact: 'kind', is: 'page' } }] as never);
    held({ kind: 'page', name: 'one' });
    held({ kind: 'page', name: 'other' });
    expect(asked).toBe(1);
  });

  it('are told apart by axis', () => {
    const model = compileModel(defaultScoringModel);
    expect(model.engaging({ kind: 'form' }).map(({ key }) => key)).toEqual(['form-filled']);
    expect(model.fitting({ traits: { company: 'E' } }).map(({ key }) => key)).toEqual(['company-known']);
  });
});
