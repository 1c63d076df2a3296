import { schemasOf, type JsonSchema } from '@baton/contracts';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { isNullable } from './nullable.js';

export type Shape = new () => object;
type Properties = Record<string, JsonSchema>;

/** OpenAPI 3.1 schemas of a class decorated with class-validator and of those nested in it, by class name. */
export const openApiSchemasOf = (shape: Shape, use: 'request' | 'response'): Record<string, JsonSchema> =>
  schemasOf(shape, {
    refPrefix: '#/components/schemas/',
    closed: use === 'request',
    refine: (schema, target) => {
      const exact = withNulls(schema, target);
      return use === 'request' ? withDefaults(exact, target) : exact;
    },
  });

/** Whether the class has class-validator decorators. */
export const isShape = (target: unknown): target is Shape =>
  typeof target === 'function' && rulesOf(target).length > 0;

const rulesOf = (target: object) =>
  getMetadataStorage().getTargetValidationMetadatas(target as Shape, '', true, false);

/** The generator treats `@Nullable` like any other condition and makes such properties optional. */
const withNulls = (schema: JsonSchema, target: Shape): JsonSchema => {
  const properties = { ...(schema['properties'] as Properties) };
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  for (const [name, property] of Object.entries(properties)) {
    if (!isNullable(target, name)) continue;
    properties[name] = orNull(property);
    if (conditionsOf(target, name) === 1) required.add(name);
  }
  const order = Object.keys(properties).filter((name) => required.has(name));
  return { ...schema, properties, required: order };
};

/** A property with an initial value is optional in a request. */
const withDefaults = (schema: JsonSchema, target: Shape): JsonSchema => {
  const initial = new target() as Record<string, unknown>;
  const properties = { ...(schema['properties'] as Properties) };
  for (const name of Object.keys(properties)) {
    if (initial[name] !== undefined) properties[name] = { ...properties[name], default: initial[name] };
  }
  const required = ((schema['required'] as string[] | undefined) ?? []).filter(
    (name) => initial[name] === undefined,
  );
  return { ...schema, properties, required };
};

const orNull = (property: JsonSchema): JsonSchema =>
  typeof property['type'] === 'string' && !('enum' in property) && !('$ref' in property)
    ? { ...property, type: [property['type'], 'null'] }
    : { anyOf: [property, { type: 'null' }] };

const conditionsOf = (target: Shape, name: string): number =>
  rulesOf(target).filter(
    (rule) => rule.propertyName === name && rule.type === ValidationTypes.CONDITIONAL_VALIDATION,
  ).length;
