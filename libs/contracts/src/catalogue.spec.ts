import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { asyncApiOf } from './asyncapi.js';
import { catalogue, typeStatus } from './catalogue.js';
import { ContractViolation, decode, encode } from './codec.js';
import type { EventContract } from './event-contract.js';
import { isOpen } from './open-enum.js';
import { fieldsOf, jsonOf, withField, type Field, type Json } from './contract-fields.example.js';

/** Whether class-validator and the compiled check of writers accept the same data. */
const validity = (contract: EventContract, json: Json): [classValidator: boolean, compiled: boolean] => {
  const instance = plainToInstance(contract.data, structuredClone(json));
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return [errors.length === 0, isEncodable(contract, json)];
};

const isEncodable = (contract: EventContract, json: Json): boolean => {
  try {
    encode(contract, json);
    return true;
  } catch (fault) {
    if (fault instanceof ContractViolation) return false;
    throw fault;
  }
};

const brokenType = ({ value }: Field): unknown => (typeof value === 'string' ? 5 : 'zzz');

describe.each(catalogue.map((contract) => [contract.type, contract] as const))('%s', (_type, contract) => {
  const json = jsonOf(contract);
  const fields = fieldsOf(contract);

  it('is the same after encode and decode', () => {
    const decoded = decode(contract, JSON.parse(encode(contract, contract.example)));
    expect(decoded).toEqual({ kind: 'event', data: json });
    expect(validity(contract, json)).toEqual([true, true]);
  });

  it.each(fields.map((field) => [field.pointer, field] as const))('%s', (_pointer, field) => {
    const missing = withField(json, field, undefined);
    expect(validity(contract, missing)).toEqual([!field.required, !field.required]);
    if (field.required) expect(() => decode(contract, missing)).toThrow(ContractViolation);
    for (const value of [null, brokenType(field)]) {
      const broken = withField(json, field, value);
      expect(validity(contract, broken)).toEqual([false, false]);
      expect(() => decode(contract, broken)).toThrow(ContractViolation);
    }
  });

  const enums = fields.filter((field) => field.values);
  if (enums.length > 0)
    it.each(enums.map((field) => [field.pointer, field] as const))(
      '%s may have a value that was added later: refused on write, tolerated on read',
      (_pointer, field) => {
        const newer = withField(json, field, 'added-later');
        expect(validity(contract, newer)).toEqual([false, false]);
        const decoded = decode(contract, structuredClone(newer));
        if (isOpen(field.owner, field.name))
          expect(decoded).toEqual({ kind: 'event', data: withField(json, field, 'unknown') });
        else if (field.required)
          expect(decoded).toMatchObject({ kind: 'not-understood', pointer: field.pointer });
        else expect(decoded).toEqual({ kind: 'event', data: withField(json, field, undefined) });
      },
    );

  it('may have a field that was added later: refused on write, dropped on read', () => {
    expect(decode(contract, { ...structuredClone(json), addedLater: 1 })).toEqual({
      kind: 'event',
      data: json,
    });
    expect(() => encode(contract, { ...contract.example, addedLater: 1 })).toThrow(/addedLater/);
  });

  it('has no e-mail address as its key', () => {
    expect(contract.key(contract.example)).not.toContain('@');
  });
});

it('has each type once, with a version', () => {
  const types = catalogue.map((contract) => contract.type);
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^[a-z]+\.[a-z-]+\.v\d+$/);
});

it.each([
  ['lead.scored.v1', 'known'],
  ['lead.scored.v2', 'newer-version'],
  ['lead.scored.v0', 'unknown'],
  ['lead.scored', 'unknown'],
  ['lead.forgotten.v1', 'unknown'],
  ['', 'unknown'],
])("the type '%s' is %s", (type, status) => expect(typeStatus(type)).toBe(status));

it('documents every event', () => {
  const document = asyncApiOf(catalogue) as { components: { messages: object; schemas: object } };
  expect(Object.keys(document.components.messages)).toHaveLength(catalogue.length);
  const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
  for (const reference of references)
    expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
});
