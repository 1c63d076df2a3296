import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {
  conditionRef,
  conditionSchema,
  conditionViolations,
  MAX_TEXT_LENGTH,
  type Condition,
} from './index.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
const accepts = ajv.addSchema(conditionSchema).compile({
  type: 'object',
  properties: { when: conditionRef, again: conditionRef },
});

const names = fc.constantFrom('points', 'traits.a', 'x'.repeat(MAX_TEXT_LENGTH));
const operand = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc
    .array(fc.oneof(fc.string({ maxLength: 3 }), fc.integer()), { maxLength: 3 })
    .map((list) => [...new Set(list)]),
);
const operators = [
  'is',
  'isNot',
  'in',
  'notIn',
  'hasWord',
  'contains',
  'startsWith',
  'endsWith',
  'atLeast',
  'exists',
  'matches',
];
const nodes = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(names, fc.constantFrom(...operators), operand)
      .map(([fact, name, value]) => ({ fact, [name]: value })),
    fc.record({ fact: names, is: operand, atMost: operand }, { requiredKeys: [] }),
    fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { maxLength: 3 }), not: tie('node') }, { requiredKeys: [] }),
    operand,
  ),
})).node;

describe('the JSON Schema of a condition', () => {
  it('agrees with conditionViolations for every shape', () => {
    const facts = { points: 'any', 'traits.*': 'any', ['x'.repeat(MAX_TEXT_LENGTH)]: 'any' } as const;
    const ofShape = (node: unknown) =>
      conditionViolations(node, facts).filter(({ detail }) => !detail.startsWith('can never hold'));
    fc.assert(
      fc.property(nodes, (node) => {
        expect(accepts({ when: node })).toBe(ofShape(node).length === 0);
      }),
      { numRuns: 3000 },
    );
  });

  it('may be referred to from several places of one document', () => {
    const when: Condition = { any: [{ fact: 'points', atLeast: 50 }] };
    expect(accepts({ when, again: when })).toBe(true);
    expect(accepts({ when, again: { any: [] } })).toBe(false);
    expect(accepts.errors?.[0]?.instancePath).toBe('/again/any');
  });
});
