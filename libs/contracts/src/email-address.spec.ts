import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emailAddressOf } from './email-address.js';

const ADA = 'ada@engines.example';

describe('an e-mail address', () => {
  it.each([
    ADA,
    '  Ada@Engines.Example ',
    'Ada King <ada@engines.example>',
    '"King, Ada" <ada@engines.example>',
    '<ada@engines.example>',
    'mailto:ada@engines.example',
    'MAILTO:ada%40engines.example?subject=Hello',
    'ada@engines.example.',
    'ada@engines.example,',
    '(ada@engines.example)',
    '“ada@engines.example”',
    'ada @ engines.example',
    'ada\u200b@engines.example',
    '\ufeffada@engines\u00ad.example',
    'ａｄａ＠ｅｎｇｉｎｅｓ．ｅｘａｍｐｌｅ',
    'ada@engines。example',
  ])('is read from %j as people read it', (given) => {
    expect(emailAddressOf(given)).toBe(ADA);
  });

  it.each([
    ['jörg@MÜLLER.example', 'jörg@müller.example'],
    ['jo\u0308rg@mu\u0308ller.example', 'jörg@müller.example'],
    ['jörg@xn--mller-kva.example', 'jörg@müller.example'],
    ['JOSÉ@EJEMPLO.EXAMPLE', 'josé@ejemplo.example'],
    ["o'neil+news@engines.co.uk", "o'neil+news@engines.co.uk"],
    ['用户@例え.テスト', '用户@例え.テスト'],
  ])('%j is %j, whichever way its letters are encoded', (given, expected) => {
    expect(emailAddressOf(given)).toBe(expected);
  });

  it.each([
    '',
    'ada',
    '@engines.example',
    'ada@',
    'ada@engines',
    'ada@@engines.example',
    'ada@engines..example',
    'ada@-engines.example',
    'ada@engines.example?bcc=spy%40evil.example',
    'ada@engines.example&cc=spy@evil.example',
    'ada@engines.example, bob@engines.example',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada king@engines.example',
    'ada@xn--.example',
    `ada@${'a'.repeat(400)}.example`,
  ])('is not in %j', (given) => {
    expect(emailAddressOf(given)).toBeUndefined();
  });

  it('is the same when it is read again, whatever the text', () => {
    const parts = fc.constantFrom(
      'ada',
      '@',
      '.',
      'Ünï',
      '＠',
      ' ',
      '<',
      '>',
      'mailto:',
      'xn--',
      '\u200b',
      'example',
      '"',
      '%40',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(parts).map((each) => each.join('')),
        ),
        (text) => {
          const address = emailAddressOf(text);
          expect(address === undefined ? undefined : emailAddressOf(address)).toBe(address);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
