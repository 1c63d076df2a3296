import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProgram } from './program.js';
import type { Terminal } from './terminal.js';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const READER = {
  service: 'reporting',
  reader: 'facts',
  version: 1,
  phase: 'reading',
  reason: null,
  lag: 10,
  deadLetters: 2,
  canRebuild: true,
  rebuild: null as string | null,
  positions: [
    { topic: 'leads', partition: 0, next: '40', end: '50', rebuilt: null as string | null },
    { topic: 'leads', partition: 1, next: '10', end: '10', rebuilt: null as string | null },
    { topic: 'handoffs', partition: 0, next: '7', end: '7', rebuilt: null as string | null },
  ],
};
const LETTERS = ['reporting-3', 'reporting-2'].map((id) => ({
  id,
  service: 'reporting',
  reader: 'facts',
  topic: 'leads',
  partition: 0,
  offset: '17',
  type: 'lead.scored.v1',
  reason: '/leadId must be a UUID',
  at: '2026-01-05T09:00:00.000Z',
  state: 'waiting',
}));

let server: Server;
let calls: Call[];
let answers: Record<string, () => { status?: number; body: unknown }>;
let output: string[];

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
};

beforeEach(async () => {
  calls = [];
  output = [];
  answers = {
    'GET /api/readers': () => ({ body: { items: [READER], unavailable: ['routing'] } }),
    'GET /api/dead-letters': () => ({ body: { items: LETTERS, next: null } }),
  };
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [path] = request.url!.split('?');
      calls.push({ method: request.method!, path: request.url!, body });
      const { status = 200, body: answer } = answers[`${request.method} ${path}`]?.() ?? { body: {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const run = async (line: string, terminal: Partial<Terminal> = {}): Promise<string> => {
  const { port } = server.address() as AddressInfo;
  const program = createProgram({
    interactive: false,
    write: (text) => void output.push(text),
    redraw: (text) => void output.push(text),
    clear: () => undefined,
    ask: () => Promise.reject(new Error('nothing should be asked')),
    ...terminal,
  });
  await program.parseAsync(['--url', `http://127.0.0.1:${port}`, '--token', 't', ...line.split(' ')], {
    from: 'user',
  });
  return output.join('\n');
};

const posts = (): Call[] => calls.filter(({ method }) => method === 'POST');

describe('baton readers', () => {
  it('lists position, lag and state of every reader, and services that did not respond', async () => {
    expect((await run('readers')).split('\n')).toEqual([
      'READER           VERSION  LAG  DEAD LETTERS  STATE  POSITION',
      'reporting/facts        1   10             2  live   leads 50, handoffs 7',
      'routing: did not respond',
    ]);
  });

  it('shows the reason of a blocked reader', async () => {
    answers['GET /api/readers'] = () => ({
      body: { items: [{ ...READER, phase: 'blocked', reason: 'column "x" does not exist' }] },
    });
    expect(await run('readers')).toContain('blocked: column "x" does not exist');
  });

  it('prints the whole response as JSON', async () => {
    expect(JSON.parse(await run('readers --json'))).toMatchObject({ items: [{ reader: 'facts' }] });
  });
});

describe('baton rewind', () => {
  it('rewinds one topic', async () => {
    await run('rewind reporting/facts --topic leads --to start --yes');
    expect(posts()).toEqual([
      { method: 'POST', path: '/api/readers/reporting/facts/rewind', body: { to: 'start', topic: 'leads' } },
    ]);
  });

  it('lists the readers when the name is unknown', async () => {
    await expect(run('rewind reporting/x --to start --yes')).rejects.toMatchObject({
      message: 'There is no reader reporting/x.',
      advice: 'Readers: reporting/facts.',
    });
  });

  it('names a service that did not respond', async () => {
    await expect(run('rewind routing/handoffs --to start --yes')).rejects.toThrow(/routing did not respond/);
  });

  it('refuses another target and a topic the reader does not read', async () => {
    await expect(run('rewind reporting/facts --to end --yes')).rejects.toThrow('Cannot rewind to "end".');
    await expect(run('rewind reporting/facts --to start --topic activity --yes')).rejects.toThrow(
      'reporting/facts does not read activity.',
    );
    expect(posts()).toEqual([]);
  });

  it('needs a confirmation', async () => {
    await expect(run('rewind reporting/facts --to start')).rejects.toMatchObject({
      advice: 'Pass --yes to confirm.',
    });
    const ask = () => Promise.resolve('n');
    await expect(run('rewind reporting/facts --to start', { interactive: true, ask })).rejects.toThrow(
      'Nothing was changed.',
    );
    expect(posts()).toEqual([]);
  });
});

describe('baton rebuild', () => {
  it('prints progress until the switch', async () => {
    const stages = [
      { rebuild: null },
      { rebuild: 'requested' },
      { rebuild: 'running', positions: READER.positions.map((one) => ({ ...one, rebuilt: '5' })) },
      { rebuild: null },
    ];
    answers['GET /api/readers'] = () => ({ body: { items: [{ ...READER, ...stages.shift() }] } });
    const lines = (await run('rebuild reporting/facts --yes')).split('\n');
    expect(posts()).toMatchObject([{ path: '/api/readers/reporting/facts/rebuild' }]);
    expect(lines[0]).toContain('0 of 67 records (0 %)');
    expect(lines[1]).toContain('15 of 67 records (22 %)');
    expect(lines.at(-1)).toBe('reporting/facts: rebuilt, the new tables are in use.');
  });

  it('asks for a rebuild without the messages that are gone only with --incomplete', async () => {
    answers['GET /api/readers'] = () => ({ body: { items: [READER] } });
    await run('rebuild reporting/facts --yes --no-wait');
    await run('rebuild reporting/facts --yes --no-wait --incomplete');
    expect(posts().map(({ body }) => body)).toEqual([{}, { incomplete: true }]);
  });

  it('fails with the reason when the reader is blocked meanwhile', async () => {
    const stages = [{}, { rebuild: 'running', phase: 'blocked', reason: 'permission denied' }];
    answers['GET /api/readers'] = () => ({ body: { items: [{ ...READER, ...stages.shift() }] } });
    await expect(run('rebuild reporting/facts --yes')).rejects.toThrow('blocked: permission denied');
  });

  it('does not start for a reader that decides', async () => {
    answers['GET /api/readers'] = () => ({ body: { items: [{ ...READER, canRebuild: false }] } });
    await expect(run('rebuild reporting/facts --yes')).rejects.toThrow('cannot be rebuilt');
    expect(posts()).toEqual([]);
  });

  it('prints the detail of a refusal', async () => {
    answers['POST /api/readers/reporting/facts/rebuild'] = () => ({
      status: 409,
      body: { title: 'Conflict', detail: 'The reader has no tables.' },
    });
    await expect(run('rebuild reporting/facts --yes')).rejects.toThrow('The reader has no tables. (409)');
  });
});

describe('baton dead-letters', () => {
  it('lists ids, records and reasons of one reader', async () => {
    const text = await run('dead-letters list --reader reporting/facts');
    expect(text).toMatch(/reporting-3 .* reporting\/facts +leads\/0@17 +lead\.scored\.v1 +\/leadId must be/);
    expect(calls[0]!.path).toBe('/api/dead-letters?state=waiting&reader=reporting%2Ffacts');
  });

  it('shows a message that is JSON, and bytes that are not text as base64', async () => {
    const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64');
    answers['GET /api/dead-letters/reporting-3'] = () => ({
      body: {
        ...LETTERS[0],
        key: base64(Uint8Array.from([0xff, 0xfe])),
        value: base64('{"leadId":5}'),
        headers: { ce_type: base64('lead.scored.v1') },
      },
    });
    const text = await run('dead-letters show reporting-3');
    expect(text).toContain('key: //4= (base64)');
    expect(text).toContain('  "leadId": 5');
    expect(text).toContain('  ce_type: lead.scored.v1');
  });

  it('puts back several ids and reports the refused ones', async () => {
    answers['POST /api/dead-letters/reporting-2/put-back'] = () => ({
      status: 409,
      body: { detail: 'It was processed already.' },
    });
    await expect(run('dead-letters put-back reporting-3 reporting-2 --yes')).rejects.toThrow(
      '1 were refused.',
    );
    expect(output).toEqual(['reporting-2: It was processed already. (409)', '1 of 2 dead letters put back.']);
  });

  it('waives every waiting dead letter of a reader', async () => {
    expect(await run('dead-letters waive --all --reader reporting/facts --yes')).toBe(
      '2 of 2 dead letters waived.',
    );
    expect(posts().map(({ path }) => path)).toEqual([
      '/api/dead-letters/reporting-3/waive',
      '/api/dead-letters/reporting-2/waive',
    ]);
  });

  it('reads all pages of a reader before it asks', async () => {
    const page = Array.from({ length: 50 }, (_, i) => ({ ...LETTERS[0], id: `reporting-${500 - i}` }));
    const pages = [
      { items: page, next: 'second' },
      { items: LETTERS, next: null },
    ];
    answers['GET /api/dead-letters'] = () => ({ body: pages.shift() });
    const asked: string[] = [];
    const ask = (question: string) => Promise.resolve(asked.push(question) ? 'y' : '');
    await run('dead-letters waive --all --reader reporting/facts', { interactive: true, ask });
    expect(asked).toEqual(['Waive 52 dead letters? [y/N] ']);
    expect(calls[1]!.path).toContain('cursor=second');
  });

  it('explains what is missing', async () => {
    await expect(run('dead-letters waive --yes')).rejects.toThrow('No dead letters named.');
    await expect(run('dead-letters waive --all --yes')).rejects.toThrow('--all needs --reader.');
    await expect(run('dead-letters waive x --all --reader reporting/facts')).rejects.toThrow('not both');
  });
});

describe('baton recount', () => {
  const steps = (...found: number[]): void => {
    const left = found.map((people, index) => ({
      ...{ leads: 2_000, people, paths: 0 },
      next: index + 1 < found.length ? `lead-${index}` : null,
    }));
    answers['POST /api/reports/recount'] = () => ({ body: left.shift() });
  };

  it('compares all leads, some at a time', async () => {
    steps(0, 0, 0);
    expect(await run('recount')).toBe('6000 leads compared with their facts: 0 people and 0 paths differ.');
    expect(posts().map(({ body }) => body)).toEqual([
      { mend: false },
      { after: 'lead-0', mend: false },
      { after: 'lead-1', mend: false },
    ]);
  });

  it('fails when something differs, and mends it when asked', async () => {
    steps(0, 3);
    await expect(run('recount')).rejects.toThrow('3 people and 0 paths differ');
    steps(0, 3);
    expect(await run('recount --mend')).toContain('they are derived again');
    expect(posts().at(-1)?.body).toEqual({ after: 'lead-0', mend: true });
  });
});

describe('baton backtest', () => {
  const side = {
    handoffs: 12,
    ready: 4,
    judged: 10,
    acceptedPer100: 60,
    wonPer100: null,
    perSellerAndDay: 0.4,
  };
  const result = {
    leads: 90,
    activities: 800,
    days: 30,
    sellers: 3,
    active: side,
    draft: { ...side, handoffs: 20 },
    becomes: { count: 9 },
    stops: { count: 1 },
    cohorts: { timeZone: 'Europe/Berlin', months: [], channels: [], campaigns: [] as object[] },
  };
  const counts = (handoffs: number, judged = 0, accepted = 0) => ({ handoffs, judged, accepted });
  result.cohorts.campaigns = [
    { key: '', leads: 90, real: counts(11), active: counts(12, 10, 6), draft: counts(20, 9, 5) },
  ];
  const backtest = { id: 'b', state: 'running', leadsDone: 0, leadsTotal: 90, fault: null, result: null };

  it('waits for the result and puts the draft beside the active definitions', async () => {
    const states = [backtest, { ...backtest, state: 'done', result }];
    answers['POST /api/backtests'] = () => ({ status: 201, body: backtest });
    answers['GET /api/backtests/b'] = () => ({ body: states.shift() });
    const printed = await run('backtest scoring-model-3 --sample 90');
    expect(posts()[0]?.body).toEqual({ scoringModelId: 'scoring-model-3', sample: 90 });
    expect(printed).toContain('hand-offs               12      20');
    expect(printed).toContain('won of 100 judged       –       –');
    expect(printed).toContain('9 leads become sales-ready, 1 no longer do.');
    expect(printed).toContain('Leads by month of creation (Europe/Berlin)');
    expect(printed).toMatch(/^CAMPAIGN +LEADS +REAL +ACTIVE +DRAFT +ACCEPTED: REAL +ACTIVE +DRAFT$/m);
    expect(printed).toMatch(/^\(none\) +90 +11 +12 +20 +– +6\/10 +5\/9$/m);
  });

  it('says what went wrong', async () => {
    const fault = 'The process that ran it has ended; start it again.';
    answers['POST /api/backtests'] = () => ({ status: 201, body: { ...backtest, state: 'failed', fault } });
    await expect(run('backtest funnel-2')).rejects.toThrow(fault);
    await expect(run('backtest no-such-file.json')).rejects.toThrow('no-such-file.json is no definition');
    await expect(run('backtest package.json')).rejects.toThrow('neither a scoring model nor a funnel');
  });
});

describe('the connection', () => {
  it('reports a refused token and a gateway that does not respond', async () => {
    answers['GET /api/readers'] = () => ({ status: 401, body: {} });
    await expect(run('readers')).rejects.toThrow('The gateway did not accept the token.');
    server.closeAllConnections();
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    const program = createProgram({ interactive: false } as Terminal);
    await expect(
      program.parseAsync(['--url', `http://127.0.0.1:${port}`, '--token', 't', 'readers'], { from: 'user' }),
    ).rejects.toThrow('did not respond');
  });
});
