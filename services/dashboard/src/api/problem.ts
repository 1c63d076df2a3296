export interface Fault {
  pointer: string;
  detail: string;
}

/** A refusal of the API (RFC 9457), or what stands for one when there was no answer. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly faults: readonly Fault[] = [],
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

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && 'pointer' in value && 'detail' in value;

/** The problem in an answer's body, whatever the body turned out to be. */
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
    Array.isArray(errors) ? errors.filter(isFault) : [],
    members,
  );
};

export const UNREACHABLE = new Problem(
  0,
  'No connection',
  'Baton could not be reached. Your change was not saved; try again when the connection is back.',
);

/** Anything thrown, as a problem a person can read. */
export const asProblem = (fault: unknown): Problem =>
  fault instanceof Problem
    ? fault
    : new Problem(0, 'Something went wrong', 'This page met a fault of its own.');
