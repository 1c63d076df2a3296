import { ApiResponseShape, Clock, DomainError, Logger, Nullable, Public } from '@baton/platform';
import { Controller, Get, Injectable, Req, Res } from '@nestjs/common';
import { IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberOutcome } from '../caller/caller.http.js';
import { GatewayConfig } from '../gateway.config.js';
import { loginTokenOf, removeLogin, sendLogin } from '../session/session-cookie.http.js';
import { LoginRefused, type LoginRefusal } from './login-refusal.js';
import { isCurrent, MAX_LOGIN_MS, newLoginToken, secretsOf } from './login-secrets.js';
import { LoginCompletion } from './login-completion.js';
import { ProviderClient } from './provider.client.js';
import { callbackOf } from './public-address.http.js';

const REFUSED = '/sign-in-refused';

export class OpenIdConnectResponse {
  /** What to call the provider; null when there is none, and people log in with passwords only. */
  @Nullable() @IsString() readonly name!: string | null;
}

/** Login at the provider, for browsers: every response but the first is a redirect to a fixed address. */
@Injectable()
@Public()
@Controller('api/oidc')
export class OpenIdConnectHttp {
  constructor(
    private readonly config: GatewayConfig,
    private readonly provider: ProviderClient,
    private readonly completion: LoginCompletion,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** For the login page. */
  @Get()
  @ApiResponseShape(OpenIdConnectResponse)
  show(): OpenIdConnectResponse {
    return { name: this.config.oidcIssuer === undefined ? null : this.config.oidcName };
  }

  /** To the provider. */
  @Get('login')
  @ApiResponseShape(undefined, 302)
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.requireProvider();
    await this.redirecting(request, reply, async () => {
      const token = newLoginToken(this.clock.now());
      const url = await this.provider.loginUrl(secretsOf(token), callbackOf(this.config, request));
      sendLogin(request, reply, token, MAX_LOGIN_MS);
      return url.href;
    });
  }

  /** Back from the provider. */
  @Get('callback')
  @ApiResponseShape(undefined, 302)
  async complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.requireProvider();
    await this.redirecting(request, reply, async () => {
      const token = loginTokenOf(request.headers.cookie);
      removeLogin(request, reply);
      if (token === undefined || !isCurrent(token, this.clock.now())) throw new LoginRefused('expired');
      await this.completion.complete(token, request, reply);
      return '/';
    });
  }

  private async redirecting(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<string>,
  ): Promise<void> {
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    try {
      await reply.redirect(await work(), 302);
    } catch (fault) {
      const reason = refusalOf(fault);
      if (!reason) throw fault;
      const { cause } = fault as Error;
      const { message, code } = (cause ?? {}) as { message?: string; code?: string };
      this.logger.warn({ reason, code, detail: message }, 'a login by OpenID Connect was refused');
      rememberOutcome(request, 403);
      await reply.redirect(`${REFUSED}?reason=${reason}`, 302);
    }
  }

  private requireProvider(): void {
    if (this.config.oidcIssuer === undefined)
      throw new DomainError('not-found', 'There is no login by OpenID Connect; OIDC_ISSUER is not set.');
  }
}

const refusalOf = (fault: unknown): LoginRefusal | undefined => {
  if (fault instanceof LoginRefused) return fault.reason;
  if (!(fault instanceof DomainError)) return undefined;
  return fault.code === 'too-many' ? 'too-many' : fault.code === 'unauthenticated' ? 'expired' : undefined;
};
