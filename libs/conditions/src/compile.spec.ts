import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile, type Comparison, type Condition } from './index.js';

const holds = (condition: Condition, facts: Record<string, unknown>): boolean => compile(condition)(facts);
const fact = 'x';

describe('a comparison', () => {
  it.each<[string, Comparison, unknown, boolean]>([
    ['text regardless of case', { fact, is: 'Berlin' }, 'BERLIN', true],
    ['text regardless of spaces around it', { fact, is: 'Berlin' }, ' berlin ', true],
    ['text regardless of how accents are encoded', { fact, is: 'Zürich' }, 'Zu\u0308rich', true],
    ['text regardless of accents', { fact, is: 'Zürich' }, 'ZURICH', true],
    ['other text', { fact, is: 'Berlin' }, 'Bern', false],
    ['a number that a form sent as text', { fact, is: 250 }, '250', true],
    ['a text that reads like the number', { fact, is: '250' }, 250, true],
    ['a checkbox that a form sent as text', { fact, is: true }, 'TRUE', true],
    ['not', { fact, isNot: 'a' }, 'b', true],
    ['not, regardless of case', { fact, isNot: 'a' }, 'A', false],
    ['one of', { fact, in: ['DE', 'AT'] }, 'at', true],
    ['one of numbers', { fact, in: [1, 2] }, '2', true],
    ['none of these', { fact, in: ['DE', 'AT'] }, 'CH', false],
    ['none of', { fact, notIn: ['DE', 'AT'] }, 'CH', true],
    ['none of, though it is', { fact, notIn: ['DE', 'AT'] }, 'De', false],
    ['part of a text', { fact, contains: 'Head' }, 'deputy head of it', true],
    ['the end of a word, as written', { fact, contains: 'head ' }, 'headhunter', false],
    ['the start of a word, as written', { fact, contains: ' demo' }, 'a memodemo', false],
    ['start of a first word, as written', { fact, startsWith: 'coo ' }, 'Coordinator', false],
    ['a first word, as written', { fact, startsWith: 'coo ' }, 'COO and CFO', true],
    ['a last word, as written', { fact, endsWith: ' head' }, 'Sales Overhead', false],
    ['a whole text is compared without the space around it', { fact, is: ' coo ' }, 'COO', true],
    ['start', { fact, startsWith: '/Pricing' }, '/pricing/eu', true],
    ['end', { fact, endsWith: '.PDF' }, 'guide.pdf', true],
    ['at least, equal', { fact, atLeast: 50 }, 50, true],
    ['at least, as text', { fact, atLeast: 50 }, '250.5', true],
    ['at least, less', { fact, atLeast: 50 }, 49.99, false],
    ['at least, words', { fact, atLeast: 0 }, 'many', false],
    ['at least, thousands separators are not guessed', { fact, atLeast: 0 }, '1,000', false],
    ['at least, no hexadecimal', { fact, atLeast: 0 }, '0x10', false],
    ['at most', { fact, atMost: 50 }, 50, true],
    ['more than', { fact, moreThan: 50 }, 50, false],
    ['less than', { fact, lessThan: 50 }, -1, true],
    ['known', { fact, exists: true }, 0, true],
    ['known though false', { fact, exists: true }, false, true],
    ['unknown', { fact, exists: false }, 'a', false],
  ])('%s: %j of %j is %s', (_, comparison, value, expected) => {
    expect(holds(comparison, { x: value })).toBe(expected);
  });
});

describe('a list', () => {
  it.each<[string, Comparison, unknown, boolean]>([
    ['is', { fact, is: 'b' }, ['a', 'B'], true],
    ['is', { fact, is: 'b' }, ['a', 'bc'], false],
    ['is not', { fact, isNot: 'b' }, ['a', 'B'], false],
    ['in', { fact, in: ['b', 'c'] }, ['a', 'B'], true],
    ['not in', { fact, notIn: ['b', 'c'] }, ['a', 'B'], false],
    ['has a word', { fact, hasWord: ['demo'] }, ['See pricing', 'Book a demo'], true],
    ['contains', { fact, contains: 'pric' }, ['home', 'pricing'], true],
    ['starts', { fact, startsWith: 'see' }, ['Book a demo', 'See pricing'], true],
    ['ends', { fact, endsWith: 'demo' }, ['Book a demo', 'See pricing'], true],
    ['at least', { fact, atLeast: 50 }, ['10', '250'], true],
    ['less than', { fact, lessThan: 5 }, ['10', '250'], false],
    ['exists, of blanks', { fact, exists: true }, ['', null], false],
    ['a list in it', { fact, is: 'a' }, [['a']], false],
  ])('%s: %j of %j is %s', (_, comparison, value, expected) => {
    expect(holds(comparison, { x: value })).toBe(expected);
  });

  it('passes a positive comparison exactly when one of its members does', () => {
    const members = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()));
    fc.assert(
      fc.property(comparisons, members, (each, list) => {
        expect(holds(each, { x: list })).toBe(list.some((x) => holds(each, { x })));
      }),
    );
  });
});

