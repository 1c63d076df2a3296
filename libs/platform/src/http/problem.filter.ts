import {
  Catch,
  Injectable,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error.js';
import { Logger } from '../log/logger.js';
import { traceIdOf } from '../telemetry/request-trace.js';
import { toProblem } from './problem.js';

const ROUTE_NOT_FOUND = new DomainError('not-found', 'There is nothing at this path.');

/** Answers every fault as problem+json; server faults are logged with the trace id that the caller received. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(fault, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(fault: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const traceId = traceIdOf(request);
    // Nest's message contains the whole URL with its query.
    const isRouteNotFound = request.is404 && fault instanceof NotFoundException;
    const { status, ...rest } = toProblem(isRouteNotFound ? ROUTE_NOT_FOUND : fault);
    this.log(status, fault, request, traceId);
    if (reply.raw.headersSent) {
      // A stream failed after its headers were sent: closing the connection is the only signal left.
      reply.raw.destroy();
      return;
    }
    if (rest.retryAfter !== undefined) void reply.header('retry-after', String(Math.ceil(rest.retryAfter)));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    const instance = request.raw.url?.split('?', 1)[0];
    void reply
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...rest, status, instance, traceId }));
  }

  private log(status: number, fault: unknown, request: FastifyRequest, traceId: string): void {
    const line = { traceId, method: request.method, route: request.routeOptions?.url, status };
    if (status === 503) this.logger.warn({ ...line, err: fault }, 'answered unavailable');
    else if (status >= 500) this.logger.error({ ...line, err: fault }, 'request failed');
    else this.logger.debug(line, 'refused');
  }
}
