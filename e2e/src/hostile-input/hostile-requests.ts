import type { Operation } from './api-operations.js';
import {
  HOSTILE_HEADERS,
  HOSTILE_JSON,
  HOSTILE_NAMES,
  HOSTILE_TEXTS,
  HOSTILE_URL_PARTS,
} from './hostile-values.js';
import type { RawRequest } from './raw-request.js';

/** `http`: not a request that a route could be found for or a body be read of, so a refusal names no place in it. */
export type Place = 'body' | 'query' | 'path' | 'header' | 'http';

export interface HostileRequest extends RawRequest {
  readonly place: Place;
  /** What was changed in the valid request. */
  readonly change: string;
}

type Build = () => HostileRequest;

/** A valid request of an operation, with some parts replaced. */
const requestOf = (
  { base, method, path, headers, query, pathValue, body }: Operation,
  changed: Pick<HostileRequest, 'place' | 'change'> & {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: readonly string[];
    readonly headers?: readonly (readonly [string, string])[];
    readonly body?: Buffer | string | undefined;
  },
): HostileRequest => {
  const filled = path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => changed.path?.[name] ?? encodeURIComponent(pathValue(name)),
  );
  const pairs =
    changed.query ??
    Object.entries(query)
      .filter(([name]) => name !== 'cursor' && name !== 'handoffId')
      .map((pair) => pair.join('='));
  const sent = 'body' in changed ? changed.body : body === undefined ? undefined : JSON.stringify(body);
  const names = new Set(changed.headers?.map(([name]) => name));
  const type: [string, string][] = sent === undefined ? [] : [['content-type', 'application/json']];
  return {
    base,
    method,
    target: pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled,
    headers: [...[...type, ...headers].filter(([name]) => !names.has(name)), ...(changed.headers ?? [])],
    body: sent === undefined ? undefined : Buffer.from(sent),
    place: changed.place,
    change: changed.change,
  };
};

/** Every hostile variant of an operation, not yet built: there are more than a run sends. */
export const hostileRequests = (operation: Operation): Build[] => [
  ...bodyChanges(operation),
  ...wholeBodies(operation),
  ...queryChanges(operation),
  ...pathChanges(operation),
  ...HOSTILE_HEADERS.map(([name, value]) => () => {
    const change = `header ${name}: ${JSON.stringify(value.slice(0, 40))}`;
    return requestOf(operation, { place: 'header', change, headers: [[name, value]] });
  }),
];

const MARK = '§hostile§';

/** A value with a marked string in one place: the place itself, or a new member beside those of an object. */
const marked = function* (value: unknown, at = ''): Generator<readonly [pointer: string, value: unknown]> {
  yield [at, MARK];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value))
    for (const [pointer, changed] of marked(member, `${at}/${name}`))
      yield [
        pointer,
        Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed },
      ];
};

const objectsIn = function* (value: unknown, at = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield at;
  for (const [name, member] of Object.entries(value)) yield* objectsIn(member, `${at}/${name}`);
};

function* bodyChanges(operation: Operation): Generator<Build> {
  if (operation.body === undefined) return;
  for (const [pointer, body] of marked(operation.body)) {
    const text = JSON.stringify(body);
    for (const json of HOSTILE_JSON)
      yield () =>
        requestOf(operation, {
          place: 'body',
          change: `body ${pointer || '/'} = ${json.slice(0, 60)}`,
          body: text.replace(JSON.stringify(MARK), () => json),
        });
  }
  for (const pointer of objectsIn(operation.body))
    for (const name of [...HOSTILE_NAMES, 'x'.repeat(10_000)])
      for (const json of ['1', '"x"', '{"a":{}}', 'null'])
        yield () =>
          requestOf(operation, {
            place: 'body',
            change: `body ${pointer || '/'} + ${JSON.stringify(name.slice(0, 40))}`,
            body: withMember(operation.body, pointer, `${JSON.stringify(name)}:${json}`),
          });
}

/** The JSON text of a body with another member first in the object at the pointer. */
const withMember = (body: unknown, pointer: string, member: string): string => {
  const [, changed] = [...marked(body)].find(([each]) => each === pointer)!;
  const object = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body);
  const own = JSON.stringify(object);
  const extended = own === '{}' ? `{${member}}` : `{${member},${own.slice(1)}`;
  return JSON.stringify(changed).replace(JSON.stringify(MARK), () => extended);
};

