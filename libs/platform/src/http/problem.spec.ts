import { BrokerUnavailable } from '@baton/bus';
import { BadRequestException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { DomainError, type DomainErrorCode } from '../domain-error.js';
import { toProblem } from './problem.js';

const STATUSES: [DomainErrorCode, number][] = [
  ['invalid', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['too-large', 413],
  ['unprocessable', 422],
  ['unavailable', 503],
];

describe('a problem', () => {
  it.each(STATUSES)('of a rule that says %s is %i', (code, status) => {
    expect(toProblem(new DomainError(code, 'why'))).toMatchObject({ code, status, detail: 'why' });
  });

  it('carries the members of its refusal, which cannot replace standard members', () => {
    const decided = new DomainError('conflict', 'Ada took it.', { decidedBy: 'u-1', status: 200, type: 'x' });

    expect(toProblem(decided)).toMatchObject({
      type: 'urn:baton:problem:conflict',
      title: 'Conflict',
      status: 409,
      decidedBy: 'u-1',
    });
  });

  it('of an unavailable broker or database is 503 with Retry-After', () => {
    expect(toProblem(new BrokerUnavailable('away', 2))).toMatchObject({ status: 503, retryAfter: 2 });
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    expect(toProblem(refused)).toMatchObject({ status: 503, retryAfter: 1 });
    expect(JSON.stringify(toProblem(refused))).not.toContain('10.0.0.7');
  });

  it('of the framework keeps its status and reason', () => {
    expect(toProblem(new BadRequestException('no such format'))).toMatchObject({
      status: 400,
      code: 'invalid',
      detail: 'no such format',
    });
    const unsupported = Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 });
    expect(toProblem(unsupported)).toMatchObject({ status: 415, code: 'unsupported' });
  });

  it('that says the request is wrong names a place in it, the whole unless more is known', () => {
    const known = [{ pointer: '/limit', detail: 'must be a number' }];
    expect(toProblem(new DomainError('invalid', 'No JSON.')).errors).toEqual([
      { pointer: '', detail: 'No JSON.' },
    ]);
    expect(toProblem(new BadRequestException('No JSON.')).errors).toEqual([
      { pointer: '', detail: 'No JSON.' },
    ]);
    expect(toProblem(new DomainError('unprocessable', 'No.', { errors: known })).errors).toEqual(known);
    expect(toProblem(new DomainError('not-found', 'None.')).errors).toBeUndefined();
  });

  it.each([new Error('password=hunter2'), 'a thrown string', undefined, null])(
    'of anything else gives nothing away (%p)',
    (fault) => {
      expect(toProblem(fault)).toEqual({
        type: 'urn:baton:problem:internal',
        title: 'Internal Server Error',
        status: 500,
        code: 'internal',
      });
    },
  );
});
