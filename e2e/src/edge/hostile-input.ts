import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Edge } from './edge.js';

const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

export interface Probe {
  readonly name: string;
  /** Sends the input; the statuses it got. */
  readonly send: (edge: Edge) => Promise<readonly number[]>;
  /** All statuses that are right. */
  readonly statuses: readonly number[];
}

const post = async (
  edge: Edge,
  path: string,
  body: Buffer | string,
  headers: Record<string, string>,
): Promise<number> => {
  const began = performance.now();
  const answer = await fetch(`${edge.local.ingestion}${path}`, { method: 'POST', body, headers });
  await answer.arrayBuffer();
  const ms = Math.round(performance.now() - began);
  if (ms > 1_000) process.stderr.write(`${path} answered ${answer.status} after ${ms} ms\n`);
  return answer.status;
};
const keyed = (edge: Edge) => ({
  ...JSON_TYPE,
  authorization: `Basic ${Buffer.from(`${edge.local.writeKey}:`).toString('base64')}`,
});
const form = (edge: Edge): string => `/f/${edge.form}`;
const repeatedly = async <Result>(
  times: number,
  one: (index: number) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let index = 0; index < times; index += 20)
    results.push(
      ...(await Promise.all(Array.from({ length: Math.min(20, times - index) }, (_, n) => one(index + n)))),
    );
  return results;
};
/** Sends bytes as they are, and resolves with the status of the response; 0 when the connection ends without one. */
const raw = (edge: Edge, text: string): Promise<number> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(edge.local.ingestion);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)));
  });

const PAIRS = 'a&'.repeat(250_000);
const NESTED = '['.repeat(50_000) + ']'.repeat(50_000);
const page = { type: 'page', anonymousId: 'a' };
const multipart = (parts: number, value = '1'): string =>
  `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${value}\r\n`.repeat(parts) + '--b--\r\n';
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=b' };

