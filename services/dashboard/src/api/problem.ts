export interface Violation {
  pointer: string;
  detail: string;
}

/** A refusal of the API (RFC 9457), or its equivalent when there was no response. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly violations: readonly Violation[] = [],
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** Trace id to quote to the operators. */
  get traceId(): string | undefined {
    const id = this.members['traceId'];
    return typeof id === 'string' ? id : undefined;
  }
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value ? value : otherwise;

const isViolation = (value: unknown): value is Violation =>
  typeof value === 'object' && value !== null && 'pointer' in value && 'detail' in value;

/** The problem of a response; the body may have any shape. */
export const problemOf = (status: number, body: unknown): Problem => {
  const members = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const errors = members['errors'];
  return new Problem(
    status,
    text(members['title'], `Error ${status}`),
    text(
      members['detail'],
      status >= 500 ? 'Something went wrong on the server.' : 'The request was refused.',
    ),
    Array.isArray(errors) ? errors.filter(isViolation) : [],
    members,
  );
};

export const UNREACHABLE = new Problem(
  0,
  'No connection',
  'Baton could not be reached. Your change was not saved; try again when the connection is back.',
);

/** Any thrown value as a problem with text for people. */
export const asProblem = (fault: unknown): Problem =>
  fault instanceof Problem
    ? fault
    : new Problem(0, 'Something went wrong', 'This page met a fault of its own.');
