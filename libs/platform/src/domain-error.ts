import type { Violation } from '@baton/contracts';

/** HTTP status of each code of a `DomainError`. */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
} as const;

export type DomainErrorCode = keyof typeof STATUS;

/** Additional members of a problem document (decision time, current owner, …). Must not contain personal data. */
export interface ProblemMembers {
  readonly errors?: readonly Violation[];
  /** For `unavailable` and `too-many`: value of `Retry-After`, seconds. */
  readonly retryAfter?: number;
  readonly [member: string]: unknown;
}

/** A rule refused the request. `detail` is read by people: what was wrong, where, and what to do. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: DomainErrorCode,
    readonly detail: string,
    readonly extra: ProblemMembers = {},
  ) {
    super(detail);
  }
}

/** A field of a request is well formed and not acceptable; `detail` follows its name. */
export const refusedField = (pointer: string, detail: string): DomainError =>
  new DomainError('unprocessable', `${pointer.slice(1)} ${detail}.`, { errors: [{ pointer, detail }] });
