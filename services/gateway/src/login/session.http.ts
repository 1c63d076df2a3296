import { Optional } from '@baton/contracts';
import { ApiResponseShape, CurrentUser, Nullable, Public, ROLES, User, type Role } from '@baton/platform';
import { Controller, Get, Injectable, Post, Req, Res } from '@nestjs/common';
import { IsIn, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberCaller } from '../caller/caller.http.js';
import { GatewayConfig } from '../gateway.config.js';
import { ProviderClient } from '../openid-connect/provider.client.js';
import { publicAddressOf } from '../openid-connect/public-address.http.js';
import { UserStore } from '../user/user.store.js';
import { removeSession, sessionTokenOf } from '../session/session-cookie.http.js';
import { SessionStore } from '../session/session.store.js';

export class MeResponse {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
  /** Absent for programs. */
  @Optional() @IsString() readonly email?: string;
  @IsIn(ROLES) readonly role!: Role;
}

export class LogoutResponse {
  /** For a session that began by OpenID Connect: where the browser ends the one at the provider. */
  @Nullable() @IsString() readonly next!: string | null;
}

@Injectable()
@Controller('api')
export class SessionHttp {
  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly provider: ProviderClient,
    private readonly config: GatewayConfig,
  ) {}

  @Public()
  @Post('logout')
  @ApiResponseShape(LogoutResponse)
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogoutResponse> {
    const token = sessionTokenOf(request.headers.cookie);
    const closed = token === undefined ? undefined : await this.sessions.close(token);
    if (closed) rememberCaller(request, closed);
    removeSession(request, reply);
    if (!closed?.idToken) return { next: null };
    const returnTo = `${publicAddressOf(this.config, request)}/`;
    return { next: (await this.provider.logoutUrl(closed.idToken, returnTo)) ?? null };
  }

  @Get('me')
  @ApiResponseShape(MeResponse)
  async me(@CurrentUser() { id, name, role }: User): Promise<MeResponse> {
    const account = await this.users.byId(id);
    return { id, name, role, ...(account && { email: account.email }) };
  }
}
