import { Clock, traceparentOf } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { callerOf, outcomeOf } from '../caller/caller.http.js';
import { AuditLog } from './audit-log.cache.js';
import { auditedActionOf } from './audited-action.js';

/** Records requests before their response is sent: what a caller knows to be done is in the audit log. */
export const recordRequests = (instance: FastifyInstance, app: NestFastifyApplication): void => {
  const log = app.get(AuditLog);
  const clock = app.get(Clock);
  instance.addHook('onSend', async (request, reply, payload) => {
    const audited = auditedActionOf(request.method, request.url.split(/[?#;]/, 1)[0]!);
    if (!audited) return payload;
    const caller = callerOf(request);
    await log.record({
      ...audited,
      at: clock.now(),
      actorId: caller?.id,
      actorName: caller?.name,
      actorRole: caller?.role,
      status: outcomeOf(request) ?? reply.statusCode,
      address: request.ip,
      traceId: traceparentOf(request)?.split('-')[1],
    });
    return payload;
  });
};