const comparisons: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ fact: fc.constant(fact), is: fc.oneof(fc.string(), fc.integer(), fc.boolean()) }),
  fc.record({ fact: fc.constant(fact), in: fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }) }),
  fc.record({
    fact: fc.constant(fact),
    hasWord: fc.array(fc.oneof(fc.string(), fc.constantFrom('a', '1', 'true')), { minLength: 1 }),
  }),
  fc.record({ fact: fc.constant(fact), contains: fc.string() }),
  fc.record({ fact: fc.constant(fact), startsWith: fc.string() }),
  fc.record({ fact: fc.constant(fact), endsWith: fc.string() }),
  fc.record({ fact: fc.constant(fact), atLeast: fc.integer() }),
  fc.record({ fact: fc.constant(fact), atMost: fc.integer() }),
  fc.record({ fact: fc.constant(fact), moreThan: fc.integer() }),
  fc.record({ fact: fc.constant(fact), lessThan: fc.integer() }),
  fc.record({ fact: fc.constant(fact), exists: fc.constant(true) }),
);

const trees = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    comparisons,
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

const values = fc.oneof(fc.jsonValue(), fc.string(), fc.integer().map(String), fc.constant(undefined));

describe('a missing fact', () => {
  const missing = fc.constantFrom<unknown>(undefined, null, '', '   ', [], ['', ' ', null]);

  it('makes every comparison false', () => {
    fc.assert(fc.property(comparisons, missing, (each, value) => !holds(each, { x: value })));
  });

  it('is not anything, none of anything, and does not exist', () => {
    fc.assert(
      fc.property(missing, fc.string(), (value, text) => {
        expect(holds({ fact, isNot: text }, { x: value })).toBe(true);
        expect(holds({ fact, notIn: [text] }, { x: value })).toBe(true);
        expect(holds({ fact, exists: false }, { x: value })).toBe(true);
      }),
    );
  });
});

describe('a tree', () => {
  it('negates: isNot, notIn, exists false and not are the opposites', () => {
    fc.assert(
      fc.property(values, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (x, value) => {
        expect(holds({ fact, isNot: value }, { x })).toBe(!holds({ fact, is: value }, { x }));
        expect(holds({ fact, notIn: [value] }, { x })).toBe(!holds({ fact, in: [value] }, { x }));
        expect(holds({ fact, in: [value] }, { x })).toBe(holds({ fact, is: value }, { x }));
        expect(holds({ fact, exists: false }, { x })).toBe(!holds({ fact, exists: true }, { x }));
      }),
    );
  });

  it('means what every and some mean, at any depth', () => {
    const plain = (tree: Condition, facts: Record<string, unknown>): boolean => {
      if ('all' in tree) return tree.all.every((each) => plain(each, facts));
      if ('any' in tree) return tree.any.some((each) => plain(each, facts));
      return 'not' in tree ? !plain(tree.not, facts) : holds(tree, facts);
    };
    fc.assert(fc.property(trees, values, (tree, x) => holds(tree, { x }) === plain(tree, { x })));
  });

  it('never throws, whatever the facts are', () => {
    fc.assert(
      fc.property(trees, fc.dictionary(fc.string(), fc.anything()), fc.anything(), (tree, facts, x) => {
        expect(typeof holds(tree, { ...facts, x })).toBe('boolean');
      }),
    );
  });

  it('with nothing in it never holds', () => {
    expect(holds({ all: [] }, { x: 1 })).toBe(false);
    expect(holds({ any: [] }, { x: 1 })).toBe(false);
  });

  it('that is too deep is not built', () => {
    const deep = Array.from({ length: 50 }).reduce<Condition>((not) => ({ not }), { fact, is: 1 });
    expect(() => compile(deep)).toThrow(RangeError);
  });
});

describe('a path', () => {
  const known = (path: string, facts: unknown): boolean =>
    holds({ fact: path, exists: true }, facts as Record<string, unknown>);

  it('leads through nested facts', () => {
    expect(known('a', { a: 1 })).toBe(true);
    expect(known('a.b', { a: { b: 1 } })).toBe(true);
    expect(known('a.b.c.d', { a: { b: { c: { d: 1 } } } })).toBe(true);
    expect(known('a.b.c', { a: { b: 1 } })).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'never leads to %s',
    (name) => {
      expect(known(name, {})).toBe(false);
      expect(known(`a.${name}`, { a: {} })).toBe(false);
      expect(known(`a.${name}.name`, { a: {} })).toBe(false);
    },
  );

  it('never leads through a name of JavaScript, even one that a sender made', () => {
    const facts: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":{"a":1},"prototype":1}');
    expect(known('__proto__.a', facts)).toBe(false);
    expect(known('constructor.a', facts)).toBe(false);
    expect(known('prototype', facts)).toBe(false);
  });

  it('does not lead into lists or texts', () => {
    expect(known('a.length', { a: [1] })).toBe(false);
    expect(known('a.0', { a: [1] })).toBe(false);
    expect(known('a.length', { a: 'text' })).toBe(false);
  });

  it('with an empty name leads nowhere', () => {
    expect(known('a..b', { a: { '': { b: 1 } } })).toBe(false);
  });
});
