import { DomainError } from '@baton/platform';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from './request-body.http.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const utf16 = (text: string, order: 'le' | 'be') => {
  const little = Buffer.from(text, 'utf16le');
  return order === 'le' ? little : little.swap16();
};

describe('the JSON of a body', () => {
  it.each<[string, Buffer]>([
    ['no byte order mark', bytes('{"name":"José 😀"}')],
    ['the mark of UTF-8', bytes('\ufeff{"name":"José 😀"}')],
    ['the mark of UTF-16LE', utf16('\ufeff{"name":"José 😀"}', 'le')],
    ['the mark of UTF-16BE', utf16('\ufeff{"name":"José 😀"}', 'be')],
  ])('with %s is read', (_with, body) => {
    expect(parseJson(body)).toEqual({ name: 'José 😀' });
  });

  it.each<[string, unknown]>([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    [
      '{"ids":[1234567890123456789,-1234567890123456789]}',
      { ids: ['1234567890123456789', '-1234567890123456789'] },
    ],
    ['{"id": 9007199254740991}', { id: 9_007_199_254_740_991 }],
    [
      String.raw`{"a\":9007199254740993":"[9007199254740993]\\","b":9007199254740993}`,
      { 'a":9007199254740993': '[9007199254740993]\\', b: '9007199254740993' },
    ],
    ['{"price":1.12345678901234567,"far":1e20}', { price: 1.123_456_789_012_345_7, far: 1e20 }],
  ])('%s keeps integers exact', (text, json) => {
    expect(parseJson(bytes(text))).toEqual(json);
  });

  it.each(['', '\ufeff', '{', '{"a":}', '\ufeff\ufeff{}'])('%j is refused', (text) => {
    expect(() => parseJson(bytes(text))).toThrow(DomainError);
  });

  it('of any value is that value, whatever the encoding', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        const text = `\ufeff${JSON.stringify(json)}`;
        const expected = JSON.parse(JSON.stringify(json)) as unknown;
        fc.pre(!/\d{16}|\\u/.test(text));
        for (const body of [bytes(text), utf16(text, 'le'), utf16(text, 'be')])
          expect(parseJson(body)).toEqual(expected);
      }),
    );
  });

  it('of any bytes is a value or is refused', () => {
    const marks = fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]);
    fc.assert(
      fc.property(marks, fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (mark, rest) => {
        try {
          parseJson(Buffer.concat([Uint8Array.from(mark), rest]));
        } catch (fault) {
          expect(fault).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});
