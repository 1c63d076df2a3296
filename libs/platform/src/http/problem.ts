import { isTransient } from '@baton/bus';
import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { DomainError, STATUS, type DomainErrorCode, type ProblemMembers } from '../domain-error.js';

const RETRY_AFTER_SECONDS = 1;
const CODE = new Map<number, string>([
  ...Object.entries(STATUS).map(([code, status]) => [status, code] as const),
  [414, 'too-large'],
  [431, 'too-large'],
]);

/** RFC 9457. */
export interface Problem extends ProblemMembers {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: DomainErrorCode | 'unsupported' | 'internal';
  readonly detail?: string;
  /** Path of the request, without its query. */
  readonly instance?: string;
  readonly traceId?: string;
}

/** RFC 9457 as JSON Schema, for OpenAPI; additional members are allowed. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: [...Object.keys(STATUS), 'unsupported', 'internal'] },
    detail: { type: 'string' },
    instance: { type: 'string' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code'],
};

/** The part of a fault that a caller may see. Unexpected faults disclose nothing. */
export const toProblem = (fault: unknown): Problem => {
  if (fault instanceof DomainError) return problem(STATUS[fault.code], fault.detail, fault.extra);
  const unavailable = retryAfterOf(fault);
  if (unavailable !== undefined)
    return problem(503, 'A dependency is unavailable at the moment; try again.', {
      retryAfter: unavailable,
    });
  const status = statusOfError(fault);
  return status !== undefined && status < 500 ? problem(status, (fault as Error).message) : problem(500);
};

/** The status that a fault is answered with. */
export const statusOf = (fault: unknown): number => toProblem(fault).status;

/** The problem of a status. One that says the request is wrong names a place in it: the whole (pointer ''), unless more is known. */
export const problem = (status: number, detail?: string, members: ProblemMembers = {}): Problem => {
  const code = (CODE.get(status) ?? (status < 500 ? 'unsupported' : 'internal')) as Problem['code'];
  const whole = (status === 400 || status === 422) && detail !== undefined;
  return {
    ...(whole && { errors: [{ pointer: '', detail }] }),
    ...members,
    type: `urn:baton:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
  };
};

/** Seconds after which a retry may succeed; undefined when it would fail again. */
const retryAfterOf = (fault: unknown): number | undefined => {
  const { retryAfterSeconds } = (fault ?? {}) as { retryAfterSeconds?: unknown };
  if (typeof retryAfterSeconds === 'number') return retryAfterSeconds;
  return isTransient(fault) ? RETRY_AFTER_SECONDS : undefined;
};

/** Errors raised by Nest and Fastify carry their status. */
const statusOfError = (fault: unknown): number | undefined => {
  if (fault instanceof HttpException) return fault.getStatus();
  const { statusCode } = (fault ?? {}) as { statusCode?: unknown };
  return fault instanceof Error && typeof statusCode === 'number' && statusCode >= 400
    ? statusCode
    : undefined;
};
