import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvOf, CsvReader, parseCsv, textOf } from './csv.js';

const cells = (text: string): (readonly string[])[] => parseCsv(text).rows.map((row) => row.cells);

describe('a CSV', () => {
  it.each<[string, string, string[][]]>([
    [
      'commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF, without a last one',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CR alone',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'the line sep=',
      'sep=;\r\na,x;b\r\n1;2',
      [
        ['a,x', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      '"a","b ""c"""\n"1,2","3\n4"\n',
      [
        ['a', 'b "c"'],
        ['1,2', '3\n4'],
      ],
    ],
    ['text after a quote', '"a" x,b', [['a x', 'b']]],
    ['a quote inside', 'a "b",c', [['a "b"', 'c']]],
    ['delimiters inside quotes of the header', '"a;b;c",d', [['a;b;c', 'd']]],
    [
      'empty cells',
      'a,,\n,,1',
      [
        ['a', '', ''],
        ['', '', '1'],
      ],
    ],
    [
      'empty quotes',
      '"",a\n"1",2',
      [
        ['', 'a'],
        ['1', '2'],
      ],
    ],
    [
      'blank lines',
      '\na,b\n\n , \n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['nothing', '', []],
  ])('with %s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  it('knows the lines of its rows', () => {
    expect(parseCsv('a,b\n"1\n\n2",3\n\n4,"5\n"\n6,7').rows.map(({ line }) => line)).toEqual([1, 2, 6, 8]);
    expect(parseCsv('sep=,\na\nb').rows.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('is refused with an open quote, by its line', () => {
    expect(() => parseCsv('a\nb\n"c\nd')).toThrow('Line 3: a quote is not closed.');
  });
});

it.each([
  ['UTF-8', Buffer.from('ü,€')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffü,€')],
  ['UTF-16, little endian', Buffer.from('\ufeffü,€', 'utf16le')],
  ['UTF-16, big endian', Buffer.from('\ufeffü,€', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from([0xfc, 0x2c, 0x80])],
])('text in %s is read', (_, bytes) => {
  expect(textOf(bytes)).toBe('ü,€');
});

it('written cells are read back as they were, but for formulas', () => {
  const rows = [
    ['key', 'n'],
    ['a,"b"\nc', 1.5],
    ['=1+1', -2],
  ];
  expect(csvOf(rows)).toBe('key,n\n"a,""b""\nc",1.5\n\'=1+1,-2');
});

describe('a CSV that is read in pieces', () => {
  it('has the rows of the whole, wherever it is cut', () => {
    const piece = fc.constantFrom('a', ' ', '"', '""', ',', ';', '\t', '\n', '\r', '\r\n', 'sep=;\n', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const text = pieces.join('');
        const inPieces = (): unknown[] => {
          const reader = new CsvReader();
          const rows = [];
          for (let at = 0; at < text.length; at += size)
            rows.push(...reader.rowsOf(text.slice(at, at + size), false));
          rows.push(...reader.rowsOf('', true));
          return [reader.delimiter, rows.map(({ line, cells }) => ({ line, cells }))];
        };
        const whole = (): unknown[] => [parseCsv(text).delimiter, parseCsv(text).rows];
        const resultOf = (work: () => unknown[]) => {
          try {
            return work();
          } catch (fault) {
            return (fault as Error).message;
          }
        };
        expect(resultOf(inPieces)).toEqual(resultOf(whole));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the text of each row', () => {
    const rows = [...new CsvReader().rowsOf('a,"b\n1"\r\n"x""",2\n', true)];
    expect(rows.map(({ text }) => text)).toEqual(['a,"b\n1"', '"x""",2']);
  });

  it('does not take the rest of a large file for one cell', () => {
    const reader = new CsvReader();
    expect([...reader.rowsOf('a,b\n1,2\n', false)]).toHaveLength(2);
    expect(() => [...reader.rowsOf(`3,"${'x'.repeat(1_000_001)}`, false)]).toThrow(/Line 3: a quote/);
  });
});
