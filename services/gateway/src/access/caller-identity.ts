import { DomainError, IdentitySigner, userOf, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';

/** Tells a service who its caller is. */
@Injectable()
export class CallerIdentity {
  private readonly signer: IdentitySigner;

  constructor({ identityPrivateKey }: GatewayConfig) {
    this.signer = new IdentitySigner(identityPrivateKey);
  }

  /**
   * The `authorization` of the request's user, which only the named service accepts.
   *
   * @throws DomainError `unauthenticated` for a request without a user
   */
  authorizationFor(service: string, request: FastifyRequest): string {
    const user = userOf(request);
    if (!user) throw new DomainError('unauthenticated', 'Log in first, or send an API token.');
    return this.ofUser(service, user);
  }

  ofUser(service: string, user: User): string {
    return `Bearer ${this.signer.sign(user, service)}`;
  }
}
