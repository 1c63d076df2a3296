import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { formFieldsOf } from './form-body.http.js';
import { flattenedFields } from './field-path.js';
import { readMultipart } from './multipart.http.js';

const URLENCODED = 'application/x-www-form-urlencoded';
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const multipart = (body: Buffer, type = 'multipart/form-data; boundary=x') =>
  readMultipart(Readable.from([body]), type).then((entries) => formFieldsOf(entries, type));
const part = (name: string, value: Buffer | string, more = '') =>
  Buffer.concat([
    Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
    Buffer.from(value as string),
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from('--x--\r\n');

describe('a urlencoded form', () => {
  it.each([
    ['UTF-8', 'n=Ren%C3%A9+%E2%82%AC', URLENCODED, 'René €'],
    ['the charset of its header', 'n=Ren%E9', `${URLENCODED}; charset=iso-8859-1`, 'René'],
    ['its field _charset_', 'n=%83%65%83%58%83%67&_charset_=Shift_JIS', URLENCODED, 'テスト'],
    ['windows-1252 when it is no UTF-8', 'n=Ren%E9+%80', URLENCODED, 'René €'],
    ['windows-1252 although it says UTF-8', 'n=Ren%E9', `${URLENCODED}; charset=utf-8`, 'René'],
    ['UTF-8 with an unknown charset', 'n=Ren%C3%A9', `${URLENCODED}; charset=klingon`, 'René'],
    ['Cyrillic', 'n=%CF%F0%E8%E2%E5%F2', `${URLENCODED}; charset="windows-1251"`, 'Привет'],
    ['UTF-8 after _charset_ left empty', 'n=Ren%C3%A9&_charset_=', URLENCODED, 'René'],
  ])('is in %s', (_, body, type, name) => {
    expect(formFieldsOf(Buffer.from(body), type)).toMatchObject({ n: name });
  });

  it('may have raw bytes, stray percent signs and names without values', () => {
    expect(formFieldsOf(latin1('a=100%&b&=c&&d=%zz%4'), URLENCODED)).toEqual({
      a: '100%',
      b: '',
      '': 'c',
      d: '%zz%4',
    });
  });

  it('is read as the URL standard says, whatever it holds', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pairs, (some) => {
        const named = some.filter(([name]) => !/^_charset_$|\[\d*\]$/.test(name));
        const fields = formFieldsOf(Buffer.from(new URLSearchParams(named).toString()), URLENCODED);
        for (const [name, value] of named)
          expect([fields[name]].flat()).toContain(value.replaceAll('\0', ''));
      }),
    );
  });

  it('never fails for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof formFieldsOf(Buffer.concat([latin1('a='), bytes]), URLENCODED)['a']).not.toBe(
          'undefined',
        );
      }),
    );
  });

  it('has a list for a name that occurs several times, also with indexes', () => {
    expect(formFieldsOf(Buffer.from('i[]=a&i[]=b&j[0]=c&j[1]=d'), URLENCODED)).toEqual({
      i: ['a', 'b'],
      j: ['c', 'd'],
    });
  });
});

describe('a multipart form', () => {
  it('is read without its files, in the charset of each part', async () => {
    const body = Buffer.concat([
      part('email', 'ada@engines.example'),
      part('cv', Buffer.alloc(3_000_000, 1), '; filename="cv.pdf"\r\nContent-Type: application/pdf'),
      part('last_name', latin1('Ren\xe9'), '\r\nContent-Type: text/plain; charset=windows-1252'),
      part('company', latin1('Caf\xe9')),
      part('city', latin1('\xcc\xee\xf1\xea\xe2\xe0'), '\r\nContent-Type: text/plain; charset=windows-1251'),
      part('say "hi"'.replaceAll('"', '%22'), 'x'),
      END,
    ]);
    expect(await multipart(body)).toEqual({
      email: 'ada@engines.example',
      last_name: 'René',
      company: 'Café',
      city: 'Москва',
      'say "hi"': 'x',
    });
  });

  it('takes the charset of its field _charset_', async () => {
    const body = Buffer.concat([
      part('n', Buffer.from([0xcf, 0xf0])),
      part('_charset_', 'windows-1251'),
      END,
    ]);
    expect(await multipart(body)).toMatchObject({ n: 'Пр' });
  });

  it.each([
    ['without an end', Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1')],
    ['without a part', Buffer.from('email=ada')],
    ['of nothing', Buffer.alloc(0)],
  ])('%s is refused', async (_, body) => {
    await expect(multipart(body)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('without a boundary, with too much text or too many parts is refused', async () => {
    await expect(multipart(END, 'multipart/form-data')).rejects.toMatchObject({ code: 'invalid' });
    const large = Buffer.concat([part('a', 'x'.repeat(600_000)), END]);
    await expect(multipart(large)).rejects.toMatchObject({ code: 'too-large' });
    const many = Buffer.concat([...Array.from({ length: 1_200 }, () => part('a', '')), END]);
    await expect(multipart(many)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('of any bytes is read or refused', async () => {
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          '--x',
          '\r\n',
          '--x\r\n',
          '--x--',
          'Content-Disposition: form-data; name="a"',
          '\r\n\r\n',
          ': ',
        )
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 12 }), async (chunks) => {
        const fields = await multipart(Buffer.concat(chunks)).catch((fault: { code?: string }) => fault);
        if ('code' in fields) expect(['invalid', 'too-large']).toContain(fields.code);
      }),
      { numRuns: 300 },
    );
  });
});

describe('nested JSON', () => {
  it.each([
    [{ lead: { email: 'a', tags: ['x', 'y'] } }, { 'lead[email]': 'a', 'lead[tags]': ['x', 'y'] }],
    [
      {
        fields: [
          { name: 'email', value: 'a' },
          { name: 'company', value: 'b' },
        ],
      },
      { email: 'a', company: 'b' },
    ],
    [{ field_data: [{ name: 'full_name', values: ['Ada'] }] }, { full_name: ['Ada'] }],
    [{ user_column_data: [{ column_id: 'EMAIL', string_value: 'a' }] }, { EMAIL: 'a' }],
    [{ a: [{ b: 1 }, { b: 2 }] }, { 'a[0][b]': 1, 'a[1][b]': 2 }],
    [
      { a: {}, b: [], c: null },
      { b: [], c: null },
    ],
    [
      {
        fields: [
          { key: 'question_1', label: 'Email', value: 'ada@engines.example' },
          { key: 'question_2', label: 'Subscribe to our newsletter', value: true },
          { key: 'question_3', label: 'Your message', value: 'Hi' },
          { name: 'phone', label: 'Name of the field', value: '1' },
        ],
      },
      {
        Email: 'ada@engines.example',
        'Subscribe to our newsletter': true,
        question_3: 'Hi',
        phone: '1',
      },
    ],
  ])('%j has the fields %j', (json, fields) => {
    expect(flattenedFields(json, 100)).toEqual(fields);
  });

  it('with too many fields is refused', () => {
    expect(flattenedFields({ a: Array.from({ length: 200 }, () => ({ b: 1 })) }, 100)).toBeUndefined();
  });
});
