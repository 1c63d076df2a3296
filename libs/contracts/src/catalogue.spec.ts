import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { asyncApiOf } from './asyncapi.js';
import { catalogue } from './catalogue.js';
import type { EventContract } from './event-contract.js';
import { schemasOf } from './schema.js';
import { ContractViolation, decode, encode } from './codec.js';

type Wire = Record<string, unknown>;

/** What the two validations say of the same data, as [class-validator accepts, ajv accepts]. */
const verdicts = (contract: EventContract, wire: unknown): [boolean, boolean] => {
  const instance = plainToInstance(contract.data, structuredClone(wire));
  const decorated = validateSync(instance, { whitelist: true, forbidUnknownValues: true }).length === 0;
  try {
    decode(contract, structuredClone(wire));
    return [decorated, true];
  } catch (fault) {
    if (fault instanceof ContractViolation) return [decorated, false];
    throw fault;
  }
};

/** Every place of the example, as a path of keys: nested objects of the contract included. */
const places = (contract: EventContract, name: string, value: Wire, path: string[] = []): string[][] => {
  const schema = schemasOf(contract.data, { refPrefix: '', closed: false })[name] as { properties: Wire };
  return Object.entries(value).flatMap(([field, inner]) => {
    const here = [...path, field];
    const declared = schema.properties[field] as { $ref?: string; items?: { $ref?: string } };
    if (declared.$ref) return [here, ...places(contract, declared.$ref, inner as Wire, here)];
    if (declared.items?.$ref)
      return [here, ...places(contract, declared.items.$ref, (inner as Wire[])[0]!, [...here, '0'])];
    return [here];
  });
};

const changed = (wire: Wire, path: string[], change: (owner: Wire, field: string) => void): Wire => {
  const copy = structuredClone(wire);
  const owner = path.slice(0, -1).reduce((at, key) => at[key] as Wire, copy);
  change(owner, path.at(-1)!);
  return copy;
};

const isRequired = (contract: EventContract, path: string[]): boolean => {
  let name = contract.data.name;
  const schemas = schemasOf(contract.data, { refPrefix: '', closed: false });
  for (const key of path.slice(0, -1)) {
    if (key === '0') continue;
    const declared = (schemas[name]!['properties'] as Wire)[key] as {
      $ref?: string;
      items?: { $ref?: string };
    };
    name = declared.$ref ?? declared.items!.$ref!;
  }
  return ((schemas[name]!['required'] ?? []) as string[]).includes(path.at(-1)!);
};

describe.each(catalogue.map((contract) => [contract.type, contract] as const))('%s', (_type, contract) => {
  const wire = JSON.parse(JSON.stringify(contract.example)) as Wire;

  it('survives the wire unchanged', () => {
    expect(decode(contract, JSON.parse(encode(contract, contract.example)))).toEqual(wire);
    expect(verdicts(contract, wire)).toEqual([true, true]);
  });

  it('refuses every required field when it is missing or null, by both validations alike', () => {
    for (const path of places(contract, contract.data.name, wire)) {
      const missing = changed(wire, path, (owner, field) => delete owner[field]);
      const nulled = changed(wire, path, (owner, field) => (owner[field] = null));
      expect([path, verdicts(contract, missing)]).toEqual([path, Array(2).fill(!isRequired(contract, path))]);
      expect([path, verdicts(contract, nulled)]).toEqual([path, [false, false]]);
    }
  });

  it('refuses a wrong type everywhere, by both validations alike', () => {
    for (const path of places(contract, contract.data.name, wire)) {
      const wrong = changed(
        wire,
        path,
        (owner, field) => (owner[field] = typeof owner[field] === 'string' ? 5 : 'zzz'),
      );
      expect([path, verdicts(contract, wrong)]).toEqual([path, [false, false]]);
    }
  });

  it('lets a reader pass over what it does not know and holds a writer to what is named', () => {
    expect(decode(contract, { ...structuredClone(wire), addedLater: 1 })).toEqual(wire);
    expect(() => encode(contract, { ...contract.example, addedLater: 1 })).toThrow(/addedLater/);
  });

  it('never uses an e-mail address as its key', () => {
    expect(contract.key(contract.example)).not.toContain('@');
  });
});

it('refuses what is no object', () => {
  for (const nothing of [null, 'x', 5, []])
    expect(() => decode(catalogue[0]!, nothing)).toThrow(ContractViolation);
});

it('gives every type once and a version with each', () => {
  const types = catalogue.map((contract) => contract.type);
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^[a-z]+\.[a-z-]+\.v\d+$/);
});

it('documents every event', () => {
  const document = asyncApiOf(catalogue) as { components: { messages: object; schemas: object } };
  expect(Object.keys(document.components.messages)).toHaveLength(catalogue.length);
  const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
  for (const reference of references)
    expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
});
