/** What a refusal means to the caller; the HTTP door answers each with its status. */
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

/** One fault within a document or request body; `pointer` is a JSON pointer such as `/stages/2/key`. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** Members beside the standard ones of a problem: who decided, when, … Personal data has no place here. */
export interface ProblemMembers {
  readonly errors?: readonly Fault[];
  /** For `unavailable` and `too-many`: becomes `Retry-After`, seconds. */
  readonly retryAfter?: number;
  readonly [member: string]: unknown;
}

/** A rule said no. `detail` is for a person: what was wrong, where, and what to do. */
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
