import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { httpClient, testDatabase, type TestDatabase } from '@baton/testing';
import { identityEnvironment } from '@baton/testing/service';
import { startProcess, type StartedProcess } from '../spec/process.js';

jest.setTimeout(120_000);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;

/** Stores received spans (OTLP/HTTP JSON). */
const collector = async (spans: any[]): Promise<Server> => {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      for (const resource of JSON.parse(body).resourceSpans) {
        const name = resource.resource.attributes.find((attribute: any) => attribute.key === 'service.name')
          .value.stringValue;
        for (const scope of resource.scopeSpans)
          spans.push(...scope.spans.map((span: object) => ({ ...span, service: name })));
      }
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

describe('telemetry', () => {
  const spans: any[] = [];
  let db: TestDatabase;
  let server: Server;
  let environment: Record<string, string>;
  let hold: StartedProcess | undefined;

  beforeAll(async () => {
    db = await testDatabase({ name: 'hold' });
    environment = { DATABASE_URL: db.url, ...identityEnvironment };
    expect(await startProcess('hold.main.ts', environment, ['--migrate']).ended).toBe(0);
    server = await collector(spans);
  });
  afterEach(() => hold?.kill('SIGKILL'));
  afterAll(async () => {
    server?.close();
    await db?.drop();
  });

  it('exports a span of each request and of each of its statements, in the trace of the caller', async () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    hold = startProcess('hold.main.ts', { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const http = httpClient((await hold.logged('listening'))['url'] as string);
    await http.get('/held/7?email=ada@example.com', { traceparent: TRACEPARENT });
    hold.kill('SIGTERM');

    expect(await hold.ended).toBe(0);
    const request = spans.find((span) => span.name === 'GET /held/:id');
    expect(request).toMatchObject({
      traceId: TRACE_ID,
      parentSpanId: 'b7ad6b7169203331',
      service: 'platform',
    });
    const statement = spans.find(
      (span) => span.parentSpanId === request.spanId && span.name.startsWith('pg.query'),
    );
    expect(statement).toMatchObject({ traceId: TRACE_ID });
    expect(JSON.stringify(spans)).not.toContain('ada@example.com');
  });

  it('without a collector still propagates trace ids and serves metrics', async () => {
    hold = startProcess('hold.main.ts', environment);
    const { url, managementUrl } = (await hold.logged('listening')) as { url: string; managementUrl: string };
    const http = httpClient(url);
    await http.get('/held/7', { traceparent: TRACEPARENT });
    const missing = await http.get('/nowhere', { traceparent: TRACEPARENT });
    const { body: metrics } = await httpClient(managementUrl).get('/metrics');
    hold.kill('SIGTERM');

    expect(await hold.logged('asked')).toMatchObject({ traceId: TRACE_ID });
    expect(missing.body.traceId).toBe(TRACE_ID);
    expect(metrics).toMatch(/^process_memory_usage\S* \d/m);
    expect(metrics).toMatch(/^nodejs_eventloop_delay_p99/m);
    expect(metrics).toContain('http_route="/held/:id",http_response_status_code="200"');
    expect(await hold.ended).toBe(0);
  });
});
