import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ServiceConfig } from '../config/service.config.js';
import { DomainError } from '../domain-error.js';
import { verifyIdentity } from './token.js';
import { accessOf, rememberUser, type User } from './user.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Requires a token signed by the gateway and a permitted role, unless the route is `@Public()`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly config: ServiceConfig) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = await authenticate(request, this.config.identitySecret);
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
export const authenticate = async (request: FastifyRequest, secret: string): Promise<User> => {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const user = token ? await verifyIdentity(secret, token) : null;
  if (!user) throw new DomainError('unauthenticated', 'Log in first: this needs a valid identity.');
  return user;
};
