import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { childPointer, type Violation } from '@baton/contracts';
import { DomainError } from '../domain-error.js';

/** Validates bodies, queries and parameters against their class; a 400 lists every violation. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
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
