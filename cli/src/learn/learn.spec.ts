import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from '../program.js';
import type { Terminal } from '../terminal.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'learn-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = async (content: string | Uint8Array, ...flags: string[]): Promise<string> => {
  const file = join(folder, 'leads.csv');
  await writeFile(file, content);
  const output: string[] = [];
  const program = createProgram({ write: (text) => void output.push(text) } as Terminal);
  await program.parseAsync(['learn', '--history', file, ...flags], { from: 'user' });
  return output.join('\n');
};
const learned = async (content: string | Uint8Array, ...flags: string[]) =>
  JSON.parse(await run(content, ...flags, '--json'));

/** Leads of which those of a webinar with many pages convert; each row depends on its number only. */
const leads = (
  count: number,
  { separator = ',', header = 'lead,day,source,pages,converted', newline = '\n' } = {},
): string =>
  [
    header.replaceAll(',', separator),
    ...Array.from({ length: count }, (_, i) => {
      const [webinar, pages] = [(i * 7919) % 3 === 0, (i * 104_729) % 17];
      const converted = ((i * 31) % 100) / 100 < (webinar ? 0.25 : 0.05) + pages * 0.03;
      const day = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString().slice(0, 16);
      return [`L${i}`, day, webinar ? 'webinar' : 'advert', pages, converted ? 'yes' : 'no'].join(separator);
    }),
  ].join(newline);

