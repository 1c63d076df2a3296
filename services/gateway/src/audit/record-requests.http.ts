import { CHANGES_HEADER, Clock, MAX_CHANGES_LENGTH, traceparentOf, type Changes } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { callerOf, objectOf, outcomeOf } from '../caller/caller.http.js';
import { AuditLog } from './audit-log.cache.js';
import { auditedActionOf } from './audited-action.js';

/** Status of a request whose client did not wait for the response: it may have taken effect. As nginx has it. */
const HUNG_UP = 499;

/**
 * Records requests before their response is sent: what a caller knows to be done is in the audit log. A request whose client hangs up may
 * get no response, so it is recorded when the connection closes, or before its work begins.
 */
export const recordRequests = (instance: FastifyInstance, app: NestFastifyApplication): void => {
  const log = app.get(AuditLog);
  const clock = app.get(Clock);
  const recorded = new WeakSet<FastifyRequest>();

  const record = async (request: FastifyRequest, status: number, changes?: Changes): Promise<void> => {
    const audited = auditedActionOf(request.method, request.url);
    if (!audited || recorded.has(request)) return;
    recorded.add(request);
    const caller = callerOf(request);
    await log.record({
      action: audited.action,
      objectId: objectOf(request) ?? audited.objectId,
      at: clock.now(),
      actorId: caller?.id,
      actorName: caller?.name,
      actorRole: caller?.role,
      status: outcomeOf(request) ?? status,
      address: addressOf(request),
      traceId: traceparentOf(request)?.split('-')[1],
      changes,
    });
  };

  instance.addHook('preHandler', async (request: FastifyRequest, { raw }: FastifyReply) => {
    if (raw.destroyed) await record(request, HUNG_UP);
    else raw.once('close', () => void record(request, HUNG_UP));
  });
  instance.addHook('onSend', async (request, reply, payload) => {
    await record(request, reply.statusCode, takeChanges(reply));
    return payload;
  });
};

/** What a controller or a service says that the request changed. */
const takeChanges = (reply: FastifyReply): Changes | undefined => {
  const text = reply.getHeader(CHANGES_HEADER);
  reply.removeHeader(CHANGES_HEADER);
  if (typeof text !== 'string' || text.length > MAX_CHANGES_LENGTH) return undefined;
  try {
    return JSON.parse(text) as Changes;
  } catch {
    return undefined;
  }
};
