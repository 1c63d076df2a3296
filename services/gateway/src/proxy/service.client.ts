import { DomainError, traceparentOf, type DomainErrorCode } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallerIdentity } from '../access/caller-identity.js';
import { GatewayConfig } from '../gateway.config.js';
import type { Upstream } from './routes.js';

const TIMEOUT_MS = 10_000;

/** Requests to the services for responses that the gateway assembles, with the identity of its own caller. */
@Injectable()
export class ServiceClient {
  constructor(
    private readonly config: GatewayConfig,
    private readonly identity: CallerIdentity,
  ) {}

  /**
   * @param path with the query
   * @param command a POST with this body instead of a GET.
   * @throws DomainError `unavailable` when the service does not respond, and its refusal otherwise
   */
  async ask<Body>(service: Upstream, path: string, request: FastifyRequest, command?: object): Promise<Body> {
    const traceparent = traceparentOf(request);
    const response = await fetch(this.config.urlOf(service) + path, {
      ...(command && { method: 'POST', body: JSON.stringify(command) }),
      headers: {
        ...(command && { 'content-type': 'application/json' }),
        authorization: this.identity.authorizationFor(service, request),
        ...(traceparent && { traceparent }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    if (response?.ok) {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as Body;
    }
    if (response && response.status < 500)
      throw domainErrorOf(response.status, await response.json().catch(() => undefined));
    throw new DomainError('unavailable', 'A service does not respond at the moment; try again.', {
      retryAfter: 2,
    });
  }
}

const CODES: Readonly<Record<number, DomainErrorCode>> = {
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
};

const domainErrorOf = (status: number, problem: unknown): DomainError => {
  const { detail, errors } = (problem ?? {}) as { detail?: string; errors?: [] };
  return new DomainError(
    CODES[status] ?? 'invalid',
    detail ?? 'The service refused the request.',
    errors ? { errors } : {},
  );
};
