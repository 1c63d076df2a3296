import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { childPointer, isStorableText, type Violation } from '@baton/contracts';
import { DomainError } from '../domain-error.js';

/** Max nesting of a body: validation and transformation recurse into it. */
const MAX_DEPTH = 64;

/** Checks what no class declares: text that PostgreSQL can store, and a bounded depth. */
class BoundedValidationPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const violation = metadata.type === 'custom' ? undefined : unacceptableIn(value);
    if (violation)
      throw new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', {
        errors: [violation],
      });
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** The first text that cannot be stored, or the place where the nesting is too deep. */
const unacceptableIn = (value: unknown, pointer = '', depth = 0): Violation | undefined => {
  if (typeof value === 'string')
    return isStorableText(value)
      ? undefined
      : { pointer, detail: 'must not contain NUL or half a character' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { pointer: '', detail: `must not be nested more than ${MAX_DEPTH} deep` };
  for (const [key, item] of Object.entries(value)) {
    if (!isStorableText(key)) return { pointer, detail: 'must not have names with NUL or half a character' };
    const violation = unacceptableIn(item, childPointer(pointer, key), depth + 1);
    if (violation) return violation;
  }
  return undefined;
};

/** Validates bodies, queries and parameters against their class; a 400 lists every violation. */
export const validationPipe = (): ValidationPipe =>
  new BoundedValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) =>
      new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', {
        errors: errors.flatMap((error) => violationsOf(error)),
      }),
  });

const violationsOf = (
  { property, constraints = {}, children = [] }: ValidationError,
  parent = '',
): Violation[] => {
  const pointer = childPointer(parent, property);
  return [
    ...Object.entries(constraints).map(([rule, message]) => ({
      pointer,
      detail: detailOf(rule, message, property),
    })),
    ...children.flatMap((child) => violationsOf(child, pointer)),
  ];
};

const detailOf = (rule: string, message: string, property: string): string =>
  rule === 'whitelistValidation' ? 'is not known here' : message.replace(`${property} `, '');
