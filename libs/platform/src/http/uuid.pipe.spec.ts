import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.js';
import { UuidPipe } from './uuid.pipe.js';

const parse = (value: string): string => new UuidPipe().transform(value, { type: 'param', data: 'sellerId' });

describe('an id in a path', () => {
  it('is a UUID in lower case', () => {
    expect(parse('018F2E4C-5A00-7000-8000-000000000001')).toBe('018f2e4c-5a00-7000-8000-000000000001');
  });

  it.each(['', '7', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])(
    'is not %j, which no event may carry',
    (value) => {
      expect(() => parse(value)).toThrow(DomainError);
      expect(() => parse(value)).toThrow(/sellerId/);
    },
  );
});
