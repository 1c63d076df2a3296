import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyReply } from 'fastify';
import {
  changedFields,
  CHANGES_HEADER,
  MAX_CHANGES_LENGTH,
  recordChanges,
  type Changes,
} from './recorded-changes.js';

const short = fc.string({ unit: 'binary', maxLength: 40 });
const thing = fc.record({ role: short, teams: fc.array(short, { maxLength: 2 }), name: short });

/** The header of a reply. */
const told = (changes: Changes): string | undefined => {
  const headers = new Map<string, string>();
  const header = (name: string, value: string): unknown => headers.set(name, value);
  recordChanges({ header } as unknown as FastifyReply, changes);
  return headers.get(CHANGES_HEADER);
};

describe('recorded changes', () => {
  it('say of the named fields alone what they were and are, in text that a header can hold', () => {
    fc.assert(
      fc.property(fc.option(thing, { nil: undefined }), thing, (before, after) => {
        const text = told(changedFields(before, after, ['role', 'teams']));
        const expected = (['role', 'teams'] as const).flatMap((field) =>
          JSON.stringify(before?.[field]) === JSON.stringify(after[field])
            ? []
            : [[field, { from: before?.[field] ?? null, to: after[field] }]],
        );
        expect(text === undefined ? {} : JSON.parse(text)).toEqual(Object.fromEntries(expected));
        expect(text ?? '').toMatch(/^[ -~]*$/);
      }),
    );
  });

  it('leave out a value that is too long', () => {
    expect(
      JSON.parse(told({ origins: { from: [], to: ['x'.repeat(9_000)] }, role: { from: 'a', to: 'b' } })!),
    ).toEqual({
      origins: { from: [], to: '… (9004 characters)' },
      role: { from: 'a', to: 'b' },
    });
  });

  it('name the fields when there are too many, and are bounded whatever is in them', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`/rules/${n}`, { from: n, to: n + 1 }]),
    );
    expect(JSON.parse(told(many)!)).toEqual({
      fields: { from: null, to: [...Array.from({ length: 40 }, (_, n) => `/rules/${n}`), '… 460 more'] },
    });
    const long = fc.string({ unit: 'binary', maxLength: 900 });
    fc.assert(
      fc.property(fc.dictionary(long, fc.record({ from: long, to: long }), { maxKeys: 60 }), (changes) => {
        expect((told(changes) ?? '').length).toBeLessThanOrEqual(MAX_CHANGES_LENGTH);
      }),
      { numRuns: 50 },
    );
  });
});
