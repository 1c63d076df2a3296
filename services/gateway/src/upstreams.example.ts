import Fastify, { type FastifyInstance } from 'fastify';

/** A request as a service received it. */
export interface ReceivedRequest {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A live stream with a reader. */
export interface Stream {
  send(text: string): void;
  closed: boolean;
}

/** A real HTTP server in place of a service: records its requests, and streams what the spec sends. */
export class FakeService {
  readonly requests: ReceivedRequest[] = [];
  readonly streams: Stream[] = [];
  /** Kinds of definition it owns. */
  kinds: readonly string[] = [];
  /** Answers `/definitions` in pages of one. */
  definitions: readonly { kind: string; version: number }[] = [];
  /** Answers `/dead-letters`, newest first. */
  letters: readonly { id: string; at: string }[] = [];

  /** Whether leads are offered, by the id of a seller. */
  readonly sellers = new Map<string, boolean>();

  /** Header in which it says what a request changed. */
  changes: string | undefined;

  /** Answers `/teams/led`: the sellers whose leads managers see; `away` answers nothing. */
  led: readonly string[] | 'all' | 'away' = 'all';

  /** Of all answers without one of their own. */
  status: number;

  private constructor(
    readonly name: string,
    private readonly server: FastifyInstance,
  ) {
    this.status = name === 'routing' ? 409 : 200;
  }

  get url(): string {
    const address = this.server.server.address();
    if (typeof address !== 'object' || address === null) throw new Error(`${this.name} does not listen`);
    return `http://127.0.0.1:${address.port}`;
  }

  get last(): ReceivedRequest {
    const last = this.requests.at(-1);
    if (!last) throw new Error(`${this.name} has received no request`);
    return last;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  static async start(name: string): Promise<FakeService> {
    const server = Fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
    const fake = new FakeService(name, server);
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    server.addHook('preHandler', ({ method, url, headers, body }, _reply, done) => {
      fake.requests.push({ service: name, method, url, headers, body: (body as string | undefined) ?? '' });
      done();
    });
    fake.routes();
    await server.listen({ host: '127.0.0.1', port: 0 });
    return fake;
  }

  private routes(): void {
    this.server.get('/live', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      reply.raw.write(': hello\n\n');
      const stream: Stream = { closed: false, send: (text) => reply.raw.write(text) };
      reply.raw.once('close', () => (stream.closed = true));
      this.streams.push(stream);
    });
    this.server.get('/definitions/schemas', (_request, reply) =>
      this.kinds.length > 0
        ? { items: this.kinds.map((kind) => ({ kind })), next: null }
        : reply.status(404).send({ code: 'not-found' }),
    );
    this.server.get('/definitions', (request) => {
      const { cursor = '0' } = request.query as { cursor?: string };
      const next = Number(cursor) + 1;
      return {
        items: this.definitions.slice(Number(cursor), next),
        next: next < this.definitions.length ? String(next) : null,
      };
    });
    this.server.get('/readers', () => ({ items: [{ name: 'leads', phase: 'reading', positions: [] }] }));
    this.server.get('/dead-letters', (request) => {
      const { cursor, limit } = request.query as { cursor?: string; limit: string };
      const last = cursor && (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { id: string }).id;
      const older = this.letters.filter(({ id }) => !last || Number(id) < Number(last));
      return { items: older.slice(0, Number(limit)), next: null };
    });
    this.server.get('/sellers/:id', (request, reply) => {
      const available = this.sellers.get((request.params as { id: string }).id);
      return available === undefined ? reply.status(404).send({ code: 'not-found' }) : { available };
    });
    this.server.get('/teams/led', (_request, reply) =>
      this.led === 'away'
        ? reply.status(503).send({})
        : { all: this.led === 'all', sellers: this.led === 'all' ? [] : this.led },
    );
    this.server.get('/openapi.json', () => ({
      openapi: '3.1.0',
      paths: { [`/${this.name}`]: {}, '/leads/{id}': { get: { summary: this.name } } },
      components: { schemas: { Answer: { title: this.name } } },
    }));
    this.server.all('/*', (_request, reply) =>
      reply
        .header('set-cookie', 'baton_session=from-behind')
        .header('x-service', this.name)
        .headers(this.changes === undefined ? {} : { 'baton-changes': this.changes })
        .status(this.status)
        .send({ service: this.name }),
    );
  }
}