function* wholeBodies(operation: Operation): Generator<Build> {
  if (operation.method === 'GET') return;
  const text = JSON.stringify(operation.body ?? {});
  const bytes = Buffer.from(text);
  const bodies: [change: string, body: Buffer | string | undefined][] = [
    ['no body', undefined],
    ['empty body', ''],
    ['truncated JSON', text.slice(0, -1)],
    ['JSON with a byte order mark', `\ufeff${text}`],
    [
      'invalid UTF-8',
      Buffer.concat([bytes.subarray(0, -1), Buffer.from([0x2c, 0x22, 0xff, 0xc0, 0x22, 0x3a, 0x31, 0x7d])]),
    ],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['duplicate members', text.replace(/^\{/, '{"a":1,"a":2,')],
    ['NaN', '{"a":NaN}'],
    ['NUL bytes', Buffer.alloc(1_000)],
    ['many members', `{${Array.from({ length: 20_000 }, (_, n) => `"m${n}":1`).join()}}`],
    ['a body over the limit', `"${'x'.repeat(600_000)}"`],
    ['an unpaired surrogate of text', '"\\ud800"'],
    ['an unclosed nesting', '['.repeat(100_000)],
  ];
  for (const [change, body] of bodies) yield () => requestOf(operation, { place: 'body', change, body });
  for (const encoding of ['gzip', 'br', 'deflate', 'constructor', '__proto__', 'hasOwnProperty'])
    for (const body of ['not compressed', ''])
      yield () =>
        requestOf(operation, {
          place: 'header',
          change: `content-encoding ${encoding}`,
          headers: [['content-encoding', encoding]],
          body,
        });
}

const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));

function* queryChanges(operation: Operation): Generator<Build> {
  const valid = Object.entries(operation.query);
  const build =
    (change: string, query: readonly string[], place: Place = 'query') =>
    () =>
      requestOf(operation, { place, change: `query ${change.slice(0, 100)}`, query });
  for (const [name, value] of valid) {
    for (const text of [...HOSTILE_TEXTS.map(encoded), ...HOSTILE_URL_PARTS])
      yield build(`${name}=${text}`, [`${name}=${text}`], text.length > 15_000 ? 'http' : 'query');
    for (const pairs of [
      [`${name}=${value}`, `${name}=${value}`],
      [`${name}[]=${value}`],
      [`${name}[b]=${value}`],
      [`${name}[__proto__]=1`],
      [`${name}[length]=1`],
      [`${name}.a=1`],
      [name],
      [`${name}=`],
    ])
      yield build(pairs.join('&'), pairs);
  }
  for (const text of valid.length > 1 ? HOSTILE_TEXTS.map(encoded) : [])
    yield build(
      `all parameters = ${text}`,
      valid.map(([name]) => `${name}=${text}`),
    );
  for (const name of [...HOSTILE_NAMES.map(encoded), ...HOSTILE_URL_PARTS])
    yield build(`${name}=1`, [`${name}=1`], name.length > 15_000 ? 'http' : 'query');
  yield build('a=1 3,000 times', Array<string>(3_000).fill('a=1'));
}

function* pathChanges(operation: Operation): Generator<Build> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  for (const name of names) {
    for (const text of HOSTILE_TEXTS)
      yield () =>
        requestOf(operation, {
          place: 'path',
          change: `path {${name}} = ${JSON.stringify(text)}`,
          path: { [name]: encoded(text) },
        });
    for (const part of HOSTILE_URL_PARTS)
      yield () =>
        requestOf(operation, {
          place: 'http',
          change: `path {${name}} = ${part.slice(0, 60)}`,
          path: { [name]: part },
        });
  }
  for (const suffix of ['/', '//', '/%00', '/..', '%', '%zz', '?', '#', ';', '\\', '/'.repeat(5_000)])
    yield () => {
      const request = requestOf(operation, { place: 'http', change: `path + ${suffix.slice(0, 20)}` });
      const [path, query] = request.target.split('?');
      return { ...request, target: `${path}${suffix}${query ? `?${query}` : ''}` };
    };
}

/** Fields of the positions in cursors, over all lists. */
const POSITION = {
  createdAt: '2026-01-05T09:00:00.000Z',
  occurredAt: '2026-01-05T09:00:00.000Z',
  openedAt: '2026-01-05T09:00:00.000Z',
  id: '00000000-0000-4000-8000-000000000001',
};
const POSITIONS: readonly object[] = [
  POSITION,
  { ...POSITION, id: '17' },
  { ...POSITION, id: 'funnel-1' },
  { scoring: '17', routing: '17', reporting: '17' },
];

/** Cursors with every field replaced by every hostile value, for an operation that takes one. */
export function* hostileCursors(operation: Operation): Generator<Build> {
  const inBody = typeof operation.body === 'object' && 'cursor' in (operation.body as object);
  if (!inBody && !('cursor' in operation.query)) return;
  for (const position of [...POSITIONS.flatMap((each) => [...marked(each)]), ['', MARK] as const])
    for (const json of HOSTILE_JSON.filter((each) => each.length < 280)) {
      const text = JSON.stringify(position[1]).replace(JSON.stringify(MARK), () => json);
      const cursor = Buffer.from(text).toString('base64url');
      const change = { place: inBody ? 'body' : 'query', change: `cursor of ${text}` } as const;
      yield () =>
        requestOf(
          operation,
          inBody
            ? { ...change, body: JSON.stringify({ cursor }) }
            : { ...change, query: [`cursor=${cursor}`] },
        );
    }
}
