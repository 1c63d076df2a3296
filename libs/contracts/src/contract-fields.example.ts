import type { ClassConstructor } from 'class-transformer';
import type { EventContract } from './event-contract.js';
import { nestedClasses, schemasOf } from './schema.js';

export type Json = Record<string, any>;

/** A field of a contract's example, nested ones included. */
export interface Field {
  readonly pointer: string;
  /** The class that declares the field. */
  readonly owner: ClassConstructor<object>;
  readonly name: string;
  readonly required: boolean;
  /** Of an enum. */
  readonly values?: readonly string[];
  readonly value: unknown;
}

/** The contract's example as JSON. */
export const jsonOf = ({ example }: EventContract): Json => JSON.parse(JSON.stringify(example)) as Json;

interface FieldSchema {
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly $ref?: string };
}

export const fieldsOf = (contract: EventContract): Field[] => {
  const schemas = schemasOf(contract.data, { refPrefix: '', closed: false });
  const visit = (owner: ClassConstructor<object>, value: Json, parent: string): Field[] => {
    const { properties, required = [] } = schemas[owner.name] as {
      properties: Record<string, FieldSchema>;
      required?: string[];
    };
    const nested = new Map(nestedClasses(owner).map((type) => [type.name, type]));
    return Object.entries(value).flatMap(([name, inner]: [string, Json]) => {
      const schema = properties[name]!;
      const pointer = `${parent}/${name}`;
      const field: Field = {
        pointer,
        owner,
        name,
        required: required.includes(name),
        value: inner,
        ...(schema.enum ? { values: schema.enum } : {}),
      };
      if (schema.$ref) return [field, ...visit(nested.get(schema.$ref)!, inner, pointer)];
      if (schema.items?.$ref)
        return [field, ...visit(nested.get(schema.items.$ref)!, inner[0] as Json, `${pointer}/0`)];
      return [field];
    });
  };
  return visit(contract.data, jsonOf(contract), '');
};

/** A copy of the JSON with another value in a field; `undefined` removes it. */
export const withField = (json: Json, { pointer }: Field, value: unknown): Json => {
  const copy = structuredClone(json);
  const names = pointer.split('/').slice(1);
  const name = names.pop()!;
  const owner = names.reduce<Json>((at, key) => at[key] as Json, copy);
  if (value === undefined) delete owner[name];
  else owner[name] = value;
  return copy;
};
