import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LeadConditions, LeadSort } from '../api/shapes.js';
import { isSameList, readAddress, writeAddress } from './list-address.js';

const text = fc.string({ minLength: 1, maxLength: 12 });
const lists = fc.record(
  {
    stages: fc.array(text, { minLength: 1, maxLength: 3 }),
    grades: fc.array(fc.constantFrom('A', 'B'), { minLength: 1, maxLength: 2 }),
    owner: fc.constantFrom('me', 'nobody'),
    campaign: text,
    minPoints: fc.integer({ min: -100_000, max: 100_000 }),
    createdWithinDays: fc.integer({ min: 1, max: 3_650 }),
    hasEmail: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('the address of a list of leads', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        lists,
        fc.constantFrom<LeadSort>('newest', 'activity', 'score'),
        fc.option(fc.uuid(), { nil: undefined }),
        fc.string(),
        (conditions, sort, view, words) => {
          const address = { conditions: conditions as LeadConditions, sort, view, words };
          const { search, hash } = writeAddress(address);
          expect(readAddress({ search: `?${search}`, hash: hash && `#${hash}` })).toEqual(address);
        },
      ),
    );
  });

  it('has searched words behind the number sign only', () => {
    const { search, hash } = writeAddress({
      ...{ conditions: { stages: ['mql'] }, sort: 'score', view: undefined, words: 'ada@engines.example' },
    });
    expect(search).toBe('stages=mql&sort=score');
    expect(hash).toBe('q=ada%40engines.example');
  });

  it.each([
    ['?minPoints=many', {}],
    ['?minPoints=1.5&hasEmail=maybe', {}],
    ['?stages=&grades=A&grades=B', { grades: ['A', 'B'] }],
    ['?sort=name&unknown=1', {}],
    ['?account=engines.example', { account: 'engines.example' }],
    ['?maxPoints=-3&hasEmail=false', { maxPoints: -3, hasEmail: false }],
  ])('%s has the conditions %j', (search, conditions) => {
    expect(readAddress({ search, hash: '' })).toEqual({
      ...{ conditions, sort: 'newest', view: undefined, words: '' },
    });
  });

  it('is the same for the same conditions in any order', () => {
    const one = { conditions: { campaign: 'x', stages: ['mql'] }, sort: 'score' as const };
    expect(isSameList(one, { conditions: { stages: ['mql'], campaign: 'x' }, sort: 'score' })).toBe(true);
    expect(isSameList(one, { ...one, sort: 'newest' })).toBe(false);
  });
});
