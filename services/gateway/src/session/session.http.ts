import { Optional } from '@baton/contracts';
import { ApiResponseShape, CurrentUser, Public, ROLES, User, type Role } from '@baton/platform';
import { Controller, Get, Injectable, Post, Req, Res } from '@nestjs/common';
import { IsIn, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UserStore } from '../user/user.store.js';
import { removeSession, sessionTokenOf } from './session-cookie.http.js';
import { SessionStore } from './session.store.js';

export class MeResponse {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
  /** Absent for programs. */
  @Optional() @IsString() readonly email?: string;
  @IsIn(ROLES) readonly role!: Role;
}

@Injectable()
@Controller('api')
export class SessionHttp {
  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
  ) {}

  @Public()
  @Post('logout')
  @ApiResponseShape()
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = sessionTokenOf(request.headers.cookie);
    if (token) await this.sessions.close(token);
    removeSession(request, reply);
  }

  @Get('me')
  @ApiResponseShape(MeResponse)
  async me(@CurrentUser() { id, name, role }: User): Promise<MeResponse> {
    const account = await this.users.byId(id);
    return { id, name, role, ...(account && { email: account.email }) };
  }
}
