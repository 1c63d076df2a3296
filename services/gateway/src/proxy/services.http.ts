import { DomainError, traceparentOf } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const ANSWER_MS = 10_000;

/** Asks the services for what the gateway puts together itself, as whoever asked the gateway. */
@Injectable()
export class Services {
  /** @throws DomainError `unavailable` when the service does not answer, `invalid` when it refuses */
  async ask<Body>(url: string, request: FastifyRequest): Promise<Body> {
    const traceparent = traceparentOf(request);
    const response = await fetch(url, {
      headers: {
        ...(request.headers.authorization && { authorization: request.headers.authorization }),
        ...(traceparent && { traceparent }),
      },
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch(() => undefined);
    if (response?.ok) return (await response.json()) as Body;
    if (response && response.status < 500) throw refusalOf(await response.json().catch(() => undefined));
    throw new DomainError('unavailable', 'A service behind this does not answer right now; try again.', {
      retryAfter: 2,
    });
  }
}

const refusalOf = (problem: unknown): DomainError => {
  const { detail, errors } = (problem ?? {}) as { detail?: string; errors?: [] };
  return new DomainError('invalid', detail ?? 'This cannot be read like that.', errors ? { errors } : {});
};
