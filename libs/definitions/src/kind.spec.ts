import { describe, expect, it } from '@jest/globals';
import { conditionRef, conditionSchema } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundledSchema, defineKind } from './kind.js';

interface Plan {
  readonly steps: readonly { readonly key: string; readonly when?: object; readonly do?: string }[];
  readonly every?: number | { readonly days: number };
}

const schema = {
  title: 'Plan',
  type: 'object',
  additionalProperties: false,
  required: ['steps'],
  properties: {
    steps: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key'],
        properties: {
          key: { type: 'string', minLength: 1 },
          when: conditionRef,
          do: { enum: ['call', 'mail'] },
        },
      },
    },
    every: {
      description: 'a number of hours, or { days }',
      oneOf: [{ type: 'number' }, { type: 'object', required: ['days'] }],
    },
  },
};

const twice = ({ steps }: Plan): Violation[] =>
  steps.flatMap(({ key }, n) =>
    steps.findIndex((each) => each.key === key) < n
      ? { pointer: `/steps/${n}/key`, detail: 'is a duplicate' }
      : [],
  );

const plan = defineKind<Plan>({ name: 'plan', schema, check: twice, default: { steps: [{ key: 'a' }] } });

describe('a document', () => {
  it('that is valid has no violations', () => {
    const when = { any: [{ fact: 'points', atLeast: 5 }] };
    expect(plan.violationsOf({ steps: [{ key: 'a', when, do: 'call' }], every: { days: 2 } })).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    [{}, '/steps', 'is missing'],
    [{ steps: [] }, '/steps', 'must NOT have fewer than 1 items'],
    [{ steps: [{ key: 'a' }, {}] }, '/steps/1/key', 'is missing'],
    [{ steps: [{ key: 'a', 'x/y': 1 }] }, '/steps/0/x~1y', 'is not known here'],
    [{ steps: [{ key: 'a', do: 'nag' }] }, '/steps/0/do', 'must be one of call, mail'],
    [{ steps: [{ key: 'a' }], every: 'day' }, '/every', 'must be a number of hours, or { days }'],
    [{ steps: [{ key: 'a', when: { all: [] } }] }, '/steps/0/when/all', 'must NOT have fewer than 1 items'],
    [
      { steps: [{ key: 'a', when: { any: [{ fact: 'x', atLeast: 'many' }] } }] },
      '/steps/0/when/any/0/atLeast',
      'must be number',
    ],
    [
      { steps: [{ key: 'a', when: { not: { fact: 'x' } } }] },
      '/steps/0/when/not',
      'must be either `all`, `any` or `not` alone, or a `fact` with exactly one comparison',
    ],
    [{ steps: [{ key: 'a' }, { key: 'a' }] }, '/steps/1/key', 'is a duplicate'],
    [{ steps: [{ key: 'a\0b' }] }, '/steps/0/key', 'contains characters that cannot be stored'],
    [{ steps: [{ key: 'a\ud800' }] }, '/steps/0/key', 'contains characters that cannot be stored'],
    [{ steps: [{ key: 'a' }], '\0': 1 }, '', 'has a name that cannot be stored'],
    [{ steps: [{ key: 'x'.repeat(300_000) }] }, '', 'is longer than 200000 characters'],
    [null, '', 'must be object'],
  ])('%#: is refused with the pointer of the violation', (document, path, message) => {
    expect(plan.violationsOf(document)).toEqual([{ pointer: path, detail: message }]);
  });

  it('is refused with every violation at once', () => {
    const violations = plan.violationsOf({ steps: [{ key: 1 }, { do: 'x' }] });
    expect(violations.map(({ pointer }) => pointer).sort()).toEqual([
      '/steps/0/key',
      '/steps/1/do',
      '/steps/1/key',
    ]);
  });

  it('of any depth is refused without recursion', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 200_000; n += 1) deep = { deep };
    expect(plan.violationsOf(deep)).toMatchObject([{ detail: 'is deeper than 32 levels' }]);
  });
});

describe('a kind', () => {
  it('cannot be declared with an invalid default', () => {
    const broken = () => defineKind<Plan>({ name: 'plan', schema, check: twice, default: { steps: [] } });
    expect(broken).toThrow('/steps');
  });

  it('has a name that fits ids and paths', () => {
    const default_ = { steps: [{ key: 'a' }] };
    for (const name of ['', 'Plan', 'sla policy', 'plan-2', '-plan'])
      expect(() => defineKind<Plan>({ name, schema, default: default_ })).toThrow('not a valid name');
  });

  it('publishes a schema without external references', () => {
    const bundled = bundledSchema(plan);
    const accepts = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
      bundled,
    );
    expect(accepts({ steps: [{ key: 'a', when: { fact: 'x', is: 1 } }] })).toBe(true);
    expect(accepts({ steps: [{ key: 'a', when: { fact: 'x' } }] })).toBe(false);
    expect(bundled).toMatchObject({ $defs: { condition: { $id: conditionSchema.$id } } });
  });
});
