import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ServiceConfig } from '../config/service.config.js';
import { DomainError } from '../domain-error.js';
import { verifyIdentity } from './token.js';
import { accessOf, rememberUser } from './user.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Requires a token signed by the gateway and a permitted role, unless the route is `@Public()`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly config: ServiceConfig) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const user = token ? await verifyIdentity(this.config.identitySecret, token) : null;
    if (!user) throw new DomainError('unauthenticated', 'Log in first: this needs a valid identity.');
    if (access !== 'authenticated' && !access.includes(user.role))
      throw new DomainError('forbidden', `Only ${access.join(', ')} may do this; you are ${user.role}.`);
    rememberUser(request, user);
    return true;
  }
}
