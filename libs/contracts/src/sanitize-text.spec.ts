import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isStorableText, sanitizeJson } from './sanitize-text.js';

describe('sanitized JSON', () => {
  it('has neither NUL nor unpaired surrogates, in keys as in values', () => {
    expect(sanitizeJson({ 'k\0': ['a\0b', '\ud83d!', 1, null, { x: '😀' }] })).toEqual({
      k: ['ab', '\ufffd!', 1, null, { x: '😀' }],
    });
  });

  it('is otherwise unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000') && !text.includes('__proto__'));
        expect(JSON.stringify(sanitizeJson(JSON.parse(text)))).toBe(text);
      }),
    );
  });

  it('has storable text only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '\0', '\ud83d', '\udc00'),
        (text, bad) => {
          const unstorable = `${text}${bad}${text}`;
          expect(isStorableText(sanitizeJson(unstorable) as string)).toBe(true);
          if (isStorableText(unstorable)) expect(sanitizeJson(unstorable)).toBe(unstorable);
        },
      ),
    );
  });
});
