import { DomainError } from '@baton/platform';

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The `Idempotency-Key` header of a request, if it has one.
 * @throws DomainError `invalid`
 */
export const idempotencyKeyIn = (header: string | undefined): { readonly idempotencyKey?: string } => {
  if (header === undefined) return {};
  if (KEY.test(header)) return { idempotencyKey: header };
  const detail = 'must be 1 to 200 ASCII characters without spaces';
  throw new DomainError('invalid', `Idempotency-Key ${detail}.`, {
    errors: [{ pointer: '/idempotency-key', detail }],
  });
};
