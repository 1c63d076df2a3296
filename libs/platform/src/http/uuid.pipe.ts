import { isUuid } from '@baton/contracts';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { DomainError } from '../domain-error.js';

/** A path parameter that is an id, by the rule that events follow: what passes here can be published. */
export class UuidPipe implements PipeTransform<string, string> {
  /** @throws DomainError `invalid` */
  transform(value: string, { data }: ArgumentMetadata): string {
    if (isUuid(value)) return value.toLowerCase();
    throw new DomainError('invalid', `The ${data ?? 'id'} in the path is not a UUID.`, {
      errors: [{ pointer: `/${data ?? 'id'}`, detail: 'must be a UUID' }],
    });
  }
}
