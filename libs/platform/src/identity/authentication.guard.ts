import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error.js';
import { IdentityVerifier } from './identity-verifier.js';
import { accessOf, rememberUser, userOf, type User } from './user.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Requires an authenticated user, by default with a token signed by the gateway, and a permitted role, unless the route is `@Public()`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly identities: IdentityVerifier) {}

  canActivate(context: ExecutionContext): boolean {
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = userOf(request) ?? authenticate(request, this.identities);
    if (access !== 'authenticated' && !access.includes(user.role))
      throw new DomainError('forbidden', `Only ${access.join(', ')} may do this; you are ${user.role}.`);
    rememberUser(request, user);
    return true;
  }
}

/**
 * The user of the request's bearer token.
 *
 * @throws DomainError `unauthenticated` without a valid token
 */
export const authenticate = (request: FastifyRequest, identities: IdentityVerifier): User => {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const user = token ? identities.userIn(token) : null;
  if (!user) throw new DomainError('unauthenticated', 'Log in first: this needs a valid identity.');
  return user;
};
