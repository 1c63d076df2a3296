import { provisionTopics } from '@baton/bus';
import { createLogger, start, type Running } from '@baton/platform';
import {
  httpClient,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { ingestion } from './ingestion.module.js';

let kafka: TestKafka;
let own: TestDatabase;
let service: Running;
let http: HttpClient;
let writeKey: string;

const environment = (database: { readonly url: string }, brokers = kafka.brokers) => ({
  DATABASE_URL: database.url,
  KAFKA_BROKERS: brokers.join(','),
  TOPIC_PREFIX: kafka.topicPrefix,
  ...identityEnvironment,
  LOG_LEVEL: 'silent',
});

/** Makes a source as an admin does and gives its write key. */
const makeSource = async (client: HttpClient, id: string): Promise<string> => {
  const created = await client.post(
    '/sources',
    { id, name: id },
    bearerOf(testUser('Admin', 'admin'), 'ingestion'),
  );
  return (created.body as { writeKey: string }).writeKey;
};

const post = (client: HttpClient, key: string) =>
  client.post(`/v1/page?writeKey=${key}`, JSON.stringify({ anonymousId: 'a-1' }));

beforeAll(async () => {
  kafka = await testKafka();
  const log = await createLogger({ name: 'spec', level: 'silent' });
  await provisionTopics({ ...kafka, log, partitions: 2 });
  own = await testDatabase({ name: 'ingestion', migrations: ingestion.migrations });
  service = await start(ingestion, environment(own));
  http = httpClient(service.url);
  writeKey = await makeSource(http, 'website');
}, 120_000);

afterAll(async () => {
  await service?.stop();
  await own?.drop();
});

describe('two processes', () => {
  it('know each other’s sources at once', async () => {
    const other = await start(ingestion, environment(own));
    try {
      const key = await makeSource(httpClient(other.url), 'late');
      expect((await post(http, key)).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});

describe('without a database', () => {
  it('accepts events of cached sources, and responds 503 with Retry-After to others', async () => {
    const connection = await severable(own);
    const alone = await start(ingestion, environment(connection));
    try {
      const client = httpClient(alone.url);
      expect((await post(client, writeKey)).status).toBe(200);
      connection.cut();
      expect((await post(client, writeKey)).status).toBe(200);
      const unknown = await post(client, 'wk_other');
      expect([unknown.status, unknown.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    } finally {
      await alone.stop();
    }
  });
});

describe('without a broker', () => {
  it('responds 503 with Retry-After', async () => {
    const alone = await start(ingestion, environment(own, ['127.0.0.1:1']));
    try {
      const answer = await post(httpClient(alone.url), writeKey);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await alone.stop();
    }
  });
});

/** A proxy to a database that can be cut without stopping the database. */
const severable = async (database: TestDatabase) => {
  const url = new URL(database.url);
  const port = Number(url.port);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(port, url.hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: () => {
      proxy.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
};
