import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { UsageError } from '../cli-error.js';
import { csvOf, parseCsv } from '../csv.js';
import type { Terminal } from '../terminal.js';
import { addImportCommand } from './import-command.js';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}
type Sent = Readonly<Record<string, any>>;

let folder: string;
let file: string;
let server: Server;
let batches: Sent[][];
let answer: (batch: readonly Sent[], request: IncomingMessage) => Answer;
let output: string[];

const bodyOf = async (request: IncomingMessage): Promise<{ batch: Sent[] }> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as { batch: Sent[] };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-import-'));
  file = join(folder, 'leads.csv');
  batches = [];
  output = [];
  answer = () => ({});
  server = createServer((request, response) => {
    void bodyOf(request).then(({ batch }) => {
      const { status = 200, headers = {}, body = { success: true } } = answer(batch, request);
      if (status === 200) batches.push(batch);
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** Runs `baton import` and gives its exit code. */
const run = async (options = '--yes', terminal: Partial<Terminal> = {}): Promise<number | undefined> => {
  const { port } = server.address() as AddressInfo;
  let code: number | undefined;
  const program = new Command('baton').option('--url <URL>');
  const silent: Terminal = {
    interactive: false,
    write: (text) => void output.push(text),
    redraw: (text) => void output.push(text),
    clear: () => undefined,
    ask: () => Promise.reject(new Error('nothing should be asked')),
    ...terminal,
  };
  addImportCommand(program, silent, (given) => (code = given));
  const words = [
    'import',
    file,
    '--url',
    `http://127.0.0.1:${port}`,
    '--write-key',
    'key-1',
    ...options.split(' '),
  ];
  await program.parseAsync(words, { from: 'user' });
  return code;
};

const leads = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `lead${from + i}@x.example,2024-05-01\n`).join('');
const sentAddresses = (): string[] => batches.flat().map(({ traits }) => traits.mail as string);
const shown = (): string => output.join('\n');
const stateOf = async (): Promise<any> => JSON.parse(await readFile(`${file}.import.json`, 'utf8'));
const errorRows = async () =>
  parseCsv(await readFile(`${file}.errors.csv`, 'utf8')).rows.map(({ cells }) => cells);

describe('an import', () => {
  it('sends every row once in batches, with the key, and says what there was', async () => {
    await writeFile(file, `mail,created\n${leads(0, 1_200)}`);
    const keys = new Set<string | undefined>();
    answer = (_, { headers }) => {
      keys.add(headers.authorization);
      return {};
    };
    expect(await run()).toBe(0);
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(new Set(sentAddresses()).size).toBe(1_200);
    expect([...keys]).toEqual([`Basic ${Buffer.from('key-1:').toString('base64')}`]);
    expect(shown()).toContain('1200 rows: 1200 leads, 0 activities, 0 outcomes, 0 skipped, 0 failed.');
  });

  it('goes on behind the last batch that was taken, then has nothing to do', async () => {
    await writeFile(file, `mail,created\n${leads(0, 1_200)}`);
    answer = () => (batches.length === 1 ? { status: 401, body: { detail: 'The key has ended.' } } : {});
    await expect(run()).rejects.toThrow(/The key has ended/);
    expect(await stateOf()).toMatchObject({ line: 501, counts: { rows: 500, leads: 500 } });
    answer = () => ({});
    expect(await run()).toBe(0);
    expect(sentAddresses()).toHaveLength(1_200);
    expect(shown()).toContain('Goes on behind line 501.');
    expect(await run()).toBe(0);
    expect(sentAddresses()).toHaveLength(1_200);
  });

  it('sends only what was appended, and nothing of a file that was changed', async () => {
    await writeFile(file, `mail,created\n${leads(0, 10)}`);
    await run();
    await appendFile(file, leads(10, 15));
    await run();
    expect(sentAddresses()).toHaveLength(15);
    await writeFile(file, `mail,created\n${leads(1, 20)}`);
    await expect(run()).rejects.toThrow(UsageError);
    await writeFile(file, `mail,created\n${leads(0, 3)}`);
    await expect(run()).rejects.toThrow(/have changed/);
    expect(sentAddresses()).toHaveLength(15);
  });

  it('that starts again sends the same ids', async () => {
    await writeFile(file, `mail,created\n${leads(0, 10)}`);
    await run();
    await run('--yes --restart');
    const [first, second] = batches.map((batch) => batch.map(({ messageId }) => messageId as string));
    expect(second).toEqual(first);
  });

  it.each(['--dates dmy', '--time-zone Asia/Tokyo', '--map ignore=created'])(
    'with %s does not go on with what others sent',
    async (options) => {
      await writeFile(file, `mail,created\n${leads(0, 10)}`);
      await run();
      await expect(run(`--yes ${options}`)).rejects.toThrow(/other options/);
      expect(await run(`--yes --restart ${options}`)).toBe(0);
    },
  );

  it('asks before it sends, and needs --yes where there is nobody to ask', async () => {
    await writeFile(file, `mail,created\n${leads(0, 2)}`);
    await expect(run('--kind leads')).rejects.toThrow(/No terminal to ask on/);
    await expect(run('--kind leads', { interactive: true, ask: () => Promise.resolve('n') })).rejects.toThrow(
      'Nothing was changed.',
    );
    expect(await run('--kind leads', { interactive: true, ask: () => Promise.resolve('y') })).toBe(0);
    expect(batches).toHaveLength(1);
  });
});

describe('rows that fail', () => {
  it('are in the error file with line, column, reason and text, once, also after an interruption', async () => {
    const [bad, short] = ['nobody,2024-05-01\n', 'a@x.example\n'];
    await writeFile(file, `mail,created\n${bad}${leads(0, 600)}${short}"=x@",2024-05-01\n`);
    answer = () => (batches.length === 1 ? { status: 403, body: { detail: 'no' } } : {});
    await expect(run()).rejects.toThrow(UsageError);
    // What a process wrote that was killed before it saved how far it was.
    await appendFile(`${file}.errors.csv`, '602,,half a li');
    answer = () => ({});
    expect(await run()).toBe(1);
    expect(await errorRows()).toEqual([
      ['line', 'column', 'reason', 'row'],
      ['2', 'mail', 'is no e-mail address', 'nobody,2024-05-01'],
      ['603', '', 'has another number of cells than the first line', 'a@x.example'],
      ['604', 'mail', 'is no e-mail address', '"=x@",2024-05-01'],
    ]);
    expect(shown()).toContain(
      '603 rows, 102 of them new: 600 leads, 0 activities, 0 outcomes, 0 skipped, 3 failed.',
    );
    expect(shown()).toContain('2  mail: is no e-mail address');
    expect((await stat(`${file}.errors.csv`)).mode & 0o077).toBe(0);
  });

  it.each([1, 25, 70])(
    'at ingestion are named, all %s of them, and the others are taken',
    async (refused) => {
      await writeFile(file, `mail,created\n${leads(0, 100)}`);
      const isRefused = ({ traits }: Sent): boolean =>
        Number(/\d+/.exec(traits.mail as string)![0]) < refused;
      const taken = new Set<string>();
      answer = (batch) => {
        const errors = batch.flatMap((message, i) =>
          isRefused(message) ? [{ pointer: `/batch/${i}/traits`, detail: 'is refused' }] : [],
        );
        for (const message of batch) if (!isRefused(message)) taken.add(message['messageId'] as string);
        if (errors.length === batch.length)
          return { status: 400, body: { detail: 'x', errors: errors.slice(0, 20) } };
        return { body: { success: true, rejected: errors.length, errors: errors.slice(0, 20) } };
      };
      expect(await run()).toBe(1);
      expect(taken.size).toBe(100 - refused);
      expect(await errorRows()).toHaveLength(refused + 1);
      expect((await errorRows())[1]).toEqual([
        '2',
        '',
        'ingestion: /traits is refused',
        'lead0@x.example,2024-05-01',
      ]);
      expect(await stateOf()).toMatchObject({ counts: { leads: 100 - refused, failed: refused } });
    },
  );

  it('are not in what is printed or remembered', async () => {
    await writeFile(file, `mail,created\nsecret,2024-05-01\nsecret@x.example,2024-99-01\n{"secret"\n`);
    await run();
    await run('--dry-run');
    expect(shown() + JSON.stringify(await stateOf())).not.toMatch(/secret@|secret,|"secret"/);
  });
});

describe('ingestion that is busy', () => {
  it.each<[string, Answer]>([
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
    ['503', { status: 503, headers: { 'retry-after': '1' } }],
    ['502', { status: 502 }],
  ])('answers %s: the batch is sent again', async (status, busy) => {
    await writeFile(file, `mail,created\n${leads(0, 10)}`);
    let asked = 0;
    answer = () => ((asked += 1) === 1 ? busy : {});
    expect(await run()).toBe(0);
    expect([asked, sentAddresses().length]).toEqual([2, 10]);
    expect(shown()).toContain(`ingestion answered ${status}, trying again in 1 s`);
  });

  it('is given the time until its limit begins anew', async () => {
    await writeFile(file, `mail,created\n${leads(0, 10)}`);
    answer = () => ({ headers: { ratelimit: '"source";r=0;t=1' } });
    expect(await run()).toBe(0);
    expect(shown()).toContain('the limit of the source is used up');
  });
});

describe('a dry run', () => {
  it('shows the mapping and the first rows without people, checks all, and sends and writes nothing', async () => {
    await writeFile(
      file,
      `E-Mail;Vorname;Telefon;seit\n"Ada <ada@x.example>";Ada;+49 30 1234;05.03.2024\nnobody;Bob;;05.03.2024\n`,
    );
    expect(await run('--dry-run --map at=seit --dates dmy')).toBe(1);
    expect(shown()).toMatch(/E-Mail\s+email\nVorname\s+firstName\nTelefon\s+phone\nseit\s+at/);
    expect(shown()).toContain('"timestamp":"2024-03-05T00:00:00.000Z"');
    expect(shown()).not.toMatch(/ada@|"Ada"|1234/);
    expect(shown()).toContain('2 rows: 1 lead, 0 activities, 0 outcomes, 0 skipped, 1 failed.');
    expect(batches).toEqual([]);
    await expect(stat(`${file}.import.json`)).rejects.toThrow('ENOENT');
    await expect(stat(`${file}.errors.csv`)).rejects.toThrow('ENOENT');
  });

  it.each<[string, string, RegExp]>([
    ['mail,created\na@x.example,03.04.2024\n', '', /Line 2: created: may be two days/],
    ['mail,outcome,closedat\na@x.example,Huh,2024-05-01\n', '', /Line 2: outcome: is no known outcome/],
    ['mail,mail\na,b\n', '', /Several columns are named "mail"/],
    ['', '', /no rows|empty/],
    ['mail\na@x.example\n', '--time-zone Mars/Olympus', /no time zone/],
    ['mail\na@x.example\n', '--encoding klingon', /no encoding/],
    ['mail\na@x.example\n', '--map email', /no pair/],
    ['mail,x\na@x.example,1\n', '--outcomes won=x,lots=y', /--outcomes lots/],
    ['mail\na@x.example\n', '--map nowhere.json', /nowhere.json/],
  ])('of %j %s is refused before anything else', async (text, options, message) => {
    await writeFile(file, text);
    const fault = await run(`--dry-run ${options}`.trim()).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(UsageError);
    expect((fault as UsageError).message).toMatch(message);
  });

  it('takes the mapping from a file', async () => {
    await writeFile(file, 'K,E,D\na@x.example,Gewonnen,2024-05-01\n');
    const mapping = join(folder, 'mapping.json');
    const map = { email: 'K', outcome: 'E', outcomeAt: 'D' };
    await writeFile(mapping, JSON.stringify({ map, outcomes: { won: ['Gewonnen'] } }));
    expect(await run(`--dry-run --map ${mapping}`)).toBe(0);
    expect(shown()).toContain('"event":"Deal Won"');
  });
});

describe('a file', () => {
  const rows = [
    ['E-Mail', 'Größe'],
    ['a@x.example', 'größer, "sehr"'],
  ];
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(csvOf(rows)), '--yes'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${csvOf(rows)}`), '--yes'],
    ['UTF-16', Buffer.from(`\ufeff${csvOf(rows)}`, 'utf16le'), '--yes'],
    ['UTF-16, the other way', Buffer.from(`\ufeff${csvOf(rows)}`, 'utf16le').swap16(), '--yes'],
    ['Windows-1252', Buffer.from(csvOf(rows), 'latin1'), '--yes'],
    ['UTF-16 without a mark', Buffer.from(csvOf(rows), 'utf16le'), '--yes --encoding utf-16le'],
  ])('in %s is read', async (_, bytes, options) => {
    await writeFile(file, bytes);
    expect(await run(options)).toBe(0);
    expect(batches.flat()[0]!['traits']).toEqual({ 'E-Mail': 'a@x.example', Größe: 'größer, "sehr"' });
  });

  it('of NDJSON is read, nested objects and all types of values', async () => {
    file = join(folder, 'leads.ndjson');
    const first = { contact: { email: 'a@x.example', vip: true }, employees: 120, created: 1_714_557_600 };
    await writeFile(
      file,
      `${JSON.stringify(first)}\r\n\n[1]\n{"contact":\n{"contact.email":"b@x.example","later":1}`,
    );
    expect(await run()).toBe(1);
    expect(batches.flat().map(({ traits, timestamp }) => [traits, timestamp])).toEqual([
      [{ 'contact.email': 'a@x.example', 'contact.vip': true, employees: 120 }, '2024-05-01T10:00:00.000Z'],
      [{ 'contact.email': 'b@x.example', later: 1 }, undefined],
    ]);
    expect((await errorRows()).slice(1).map(([line, , reason]) => [line, reason])).toEqual([
      ['3', 'is no JSON object'],
      ['4', 'is no JSON'],
    ]);
  });
});