describe('baton learn', () => {
  it('prints rows, columns, what is left out, figures and weights', async () => {
    const text = await run(leads(1000), '--outcome', 'converted', '--at', 'day');
    expect(text).toContain('1000 rows, 5 columns, separator ",".');
    expect(text).toContain('Positive is "yes" (guessed; --positive VALUE changes it), negative "no".');
    expect(text).toMatch(
      /Order by day \(date\): trained on the oldest 800 rows \(\d+ positive\), judged on the newest 200/,
    );
    expect(text).toMatch(/source +text +0 +2 +yes +advert, webinar/);
    expect(text).toContain('lead has another value in nearly every row');
    expect(text).toMatch(/AUC +0\.[67]\d\d/);
    expect(text).toMatch(/source +webinar +\+0\.9/);
    expect(text).not.toContain('L17');
  });

  it('prints one JSON document', async () => {
    const found = await learned(
      leads(1000),
      '--outcome',
      'converted',
      '--holdout',
      '0.4',
      '--leave-out',
      'pages',
    );
    expect(found).toMatchObject({
      separator: ',',
      rows: { total: 1000, withoutOutcome: 0, used: 1000, trained: 600, newest: 400 },
      outcome: { positive: 'yes', negative: ['no'], guessed: true },
      order: { by: null, kind: 'file' },
      columns: [
        { name: 'lead', type: 'text', distinct: 1000, used: false, values: '' },
        { name: 'day', type: 'date', used: true },
        { name: 'source', type: 'text', distinct: 2, used: true, values: 'advert, webinar' },
      ],
      leftOut: [
        { column: 'pages', kind: 'asked' },
        { column: 'lead', kind: 'identifier' },
      ],
      metrics: {
        rows: 400,
        auc: expect.any(Number),
        brier: expect.any(Number),
        lift: expect.any(Array),
        confusion: expect.any(Object),
      },
      weights: expect.arrayContaining([
        {
          column: 'source',
          value: 'webinar',
          weight: expect.any(Number),
          effect: expect.any(Number),
          rows: 200,
        },
      ]),
      walk: null,
    });
  });

  it('writes a probability for every row of the newest part, by row and line', async () => {
    const file = join(folder, 'newest.csv');
    const content = leads(1000).replace('L0,', '"L0\n",');
    await run(content, '--outcome', 'converted', '--predictions', file);
    const [header, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
    expect(header).toBe('row,line,probability,outcome,terms');
    expect(rows).toHaveLength(200);
    expect(rows[0]).toMatch(/^801,803,0\.\d+,[01],/);
    expect(rows.at(-1)).toMatch(/^1000,1002,/);
  });

  it.each<[string, string | Uint8Array]>([
    ['semicolons', leads(300, { separator: ';' })],
    ['tabs and CRLF', leads(300, { separator: '\t', newline: '\r\n' })],
    ['bars', leads(300, { separator: '|' })],
    ['a byte order mark', `\ufeff${leads(300)}`],
    ['UTF-16', Buffer.from(`\ufeff${leads(300)}`, 'utf16le')],
    ['Windows-1252', Buffer.from(leads(300).replaceAll('advert', 'Bücher'), 'latin1')],
  ])('reads %s alike', async (_, content) => {
    const [found, plain] = [
      await learned(content, '--outcome', 'converted'),
      await learned(leads(300), '--outcome', 'converted'),
    ];
    expect(found.metrics).toEqual(plain.metrics);
  });

  it('gives the same for the columns in another order', async () => {
    const turned = leads(400)
      .split('\n')
      .map((line) => line.split(',').reverse().join(','))
      .join('\n');
    const [a, b] = [
      await learned(leads(400), '--outcome', 'converted'),
      await learned(turned, '--outcome', 'converted'),
    ];
    expect(b.metrics).toEqual(a.metrics);
    expect(b.weights).toEqual(a.weights);
  });

  it('orders by a number, takes rows without one for the oldest, keeps equal ones as in the file', async () => {
    const [header, ...rows] = leads(500, { header: 'lead,n,source,pages,converted' }).split('\n');
    const numbered = rows.map((row, i) =>
      row.replace(/,[^,]+/, `,${i < 5 ? '' : Math.floor((500 - i) / 100)}`),
    );
    const file = join(folder, 'ordered.csv');
    const content = [header, ...numbered].join('\n');
    const found = await learned(content, '--outcome', 'converted', '--at', 'n', '--predictions', file);
    expect(found.order).toEqual({ by: 'n', kind: 'number', missing: 5 });
    expect(found.warnings).toContain('5 rows have no "n": they are taken for the oldest.');
    const numbers = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[0]));
    expect(numbers.slice(-95)).toEqual(Array.from({ length: 95 }, (_, i) => i + 7));
  });

  it('leaves out rows without an outcome or with an open one, and says so', async () => {
    const content = leads(500)
      .replaceAll(/(L\d*[05],.*),\w+/g, '$1,')
      .replaceAll(/(L\d*7,.*),\w+/g, '$1,Open');
    const found = await learned(content, '--outcome', 'converted');
    expect(found).toMatchObject({ rows: { withoutOutcome: 150, used: 350 }, outcome: { open: ['Open'] } });
    expect(found.warnings[0]).toBe(
      '150 rows have no outcome (or "Open"): they are left out, neither trained on nor predicted.',
    );
  });

  it('walks through the file beside a model trained once', async () => {
    const file = join(folder, 'walked.csv');
    const found = await learned(
      leads(1000),
      '--outcome',
      'converted',
      '--every',
      '100',
      '--window',
      '400',
      '--predictions',
      file,
    );
    expect(found.walk).toMatchObject({
      every: 100,
      window: 400,
      trainings: 6,
      rows: 600,
      auc: expect.any(Number),
      once: { brier: expect.any(Number) },
    });
    expect((await readFile(file, 'utf8')).split('\n')[0]).toBe(
      'row,line,probability,outcome,walk_probability,terms',
    );
  });

  it('names a leaking column and uses it when told to', async () => {
    const content = leads(600)
      .split('\n')
      .map((line, i) =>
        i === 0 ? `${line},signed at` : `${line},${line.endsWith('yes') ? '2026-05-01' : ''}`,
      )
      .join('\n');
    const found = await learned(content, '--outcome', 'converted');
    expect(found.leftOut).toContainEqual({
      column: 'signed at',
      kind: 'filled-after',
      reason: expect.stringContaining('filled only when the outcome is positive'),
    });
    expect(
      (await learned(content, '--outcome', 'converted', '--keep', 'signed at')).metrics.auc,
    ).toBeGreaterThan(0.95);
    expect((await learned(content, '--outcome', 'converted', '--keep-leaking')).metrics.auc).toBeGreaterThan(
      0.95,
    );
  });
});

describe('the positive value', () => {
  const withOutcomes = (yes: string, no: string): string =>
    leads(300).replaceAll(',yes', `,${yes}`).replaceAll(',no', `,${no}`);

  it.each([
    ['1', '0'],
    ['TRUE', 'FALSE'],
    ['Closed Won', 'Closed Lost'],
    ['Converted', 'nurture'],
    ['gekauft', 'nein'],
    ['1', '-1'],
  ])('%s is guessed beside %s', async (yes, no) => {
    expect((await learned(withOutcomes(yes, no), '--outcome', 'converted')).outcome).toMatchObject({
      positive: yes,
      guessed: true,
    });
  });

  it('is taken as given, whatever its case', async () => {
    expect(
      (await learned(withOutcomes('Good', 'bad'), '--outcome', 'converted', '--positive', 'BAD')).outcome,
    ).toMatchObject({ positive: 'bad', negative: ['Good'] });
  });

  it('is asked for with the values', async () => {
    await expect(run(withOutcomes('good', 'bad'), '--outcome', 'converted')).rejects.toMatchObject({
      message: 'It is not clear which value of column "converted" is the positive outcome.',
      advice: expect.stringMatching(
        /^Pass --positive VALUE\. Its values: "bad" \(\d+ rows\), "good" \(\d+ rows\)\.$/,
      ),
    });
  });
});

