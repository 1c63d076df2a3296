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
import { dropUnreadBody } from './unread-body.js';

/** Minimum interval between two lines about responses 503, ms. */
const UNAVAILABLE_INTERVAL_MS = 5_000;
const ROUTE_NOT_FOUND = new DomainError('not-found', 'There is nothing at this path.');

/** Answers every fault as problem+json; server faults are logged with the trace id that the caller received. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private unavailableAt = -Infinity;
  /** Responses 503 without a line since the last one. */
  private unlogged = 0;

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
    dropUnreadBody(request, reply);
    if (rest.retryAfter !== undefined) void reply.header('retry-after', String(Math.ceil(rest.retryAfter)));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    const instance = request.raw.url?.split('?', 1)[0];
    void reply
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...rest, status, instance, traceId }));
  }

  /** While something is away every request fails alike: one line per interval, with the number of those without a line. */
  private logUnavailable(line: object): void {
    const now = performance.now();
    if (now - this.unavailableAt < UNAVAILABLE_INTERVAL_MS) {
      this.unlogged += 1;
      return;
    }
    this.logger.warn({ ...line, more: this.unlogged }, 'answered unavailable');
    this.unavailableAt = now;
    this.unlogged = 0;
  }

  private log(status: number, fault: unknown, request: FastifyRequest, traceId: string): void {
    const line = { traceId, method: request.method, route: request.routeOptions?.url, status };
    if (status === 503) this.logUnavailable({ ...line, err: fault });
    else if (status >= 500) this.logger.error({ ...line, err: fault }, 'request failed');
    else this.logger.debug(line, 'refused');
  }
}
