import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type Fault } from '../domain-error.js';

/** Bodies, queries and parameters whose type is a class are of exactly its shape, or the request is a 400 naming each fault. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) =>
      new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', {
        errors: errors.flatMap((error) => faultsOf(error)),
      }),
  });

const faultsOf = ({ property, constraints = {}, children = [] }: ValidationError, parent = ''): Fault[] => {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return [
    ...Object.entries(constraints).map(([rule, message]) => ({
      pointer,
      detail: detailOf(rule, message, property),
    })),
    ...children.flatMap((child) => faultsOf(child, pointer)),
  ];
};

const detailOf = (rule: string, message: string, property: string): string =>
  rule === 'whitelistValidation' ? 'is not known here' : message.replace(`${property} `, '');
