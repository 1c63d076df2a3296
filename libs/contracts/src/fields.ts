import 'reflect-metadata';
import { Type, type ClassConstructor } from 'class-transformer';
import { IsArray, IsObject, Matches, ValidateIf, ValidateNested } from 'class-validator';

/** A day that exists, as a pattern, so that it is a part of the published schemas: no 30 February, and no year 0, which PostgreSQL refuses. */
const DAY =
  '(?!0000)(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))' +
  '|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';
const INSTANT = new RegExp(`^${DAY}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?Z$`);
const DATE = new RegExp(`^${DAY}$`);

const MIN_INSTANT = Date.parse('0001-01-01T00:00:00.000Z');

/** So many ms before an instant (ms since 1970), but not before the earliest one that `isInstant` accepts: PostgreSQL refuses the year 0. */
export const instantBefore = (instant: number, ms: number): number => Math.max(instant - ms, MIN_INSTANT);

/** True for a day that exists, such as `2026-01-05`, of the years 1 to 9999. */
export const isDate = (value: unknown): value is string => typeof value === 'string' && DATE.test(value);

/** True for an instant in the format of `Date.prototype.toISOString` on a day that exists, of the years 1 to 9999. */
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && INSTANT.test(value);

/** An ISO 8601 instant in UTC, as `isInstant` defines it. */
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
