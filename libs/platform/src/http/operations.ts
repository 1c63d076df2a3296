import type { FastifyInstance } from 'fastify';
import { DomainError } from '../domain-error.js';
import type { Health } from '../health.js';
import type { RequestDurations } from '../telemetry/request-durations.js';
import { prometheusText } from '../telemetry/registry.js';

interface Sources {
  readonly health: Health;
  readonly durations: RequestDurations;
  readonly openApi: () => Promise<object>;
}

/** What machines ask a service, open to everybody who reaches its port. */
export const addOperations = (instance: FastifyInstance, { health, durations, openApi }: Sources): void => {
  /** The process answers; whether it can do its work is the other question. */
  instance.get('/health/live', () => ({ status: 'live' }));

  instance.get('/health/ready', async () => {
    const checks = await health.check();
    const failing = Object.keys(checks).filter((name) => checks[name] !== 'ok');
    if (failing.length === 0) return { status: 'ready', checks };
    throw new DomainError('unavailable', `Not ready: ${failing.join(', ')}.`, { retryAfter: 1, checks });
  });

  instance.get('/metrics', async (_request, reply) => {
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return (await prometheusText()) + durations.text();
  });

  let document: Promise<object> | undefined;
  instance.get('/openapi.json', () => (document ??= openApi()));
};
