import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { passwordFault } from './password-rules.js';

const context = {
  common: new Set(['password', 'administrator', 'p@ssw0rd', 'qwerty123456']),
  name: 'Ada Lovelace-Müller',
  email: 'a.byron@mail.analytical.example',
  organisation: 'Baton & Söhne',
};

describe('a new password', () => {
  it.each<[string, RegExp]>([
    ['administrator', /common/],
    ['Administrator', /common/],
    ['QWERTY123456', /common/],
    ['ｐａｓｓｗｏｒｄ', /common/],
    ['Password2026!', /common/],
    ['!!2026-P@ssw0rd', /common/],
    ['password 12345', /common/],
    ['Summer2026!!', /short word/],
    ['2026-sommer-11', /short word/],
    ['$umm3r!!!2026', /short word/],
    ['Adm1n1str@tor', /common/],
    ['Ｓｏｍｍｅｒ！２０２６', /short word/],
    ['aaaaaaaaaaaa', /repeats/],
    ['horse horse horse', /repeats/],
    ['123412341234', /repeats/],
    ['Baton-Baton-Baton', /repeats/],
    ['abcdefghijklmn', /runs along/],
    ['6543210123456', /runs along/],
    ['aaaaaaaaaaaab', /runs along/],
    ['241220121999', /no letters/],
    ['24.12.2012!!', /no letters/],
    ['lovelace staple horse', /user's name/],
    ['staple LOVELACE 12', /user's name/],
    ['L-o-v-e-l-a-c-e staple', /user's name/],
    ['staple muller horse', /user's name/],
    ['staple Mu\u0308ller horse', /user's name/],
    ['staple horse byron', /user's name/],
    ['staple horse a.byron', /user's name/],
    ['analytical horse 77', /user's name/],
    ['my mail staple horse', /user's name/],
    ['horse staple baton', /organisation/],
    ['staple söhne horse', /organisation/],
    ['batonsohne 1 horse', /organisation/],
  ])('%s is refused', (password, fault) => {
    expect(passwordFault(password, context)).toMatch(fault);
  });

  it.each([
    'correct horse battery',
    'password for the horse staple',
    'administrators of horses',
    'summer and 2026',
    'x7$kQ29!pL3&',
    '9283-4729-x1',
    '密码安全第一2026!!',
    'winterly 2026!',
    // Parts of names with less than four letters are in many words.
    'Adaptable horse staple',
    'example horse staple',
    '🐎🔋🧷🎈🐎🎈🔋🎈🧷🎈🐎🧷',
    '   staple   horse   ',
  ])('%s is accepted', (password) => {
    expect(passwordFault(password, context)).toBeUndefined();
  });

  it('contains no word of the name, wherever it is put and however it is written', () => {
    const word = fc.constantFrom('lovelace', 'LoveLace', 'Mueller'.replace('ue', 'ü'), 'MULLER', 'byron');
    fc.assert(
      fc.property(fc.string(), word, fc.string(), (before, name, after) => {
        expect(passwordFault(`${before}${name}${after}`, context)).toBeDefined();
      }),
    );
  });

  it('is accepted when random', () => {
    // Those of fast-check prefer zeros, of which some are no passwords.
    for (let n = 0; n < 1_000; n += 1) expect(passwordFault(randomUUID(), context)).toBeUndefined();
  });

  it('is judged for people whose name and address have no long part', () => {
    const short = { ...context, name: 'Li Wu', email: 'lw@ab.cn', organisation: 'A B' };
    expect(passwordFault('staple horse 12', short)).toBeUndefined();
    expect(passwordFault('liwu staple horse', short)).toMatch(/user's name/);
  });
});
