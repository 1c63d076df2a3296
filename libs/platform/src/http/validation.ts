import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { childPointer, unstorableIn, type Violation } from '@baton/contracts';
import { DomainError } from '../domain-error.js';
import { isCheckedByRules } from './checked-by-rules.js';

/** Max nesting of a body: validation and transformation recurse into it. */
const MAX_DEPTH = 64;

/** Checks what no class declares: text that PostgreSQL can store, and a bounded depth. */
class BoundedValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (isCheckedByRules(metadata.metatype)) return value;
    const violation = metadata.type === 'custom' ? undefined : unstorableIn(value, MAX_DEPTH);
    if (violation) throw invalid([violation]);
    return super.transform(value, metadata);
  }
}

/** Validates bodies, queries and parameters against their class; a 400 lists every violation. */
export const validationPipe = (): ValidationPipe =>
  new BoundedValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => violationsOf(error))),
  });

const invalid = (errors: readonly Violation[]): DomainError =>
  new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', { errors });

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
