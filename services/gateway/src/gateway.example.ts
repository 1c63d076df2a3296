import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IdentityVerifier, start, type Running } from '@baton/platform';
import { generateIdentityKeys } from '@baton/platform/identity';
import { httpClient, testDatabase, type Answer, type HttpClient, type TestDatabase } from '@baton/testing';
import { gateway } from './gateway.module.js';
import { hashOf } from './session/secret-token.js';
import { FakeService } from './upstreams.example.js';

const ADMIN = 'an-api-token-of-an-administrator-for-the-specs';
const BOOTSTRAP = 'the-token-before-there-is-an-administrator';
const keys = generateIdentityKeys();
/** Encrypts the secrets of second factors. */
export const SECOND_FACTOR_KEY = randomBytes(32).toString('base64');
/** Users in tokens of the gateway for a service. */
export const identitiesFor = (service: string): IdentityVerifier =>
  new IdentityVerifier([keys.publicKey], service);
export const PASSWORD = 'correct horse battery';
const BEGIN = Date.parse('2026-01-05T09:00:00.000Z');
const SERVICES = ['ingestion', 'scoring', 'routing', 'reporting'] as const;

/** An API token with the role admin. */
export const admin = { authorization: `Bearer ${ADMIN}` };
/** The token of the environment. */
export const bootstrap = { authorization: `Bearer ${BOOTSTRAP}` };

/** The session in an answer, as a browser would send it back. */
export const cookieOf = ({ headers }: Answer): { cookie: string } => ({
  cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '',
});

/** Requests exactly this path, which fetch would normalise. */
export const statusOf = (url: string, path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });

/** A gateway on a real database with real servers behind it, and an adjustable clock. */
export class TestGateway {
  running!: Running;
  now = BEGIN;
  /** Settings of the processes that are started from now on, beside those of every spec. */
  settings: Readonly<Record<string, string>> = {};

  private constructor(
    readonly database: TestDatabase,
    readonly services: Readonly<Record<(typeof SERVICES)[number], FakeService>>,
    private readonly folder: string,
  ) {}

  static async prepare(): Promise<TestGateway> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-pages-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(
      join(folder, 'index.html'),
      '<meta content="__INGESTION_URL__"><style nonce="__CSP_NONCE__"></style><div id="root"></div>',
    );
    await writeFile(join(folder, 'assets/index-abc123.js'), 'export {};');
    await writeFile(join(folder, 'assets/index-abc123.js.br'), 'export {}; compressed');
    const fakes = await Promise.all(SERVICES.map((name) => FakeService.start(name)));
    fakes.find(({ name }) => name === 'scoring')!.kinds = ['funnel', 'scoring-model'];
    fakes.find(({ name }) => name === 'routing')!.kinds = ['sla-policy'];
    const services = Object.fromEntries(fakes.map((fake) => [fake.name, fake])) as TestGateway['services'];
    const database = await testDatabase({ name: 'gateway', migrations: gateway.migrations });
    return new TestGateway(database, services, folder);
  }

  get client(): HttpClient {
    return this.clientOf(this.running);
  }

  /** Requests to another process of the gateway. */
  clientOf({ url }: Running): HttpClient {
    return httpClient(url);
  }

  async open(): Promise<void> {
    this.now = BEGIN;
    await this.database.database.rows(
      `insert into tokens (token_hash, name, role, created_at) values ($1, 'admin token', 'admin', '2025-01-01')`,
      [hashOf(ADMIN)],
    );
    this.running = await this.start();
  }

  start(over: Record<string, string> = {}): Promise<Running> {
    const urls = SERVICES.map((name) => [`${name.toUpperCase()}_URL`, this.services[name].url] as const);
    return start(
      gateway,
      {
        DATABASE_URL: this.database.url,
        KAFKA_BROKERS: 'localhost:9092',
        IDENTITY_PRIVATE_KEY: keys.privateKey,
        IDENTITY_PUBLIC_KEYS: keys.publicKey,
        SECOND_FACTOR_KEYS: SECOND_FACTOR_KEY,
        ADMIN_TOKEN: BOOTSTRAP,
        DASHBOARD_DIR: this.folder,
        LOG_LEVEL: 'silent',
        ...Object.fromEntries(urls),
        ...this.settings,
        ...over,
      },
      { clock: { now: () => new Date(this.now) } },
    );
  }

  login(email: string, password = PASSWORD): Promise<Answer> {
    return this.client.post('/api/login', { email, password });
  }

  addUser(email: string, role = 'seller', id?: string): Promise<Answer> {
    const user = { email, role, name: `Name of ${email}`, password: PASSWORD, ...(id && { id }) };
    return this.client.post('/api/users', user, admin);
  }

  /** Requests to the services since the gateway was opened. */
  requests() {
    return Object.values(this.services).flatMap(({ requests }) => requests);
  }

  /** Stops the gateway and removes its data; `open` begins anew. */
  async close(): Promise<void> {
    await this.running.stop();
    await this.database.database.rows('truncate users, tokens, login_limits, known_devices cascade');
    await this.database.database.rows(`update organisation set name = 'Baton'`);
    Object.values(this.services).forEach((fake) => fake.requests.splice(0));
  }

  async end(): Promise<void> {
    await Promise.all(Object.values(this.services).map((fake) => fake.close()));
    await this.database.drop();
    await rm(this.folder, { recursive: true });
  }
}
