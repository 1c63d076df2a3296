// The package has no types for that path; the reference gives ours to every importer of this source.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./class-transformer-storage.d.ts" />
import 'reflect-metadata';
import type { ClassConstructor } from 'class-transformer';
// class-transformer has no public API to read what @Type declared.
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';

export type JsonSchema = Record<string, unknown>;

interface SchemaOptions {
  readonly refPrefix: string;
  readonly closed: boolean;
  readonly refine?: (schema: JsonSchema, target: ClassConstructor<object>) => JsonSchema;
}

/**
 * JSON Schemas of a class decorated with class-validator and of every class nested in it, by class name.
 * References between them are `refPrefix + name`. `closed` forbids properties that the class does not declare; `refine` changes the
 * finished schema of each class.
 * @throws Error when two classes have the same name, or a nested field has no `@Type`
 */
export const schemasOf = (
  root: ClassConstructor<object>,
  { refPrefix, closed, refine = (schema) => schema }: SchemaOptions,
): Record<string, JsonSchema> => {
  const found = new Map<string, ClassConstructor<object>>();
  const visit = (target: ClassConstructor<object>): void => {
    const known = found.get(target.name);
    if (known === target) return;
    if (known) throw new Error(`two classes are called ${target.name}; a schema needs each name once`);
    found.set(target.name, target);
    nestedClasses(target).forEach(visit);
  };
  visit(root);
  return Object.fromEntries(
    [...found].map(([name, target]) => {
      const schema = targetConstructorToSchema(target, {
        refPointerPrefix: refPrefix,
        classTransformerMetadataStorage: defaultMetadataStorage,
      }) as JsonSchema;
      return [name, refine(closed ? { ...schema, additionalProperties: false } : schema, target)];
    }),
  );
};

/** The classes of the fields that are declared with `@Nested` or `@EachNested`. */
export const nestedClasses = (target: ClassConstructor<object>): ClassConstructor<object>[] =>
  getMetadataStorage()
    .getTargetValidationMetadatas(target, '', true, false)
    .filter((rule) => rule.type === ValidationTypes.NESTED_VALIDATION)
    .map(({ propertyName }) => {
      const type = defaultMetadataStorage.findTypeMetadata(target, propertyName)?.typeFunction?.();
      if (!type) throw new Error(`${target.name}.${propertyName} is @ValidateNested without @Type`);
      return type as ClassConstructor<object>;
    });
