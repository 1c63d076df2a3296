import 'reflect-metadata';
import { Type, type ClassConstructor } from 'class-transformer';
import { IsArray, IsObject, Matches, ValidateIf, ValidateNested } from 'class-validator';

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** An ISO 8601 instant in UTC, in the format of `Date.prototype.toISOString`. */
export const IsInstant = (): PropertyDecorator =>
  Matches(INSTANT, {
    message: '$property must be an ISO 8601 instant in UTC, such as 2026-01-05T09:00:00.000Z',
  });

/** May be absent. Refuses null, unlike `IsOptional` of class-validator, because the published schema does. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** An object of another class. `@ValidateNested` alone would accept that it is missing. */
export const Nested = (type: () => ClassConstructor<object>): PropertyDecorator =>
  combined(IsObject(), ValidateNested(), Type(type));

/** A list of objects of another class. `@ValidateNested({ each: true })` alone would accept that it is missing. */
export const EachNested = (type: () => ClassConstructor<object>): PropertyDecorator =>
  combined(IsArray(), ValidateNested({ each: true }), Type(type));

const combined =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) =>
    decorators.forEach((decorate) => decorate(target, property));
