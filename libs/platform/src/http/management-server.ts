import { fastify } from 'fastify';
import type { ServiceConfig } from '../config/service.config.js';
import type { Disposables } from '../disposables.js';
import type { Health } from '../health.js';
import { prometheusText } from '../telemetry/registry.js';
import type { RequestDurations } from '../telemetry/request-durations.js';
import type { ApiDocument } from './api-document.js';
import { SECURITY_HEADERS } from './security-headers.js';

export interface ManagementContext {
  readonly config: ServiceConfig;
  readonly health: Health;
  readonly durations: RequestDurations;
  readonly document: ApiDocument;
  readonly disposables: Disposables;
}

/** Requests are short and without a body; slow senders must not hold sockets. */
const REQUEST_TIMEOUT_MS = 5_000;
const MAX_BODY_BYTES = 1_024;

/**
 * Serves `/health/live`, `/health/ready`, `/metrics` and `/openapi.json` without authentication, on a host and port of
 * their own, so that they are not reachable through the public port. Returns its URL.
 */
export const startManagement = async (context: ManagementContext): Promise<string> => {
  const { config, health, durations, document, disposables } = context;
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  disposables.add('management server', () => server.close());
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });

  /** The process answers; says nothing about its dependencies. */
  server.get('/health/live', () => ({ status: 'live' }));

  server.get('/health/ready', async (_request, reply) => {
    const checks = await health.report();
    const isReady = Object.values(checks).every(({ status }) => status === 'ok');
    if (!isReady) void reply.status(503).header('retry-after', '1');
    return { status: isReady ? 'ready' : 'not-ready', checks };
  });

  server.get('/metrics', async (_request, reply) => {
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return (await prometheusText()) + durations.text();
  });

  server.get('/openapi.json', () => document.read());

  return server.listen({ host: config.managementHost ?? config.host, port: config.managementPort });
};