describe('is refused with what to do:', () => {
  it.each<[string, string | Uint8Array, string[], string | RegExp, RegExp]>([
    [
      'an unknown column',
      leads(100),
      ['--outcome', 'Convertd'],
      '--outcome: the file has no column "Convertd". Did you mean "converted"?',
      /Its columns: lead, day/,
    ],
    [
      'an unknown column to leave out',
      leads(100),
      ['--outcome', 'converted', '--leave-out', 'page,day'],
      /no column "page"\. Did you mean "pages"/,
      /Its columns/,
    ],
    [
      'an unknown value',
      leads(100),
      ['--outcome', 'converted', '--positive', 'won'],
      /no value "won"/,
      /"no" \(\d+ rows\)/,
    ],
    ['an empty file', '', ['--outcome', 'converted'], 'The file is empty.', /one row per lead/],
    ['a header only', 'a,b\n', ['--outcome', 'a'], 'The file has a header and no rows.', /one row per lead/],
    [
      'two columns of one name',
      'a,b,a\n1,2,3',
      ['--outcome', 'b'],
      'Several columns are named "a".',
      /Rename/,
    ],
    [
      'ragged rows',
      'a,b\n1,2\n1\n1,2,3\n1,2,,\n',
      ['--outcome', 'b'],
      /line 3 has 1, line 4 has 3\.$/,
      /quotes/,
    ],
    ['an open quote', 'a,b\n"1,2\n', ['--outcome', 'b'], 'Line 2: a quote is not closed.', /^$/],
    [
      'one outcome',
      leads(100).replaceAll(',yes', ',no'),
      ['--outcome', 'converted'],
      /^Every row with an outcome has "no"/,
      /value of their own/,
    ],
    [
      'only positive outcomes',
      leads(100).replaceAll(',no', ',yes'),
      ['--outcome', 'converted'],
      /nothing to compare/,
      /such as "no"/,
    ],
    [
      'too few outcomes',
      leads(60),
      ['--outcome', 'converted'],
      /^There are \d+ positive and \d+ negative outcomes; a model needs at least 40 of each\.$/,
      /Add rows/,
    ],
    [
      'an order that is none',
      leads(100),
      ['--outcome', 'converted', '--at', 'source'],
      /neither a date nor a number/,
      /2026-11-28/,
    ],
    [
      'the outcome as the order',
      leads(100),
      ['--outcome', 'converted', '--at', 'converted'],
      /same column/,
      /orders the rows/,
    ],
    [
      'a holdout of all',
      leads(100),
      ['--outcome', 'converted', '--holdout', '1'],
      '--holdout 1 is not a share.',
      /0\.2/,
    ],
    [
      'a window alone',
      leads(100),
      ['--outcome', 'converted', '--window', '100'],
      '--every and --window belong together.',
      /--every N/,
    ],
    [
      'a window of no number',
      leads(100),
      ['--outcome', 'converted', '--window', 'x', '--every', '5'],
      '--window x is not a number of rows.',
      /whole number/,
    ],
    [
      'a window as large as the file',
      leads(400),
      ['--outcome', 'converted', '--window', '400', '--every', '5'],
      /not less than the 400 rows/,
      /smaller/,
    ],
  ])('%s', async (_, content, flags, message, advice) => {
    const fault = await run(content, ...flags).catch(
      (error: unknown) => error as Error & { advice?: string },
    );
    expect(fault).toMatchObject({
      name: 'CliError',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect((fault as { advice?: string }).advice ?? '').toMatch(advice);
  });

  it('a missing file, and predictions over the history', async () => {
    const program = createProgram({ write: () => undefined } as unknown as Terminal);
    const missing = join(folder, 'none.csv');
    await expect(
      program.parseAsync(['learn', '--history', missing, '--outcome', 'a'], { from: 'user' }),
    ).rejects.toThrow(`There is no file ${missing}.`);
    await expect(
      run(leads(300), '--outcome', 'converted', '--predictions', join(folder, 'leads.csv')),
    ).rejects.toThrow('--predictions is the file of --history.');
  });
});
