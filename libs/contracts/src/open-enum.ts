import type { ClassConstructor } from 'class-transformer';
import { IsIn } from 'class-validator';

/** What a reader gets for a value of an open enum that its build does not know yet. */
export const UNKNOWN = 'unknown';

/** The values of an open enum as a reader sees them. */
export type Open<Value extends string> = Value | typeof UNKNOWN;

const openFields = new Map<object, Set<string>>();

/**
 * One of these values when it is written; `'unknown'` when a reader meets a value that was added after it was built. For fields that a
 * reader can do without understanding, such as the channel of an attempt. Type the field as `Open<…>`.
 */
export const IsOpenIn =
  (values: readonly string[], options: { readonly each?: boolean } = {}): PropertyDecorator =>
  (prototype, property) => {
    const fields = openFields.get(prototype) ?? new Set();
    openFields.set(prototype, fields.add(String(property)));
    IsIn(values, options)(prototype, property);
  };

/** Whether the class, or one it extends, declares the field as an open enum. */
export const isOpen = (target: ClassConstructor<object>, field: string): boolean => {
  for (
    let at: object | null = target.prototype as object;
    at;
    at = Object.getPrototypeOf(at) as object | null
  )
    if (openFields.get(at)?.has(field)) return true;
  return false;
};
