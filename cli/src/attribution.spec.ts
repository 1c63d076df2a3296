import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from './program.js';
import type { Terminal } from './terminal.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paths-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = async (content: string | Uint8Array, line: string): Promise<string> => {
  const file = join(folder, 'paths.csv');
  await writeFile(file, content);
  const output: string[] = [];
  const program = createProgram({ write: (text) => void output.push(text) } as Terminal);
  await program.parseAsync(['attribution', file, ...line.split(' ')], { from: 'user' });
  return output.join('\n');
};
const creditsOf = async (content: string | Uint8Array, line: string) =>
  (JSON.parse(await run(content, `${line} --json`)) as { credits: unknown }).credits;

const PATHS = `path,conversions,value,nulls
search > email,2,100,8
email,1,20,0
`;

describe('baton attribution', () => {
  it('prints a table with the total', async () => {
    expect((await run(PATHS, '--model linear')).split('\n')).toEqual([
      'KEY      CONVERSIONS    SHARE  VALUE',
      'email              2   66.7 %     70',
      'search             1   33.3 %     50',
      '(total)            3  100.0 %    120',
    ]);
    expect(await run('path,conversions\na > b > c,1\nd,0', '--model linear')).toBe(
      [
        'KEY      CONVERSIONS    SHARE',
        'a           0.333334   33.3 %',
        'b           0.333333   33.3 %',
        'c           0.333333   33.3 %',
        'd           0.000000    0.0 %',
        '(total)     1.000000  100.0 %',
      ].join('\n'),
    );
  });

  it('prints CSV and the JSON of the API', async () => {
    expect(await run(PATHS, '--model last --csv')).toBe('key,conversions,value\nemail,3,120\nsearch,0,0');
    expect(await creditsOf(PATHS, '--model markov --order 2')).toEqual([
      { key: 'email', conversions: 1.8, value: 72 },
      { key: 'search', conversions: 1.2, value: 48 },
    ]);
  });

  it.each<[string, string, Record<string, number>]>([
    ['--model last-non-direct --direct-key c b', 'a > b > c', { a: 1, b: 0, c: 0 }],
    ['--model position --shape w', 'a > b > c > d > e', { a: 0.3, c: 0.3, e: 0.3, b: 0.05, d: 0.05 }],
    ['--model time-decay --half-life-days 1', 'a > b', { b: 0.666667, a: 0.333333 }],
    ['--model first --separator |', 'a>b | c', { 'a>b': 1, c: 0 }],
  ])('passes on %s', async (line, path, expected) => {
    const credits = (await creditsOf(`path,conversions\n${path},1`, line)) as {
      key: string;
      conversions: number;
    }[];
    expect(Object.fromEntries(credits.map(({ key, conversions }) => [key, conversions]))).toEqual(expected);
  });

  it.each<[string, string | Uint8Array]>([
    [
      'the columns of ChannelAttribution',
      'path;total_conversions;total_conversion_value;total_null\na > b;2;1,5;3\n',
    ],
    [
      'row names of R, quotes and NA',
      '"","path","total_conversions","total_conversion_value","total_null"\n"1","a > b",2e0,1.5,NA\n',
    ],
    ['a byte order mark and CRLF', '\ufeffPath,Conversions,Conversion value\r\na>b,2,1.5\r\n'],
    ['columns in another order, and others', 'value,id,conversions,path\n1.5,7,2,  a >b '],
    ['UTF-16 and tabs', Buffer.from('\ufeffpath\tconversions\trevenue\na > b\t2\t1,5', 'utf16le')],
    [
      'lines of Google Analytics before its header',
      '# ----\n# Top Conversion Paths\n\nMCF Channel Grouping Path,Conversions,Conversion Value\na > b,2,1.50\n',
    ],
    ['rows to be summed', 'path,conversions,value\na > b,1,1\na > b,1,0.5\n'],
  ])('reads a file with %s', async (_, content) => {
    expect(await creditsOf(content, '--model first')).toEqual([
      { key: 'a', conversions: 2, value: 1.5 },
      { key: 'b', conversions: 0, value: 0 },
    ]);
  });

  it('reads days before the conversion', async () => {
    const content = 'path,conversions,days_before\na > b,1,7 > 0\n';
    expect(await creditsOf(content, '--model time-decay')).toEqual([
      { key: 'b', conversions: 0.666667 },
      { key: 'a', conversions: 0.333333 },
    ]);
  });

  it.each<[string, string, string, string]>([
    [
      'text for a number',
      `${PATHS}x,many,1,1`,
      '--model first',
      'Line 4: conversions must be a finite number of at least 0.',
    ],
    ['thousands', `${PATHS}x,"1,000",1,1`, '--model first', 'Line 4: conversions must be a finite number'],
    ['no conversions', `${PATHS}x,,1,1`, '--model first', 'Line 4: conversions must be'],
    ['a negative number', `\n${PATHS}x,1,-1,1`, '--model first', 'Line 5: value must be'],
    ['an empty path', `${PATHS},1,1,1`, '--model first', 'Line 4: path must be a list of at least one key'],
    ['a blank touch', `${PATHS}a > > b,1,1,1`, '--model first', 'Line 4: path, touch 2, must be text'],
    ['no column', 'paths,sales\na,1', '--model first', 'The file has no column conversions.'],
    ['no rows', 'path,conversions', '--model first', 'The paths must be a list of at least one path.'],
    ['nothing in it', '', '--model first', 'The file is empty.'],
    ['order 4', PATHS, '--model markov --order 4', '--order must be 1, 2 or 3.'],
    [
      'a half-life in words',
      PATHS,
      '--model time-decay --half-life-days week',
      '--half-life-days must be a number',
    ],
    ['an option of another model', PATHS, '--model linear --order 2', '--order is not an option of linear.'],
  ])('refuses %s', async (_, content, line, message) => {
    await expect(run(content, line)).rejects.toThrow(message);
  });

  it('prints ten faults of a file and the number of the others', async () => {
    const content = `path,conversions\n${'a,x\n'.repeat(12)}`;
    await expect(run(content, '--model first')).rejects.toThrow(/^(Line \d+: .*\n){10}2 more\.$/);
  });

  it('says that a file cannot be read', async () => {
    const program = createProgram({} as Terminal);
    await expect(
      program.parseAsync(['attribution', join(folder, 'none.csv'), '--model', 'first'], { from: 'user' }),
    ).rejects.toThrow(/^Cannot read .*none\.csv: ENOENT/);
  });
});
