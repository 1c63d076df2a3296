import { DomainError, traceparentOf, type DomainErrorCode } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const TIMEOUT_MS = 10_000;

/** Requests to the services for responses that the gateway assembles, with the identity of its own caller. */
@Injectable()
export class ServiceClient {
  /**
   * @param command a POST with this body instead of a GET.
   * @throws DomainError `unavailable` when the service does not respond, and its refusal otherwise
   */
  async ask<Body>(url: string, request: FastifyRequest, command?: object): Promise<Body> {
    const traceparent = traceparentOf(request);
    const response = await fetch(url, {
      ...(command && { method: 'POST', body: JSON.stringify(command) }),
      headers: {
        ...(command && { 'content-type': 'application/json' }),
        ...(request.headers.authorization && { authorization: request.headers.authorization }),
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
