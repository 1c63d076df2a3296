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

  it('include the normalised address, and take nothing that is derived from it from the sender', () => {
    const sent = {
      email: 'eve@e.example',
      emailKind: 'believe me',
      emailDomain: 'e.example',
      emailRole: false,
    };
    expect(traitsOf(sent, ' Ada@GMAIL.com ')).toEqual({ email: 'ada@gmail.com' });
    expect(traitsOf(sent, 'no address')).toEqual({});
  });

  it('are truncated when too long, never within a character', () => {
    expect(traitsOf({ note: 'x'.repeat(9_000) }, undefined)['note']).toHaveLength(1_000);
    expect(traitsOf({ note: { deep: 'x'.repeat(9_000) } }, undefined)).toEqual({});
    expect(truncate('ab😀', 3)).toBe('ab');
  });
});
