import { describe, expect, it } from '@jest/globals';
import { traitsOf, truncate } from './traits.js';

describe('the traits of an activity', () => {
  it('exclude blanks and identifiers', () => {
    expect(
      traitsOf(
        { company: ' Engines Ltd ', jobTitle: ' ', email: 'ada@engines.example', employees: 250, x: null },
        undefined,
      ),
    ).toEqual({ company: 'Engines Ltd', employees: 250 });
  });

  it.each([
    ['ada@engines.example', 'business', 'engines.example'],
    ['Ada@GMAIL.com', 'free', 'gmail.com'],
    ['ada@ox.ac.uk', 'education', 'ox.ac.uk'],
    ['ada@mit.edu', 'education', 'mit.edu'],
    ['ada@mailinator.com', 'disposable', 'mailinator.com'],
    ['ada@fac.example', 'business', 'fac.example'],
  ])('derive from %s that it is a %s address', (email, emailKind, emailDomain) => {
    expect(traitsOf({ emailKind: 'believe me' }, email)).toEqual({ emailKind, emailDomain });
  });

  it('are truncated when too long, never within a character', () => {
    expect(traitsOf({ note: 'x'.repeat(9_000) }, undefined)['note']).toHaveLength(1_000);
    expect(traitsOf({ note: { deep: 'x'.repeat(9_000) } }, undefined)).toEqual({});
    expect(truncate('ab😀', 3)).toBe('ab');
  });
});
