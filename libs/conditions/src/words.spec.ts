import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from './index.js';
import { wordsOf } from './words.js';

const has = (phrases: string | readonly string[], x: unknown): boolean =>
  compile({ fact: 'x', hasWord: [phrases].flat() })({ x });

describe('a text has a word', () => {
  it.each<[string, string]>([
    ['trial', 'Free trial'],
    ['trial', 'TRIAL'],
    ['trial', 'start-trial'],
    ['trial', 'start_trial_2026'],
    ['trial', '(trial)'],
    ['trial', "l'trial’s"],
    ['coo', 'CTO/COO'],
    ['coo', 'C.F.O., COO'],
    ['C.E.O.', 'c.e.o'],
    ['head of', 'Head of Operations'],
    ['head of', 'head  OF\u00a0it'],
    ['head of', 'Deputy Head-of IT'],
    ['head of it', 'Head of head of IT'],
    ['demo', 'Démo gratuite'],
    ['démo', 'demo'],
    ['Geschäftsführer', 'GESCHÄFTSFÜHRER'],
    ['geschaftsfuhrer', 'Gescha\u0308ftsfu\u0308hrer'],
    ['strasse', 'Große Straße'],
    ['satis', 'SATIŞ müdürü'],
    ['satış', 'SATIS'],
    ['wlasciciel', 'Właściciel'],
    ['søren', 'SOREN'],
    ['директор', 'Генеральный ДИРЕКТОР'],
    ['διευθυντής', 'ΔΙΕΥΘΥΝΤΗΣ πωλήσεων'],
    ['ceo', '最高経営責任者CEO'],
    ['CEO', 'ＣＥＯ'],
    ['社長', '代表取締役社長'],
    ['デモ', 'デモを予約する'],
    ['ﾃﾞﾓ', 'デモ'],
    ['데모', '데모를 신청합니다'],
    ['สาธิต', 'ขอสาธิตสินค้า'],
    ['מנהל', 'מנהל מכירות'],
    ['5', 'Level 5'],
  ])('%s: %s', (phrase, text) => expect(has(phrase, text)).toBe(true));

  it.each<[string, string]>([
    ['trial', 'Industrial automation'],
    ['trial', 'trials'],
    ['trial', 'trial2'],
    ['coo', 'Coordinator'],
    ['coo', 'Cook'],
    ['vp', 'VPN engineer'],
    ['head', 'Headhunter'],
    ['sales', 'salesforce-guide'],
    ['demo', 'démocratie'],
    ['chef', 'Mischief'],
    ['rat', 'Aufsichtsräte'],
    ['ux', 'aux'],
    ['head of', 'head it of'],
    ['head of', 'head'],
    ['head of', 'ahead of'],
    ['head of', 'head offer'],
    ['head of it', 'head of'],
    ['директор', 'директория'],
    ['ceo', 'とceos'],
    ['社長', '社内部長'],
    ['5', 'Level 50'],
  ])('not %s: %s', (phrase, text) => expect(has(phrase, text)).toBe(false));

  it('or one of several phrases, also with the same first word', () => {
    expect(has(['head of', 'head it'], 'Head IT')).toBe(true);
    expect(has(['head of', 'head it'], 'Head HR')).toBe(false);
  });

  it('in one member of a list, never across members', () => {
    expect(has('head of', ['CFO', 'Head of IT'])).toBe(true);
    expect(has('head of', ['head', 'of'])).toBe(false);
    expect(has('head of', [['head of']])).toBe(false);
    expect(has('head of', { 'head of': 'head of' })).toBe(false);
  });

  it('exactly when the words of the phrase are next to each other among its words', () => {
    const word = fc.constantFrom('head', 'of', 'it', 'ahead', 'Straße', 'é', '社', '長', 'เ');
    const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '-', '/', ', ', '’')), { maxLength: 8 });
    const spaced = (value: string): string => ` ${wordsOf(value).join(' ')} `;
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 4 }), text, (phrases, parts) => {
        const value = parts.flat().join('');
        expect(has(phrases, value)).toBe(phrases.some((each) => spaced(value).includes(spaced(each))));
      }),
      { numRuns: 2_000 },
    );
  });
});
