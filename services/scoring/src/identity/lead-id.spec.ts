import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { leadIdOf } from './lead-id.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const email = { kind: 'email', value: 'ada@engines.example' } as const;

describe('a lead id', () => {
  it('is made from activity and identifier, and never changes between releases', () => {
    const id = leadIdOf(digest, '0b7e4a52-3c55-8c9b-9a53-0d6a2ed0a001', email);
    expect(id).toBe('89aea06d-be52-83de-98c4-32bb52802c88');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differs by activity, kind and value', () => {
    const ids = [
      leadIdOf(digest, 'one', email),
      leadIdOf(digest, 'other', email),
      leadIdOf(digest, 'one', { kind: 'user', value: 'ada@engines.example' }),
      leadIdOf(digest, 'one', { kind: 'email', value: 'bob@engines.example' }),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
