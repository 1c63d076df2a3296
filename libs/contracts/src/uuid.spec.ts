import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { decode } from './codec.js';
import { LeadScored } from './scoring/lead-scored.v1.js';
import { isUuid, IsUuid } from './uuid.js';

class Ids {
  constructor(id: unknown, ids: readonly unknown[]) {
    this.id = id;
    this.ids = ids;
  }

  @IsUuid() readonly id: unknown;
  @IsUuid({ each: true }) readonly ids: readonly unknown[];
}

/** Whether the predicate, the decorator and the compiled contracts accept the same value. */
const answers = (value: unknown): boolean[] => {
  const decorated = validateSync(new Ids(value, [value])).length === 0;
  let compiled = true;
  try {
    decode(LeadScored, { ...structuredClone(LeadScored.example), leadId: value });
  } catch {
    compiled = false;
  }
  return [isUuid(value), decorated, compiled];
};

const versions = [1, 2, 3, 4, 5, 6, 7, 8].map((version) => [`0b7e4a52-3c55-${version}c9b-9a53-0d6a2ed0a001`]);

describe('a UUID', () => {
  it.each([...versions, ['0B7E4A52-3C55-4C9B-BA53-0D6A2ED0A001']])('%s is one', (value) => {
    expect(answers(value)).toEqual([true, true, true]);
  });

  it.each([
    ['00000000-0000-0000-0000-000000000000'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ['0b7e4a52-3c55-0c9b-9a53-0d6a2ed0a001'],
    ['0b7e4a52-3c55-9c9b-9a53-0d6a2ed0a001'],
    ['0b7e4a52-3c55-4c9b-7a53-0d6a2ed0a001'],
    ['0b7e4a523c554c9b9a530d6a2ed0a001'],
    ['{0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001}'],
    ['0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001\n'],
    [''],
    [5],
    [null],
  ])('%j is none', (value) => expect(answers(value)).toEqual([false, false, false]));

  it('is described as such when it is not one', () => {
    const [one, each] = validateSync(new Ids('x', ['x']));
    expect(one?.constraints).toEqual({ isUuid: 'id must be a UUID' });
    expect(each?.constraints).toEqual({ isUuid: 'each ids must be a UUID' });
  });
});
