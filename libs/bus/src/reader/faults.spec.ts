import { describe, expect, it } from '@jest/globals';
import { ContractViolation } from '@baton/contracts';
import { UnpublishableEvent } from '../outbox/outbox.js';
import { faultKindOf, InputFault, reasonOf } from './faults.js';

const coded = (code: string): Error => Object.assign(new Error('refused'), { code });

describe('a fault', () => {
  it.each<[string, unknown, string]>([
    ['an input fault of a handler', new InputFault('no such currency'), 'input'],
    ['a value the database refuses', coded('22P02'), 'input'],
    [
      'a number out of range, wrapped by TypeORM',
      Object.assign(new Error('x'), { driverError: coded('22003') }),
      'input',
    ],
    ['a missing reference', coded('23503'), 'input'],
    ['two processes inserting one key', coded('23505'), 'conflict'],
    ['a deadlock', coded('40P01'), 'conflict'],
    ['a conflict of a rule', Object.assign(new Error('x'), { retryable: true }), 'conflict'],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 'away'],
    ['a statement timeout', coded('57014'), 'away'],
    ['a TypeError', new TypeError('x is undefined'), 'defect'],
    ['any other error', new Error('this never works'), 'defect'],
    ['a revoked grant', coded('42501'), 'defect'],
    ['a dropped column', coded('42703'), 'defect'],
    ['a missing table', coded('42P01'), 'defect'],
    ['a full disk', coded('53100'), 'defect'],
    ['a damaged index', coded('XX002'), 'defect'],
    [
      'an event of ours that breaks its contract',
      new UnpublishableEvent('lead.scored.v1', new ContractViolation('lead.scored.v1', [])),
      'defect',
    ],
  ])('that is %s is of kind %s', (_what, fault, kind) => {
    expect(faultKindOf(fault)).toBe(kind);
  });

  it('is told in one line with its code', () => {
    expect(reasonOf(coded('42501'))).toBe('Error 42501: refused');
  });
});
