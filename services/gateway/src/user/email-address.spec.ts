import { describe, expect, it } from '@jest/globals';
import { isLegibleEmail, normalEmail } from './email-address.js';

describe('an e-mail address', () => {
  it.each([
    [' Ada@Baton.EXAMPLE ', 'ada@baton.example'],
    ['mar\u212aeting@baton.example', 'mar\u212aeting@baton.example'],
    ['\u0130da@baton.example', '\u0130da@baton.example'],
    ['JÖRG@baton.example', 'jÖrg@baton.example'],
  ])('%j is known as %j', (email, known) => {
    expect(normalEmail(email)).toBe(known);
  });

  it.each([
    ['ada@baton.example', true],
    ['jörg@bücher.example', true],
    ['анна@почта.example', true],
    ['\u0430dmin@baton.example', false],
    ['admin@b\u0430ton.example', false],
    ['adm\u03b9n@baton.example', false],
    ['admin@baton.example\u200b', false],
    ['ad\u00admin@baton.example', false],
    ['admin\u202e@baton.example', false],
    ['"a b"@baton.example', false],
    ['\uff41dmin@baton.example', false],
    ['\ufb01@baton.example', false],
  ])('%j can be told from others: %s', (email, legible) => {
    expect(isLegibleEmail(email)).toBe(legible);
  });
});