export const PROBES: readonly Probe[] = [
  {
    name: 'a form of 250,000 fields, plain, compressed, and of one name in parts',
    send: async (edge) => [
      await post(edge, form(edge), PAIRS, URLENCODED),
      await post(edge, form(edge), gzipSync(PAIRS), { ...URLENCODED, 'content-encoding': 'gzip' }),
      await post(edge, form(edge), multipart(9_000), MULTIPART),
      await post(edge, form(edge), 'interest[]=a&'.repeat(38_000), URLENCODED),
    ],
    statuses: [413],
  },
  {
    name: 'a large context that 7,000 messages share',
    send: async (edge) => [
      await post(
        edge,
        '/v1/batch',
        JSON.stringify({
          context: { traits: { note: `中${'a'.repeat(250_000)}` } },
          batch: Array.from({ length: 7_000 }, () => page),
        }),
        keyed(edge),
      ),
      await post(
        edge,
        '/v1/batch',
        JSON.stringify({
          context: { traits: Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`t${n}`, n])) },
          batch: Array.from({ length: 7_000 }, () => page),
        }),
        keyed(edge),
      ),
      await post(
        edge,
        '/v1/batch',
        JSON.stringify({
          context: { note: 'a'.repeat(30_000) },
          batch: Array.from({ length: 7_000 }, () => page),
        }),
        keyed(edge),
      ),
    ],
    statuses: [413],
  },
  {
    name: '13,000 messages of one person',
    send: async (edge) => [
      await post(
        edge,
        '/v1/batch',
        JSON.stringify({ batch: Array.from({ length: 13_000 }, () => page) }),
        keyed(edge),
      ),
    ],
    statuses: [200],
  },
  {
    name: 'content encodings that are names of an object’s members',
    send: async (edge) => {
      const sent: number[] = [];
      for (const encoding of [
        'constructor',
        '__proto__',
        'toString',
        'hasOwnProperty',
        'gzip, gzip',
        'gzip;q=1',
      ])
        for (const path of ['/v1/t', form(edge), '/v1/batch'])
          sent.push(await post(edge, path, '{}', { ...keyed(edge), 'content-encoding': encoding }));
      sent.push(
        await post(edge, form(edge), multipart(1), { ...MULTIPART, 'content-encoding': 'constructor' }),
      );
      return sent;
    },
    statuses: [400],
  },
  {
    name: 'user agents of 490 KB, each another one',
    send: (edge) =>
      repeatedly(500, (index) =>
        post(
          edge,
          '/v1/batch',
          JSON.stringify({ context: { userAgent: `${index}中${'a'.repeat(490_000)}` }, batch: [page] }),
          keyed(edge),
        ),
      ),
    statuses: [413],
  },
  {
    name: 'user agents of 30 KB, each another one',
    send: (edge) =>
      repeatedly(2_000, (index) =>
        post(
          edge,
          '/v1/p',
          JSON.stringify({ ...page, context: { userAgent: `${index}中${'('.repeat(10_000)}` } }),
          keyed(edge),
        ),
      ),
    statuses: [200],
  },
  {
    name: '50,000 nested lists, without a key and in forms',
    send: async (edge) => [
      await post(edge, '/v1/t', `{"x":"\\u0041","y":${NESTED}}`, JSON_TYPE),
      await post(edge, form(edge), `{"email":"a@b.example","y":${NESTED}}`, JSON_TYPE),
      await post(edge, form(edge), `{"email":"a@b.example","y":"\\u0041","z":${NESTED}}`, JSON_TYPE),
      await post(
        edge,
        '/v1/batch',
        `{"batch":[{"type":"page","anonymousId":"a","properties":{"y":${NESTED}}}]}`,
        keyed(edge),
      ),
      await post(
        edge,
        '/v1/batch',
        `{"context":{"y":${NESTED}},"batch":[{"type":"page","anonymousId":"a"}]}`,
        keyed(edge),
      ),
    ],
    statuses: [400, 401],
  },
  {
    name: 'bodies that become large when they are decompressed',
    send: async (edge) => {
      const zeros = Buffer.alloc(200 * 1024 * 1024);
      const [gzip, br] = [gzipSync(zeros), brotliCompressSync(zeros, { params: { 1: 1 } })];
      const sent: number[] = [];
      for (const [encoding, body] of [
        ['gzip', gzip],
        ['br', br],
      ] as const)
        for (const headers of [{ ...URLENCODED }, { ...MULTIPART }, { ...keyed(edge) }] as Record<
          string,
          string
        >[])
          sent.push(
            await post(edge, headers['authorization'] ? '/v1/batch' : form(edge), body, {
              ...headers,
              'content-encoding': encoding,
            }),
          );
      const part = gzipSync(multipart(1, '\0'.repeat(100 * 1024 * 1024)));
      sent.push(await post(edge, form(edge), part, { ...MULTIPART, 'content-encoding': 'gzip' }));
      return sent;
    },
    statuses: [400, 413],
  },
  {
    name: 'files over the limit, parts without an end, headers without an end',
    send: async (edge) => {
      const file = (megabytes: number) =>
        Buffer.concat([
          Buffer.from(
            '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@probe.example\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n',
          ),
          Buffer.alloc(megabytes * 1024 * 1024),
          Buffer.from('\r\n--b--\r\n'),
        ]);
      return [
        await post(edge, form(edge), file(20), { ...MULTIPART, accept: 'application/json' }),
        await post(edge, form(edge), file(30), MULTIPART),
        await post(edge, form(edge), multipart(1).slice(0, 40), MULTIPART),
        await post(edge, form(edge), `--b\r\nX: ${'x'.repeat(400_000)}`, MULTIPART),
        await post(edge, form(edge), multipart(1, 'x'.repeat(600_000)), MULTIPART),
        await post(edge, form(edge), 'x', {
          'content-type': `multipart/form-data; boundary=${'-'.repeat(5_000)}`,
        }),
        await post(edge, form(edge), '--b'.repeat(150_000), MULTIPART),
        await post(edge, form(edge), '\r\n--'.repeat(100_000), MULTIPART),
      ];
    },
    statuses: [200, 400, 413],
  },
  {
    name: 'texts that expressions might take long to match',
    send: async (edge) => {
      const answers: number[] = [];
      for (const piece of [
        'a',
        ' ',
        '1',
        '1 ',
        '1.',
        '-',
        '(',
        'ſ',
        '@',
        'a@',
        '<',
        '%',
        '%25',
        '=?',
        "'",
        '한',
        '\\',
        'no ',
        'at any time ',
      ]) {
        const long = piece.repeat(Math.floor(8_000 / piece.length));
        for (const field of [
          'email',
          'newsletter',
          'employees',
          'phone',
          'name',
          'utm_source',
          'utm_campaign',
          '_page',
          'referrer',
          'job_title',
          '_next',
        ])
          answers.push(
            await post(
              edge,
              form(edge),
              new URLSearchParams({ email: 'ada@probe.example', [field]: long }).toString(),
              {
                ...URLENCODED,
                accept: 'application/json',
                referer: 'https://www.engines.example/',
              },
            ),
          );
        answers.push(
          await post(
            edge,
            form(edge),
            new URLSearchParams({ email: 'ada@probe.example', [long]: 'on' }).toString(),
            URLENCODED,
          ),
          await post(
            edge,
            '/v1/t',
            JSON.stringify({ userId: 'u', event: long.slice(0, 250), timestamp: long }),
            keyed(edge),
          ),
          await post(
            edge,
            '/v1/p',
            JSON.stringify({
              userId: 'u',
              context: { userAgent: long, page: { url: `https://${long}`, referrer: long } },
            }),
            keyed(edge),
          ),
        );
      }
      return answers;
    },
    statuses: [200, 400, 413],
  },
  {
    name: 'broken HTTP',
    send: async (edge) => [
      await raw(edge, 'POST /f/x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'),
      await raw(
        edge,
        'POST /f/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
      await raw(edge, `GET /f/x HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
      await raw(edge, `GET /f/${'%'.repeat(3_000)} HTTP/1.1\r\nHost: a\r\n\r\n`),
      await raw(edge, 'GET /f/%00 HTTP/1.1\r\nHost: a\r\n\r\n'),
      await raw(edge, 'POST /f/x HTTP/1.1\r\nContent-Length: 0\r\n\r\n'),
      await raw(edge, 'garbage\r\n\r\n'),
    ],
    statuses: [400, 404, 431],
  },
  {
    name: 'connections that send nothing more',
    send: async (edge) => {
      const { hostname, port } = new URL(edge.local.ingestion);
      const sockets = Array.from({ length: 300 }, () => {
        const socket = connect(Number(port), hostname, () =>
          socket.write(`POST ${form(edge)} HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\nemail=`),
        );
        return socket.on('error', () => undefined);
      });
      const other = await post(edge, form(edge), 'email=ada@probe.example', {
        ...URLENCODED,
        accept: 'application/json',
      });
      sockets.forEach((socket) => socket.destroy());
      return [other];
    },
    statuses: [200],
  },
];
