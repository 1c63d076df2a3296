import { Optional } from '@baton/contracts';
import { ApiResponseShape, CurrentUser, DomainError, Public, ROLES, User, type Role } from '@baton/platform';
import { Body, Controller, Get, Injectable, Post, Req, Res } from '@nestjs/common';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberCaller } from '../caller/caller.http.js';
import { isPassword } from '../user/password.js';
import { PasswordQueue } from '../user/password-queue.cache.js';
import { normalEmail, UserStore } from '../user/user.store.js';
import { toResponse, UserResponse } from '../user/users.shapes.js';
import { KnownDeviceStore } from './known-device.store.js';
import { LoginLimits } from './login-limits.store.js';
import {
  deviceTokenOf,
  removeSession,
  sendDevice,
  sendSession,
  sessionTokenOf,
} from './session-cookie.http.js';
import { SessionStore } from './session.store.js';

export class LoginRequest {
  @IsString() @MaxLength(320) readonly email!: string;
  @IsString() @MaxLength(256) readonly password!: string;
}

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
    private readonly limits: LoginLimits,
    private readonly devices: KnownDeviceStore,
    private readonly passwords: PasswordQueue,
  ) {}

  @Public()
  @Post('login')
  @ApiResponseShape(UserResponse)
  async login(
    @Body() { email, password }: LoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { cookie, 'user-agent': userAgent } = request.headers;
    const device = deviceTokenOf(cookie);
    const succeeded = await this.limits.begin({ address: request.ip, email: normalEmail(email), device });
    const account = await this.users.byEmail(email);
    if (account) rememberCaller(request, { id: account.id, name: account.name });
    const hash = account?.password ?? undefined;
    const isRight = await this.passwords.inTurn(() => isPassword(password, hash));
    if (!isRight || !account || !hash) {
      throw new DomainError('unauthenticated', 'The e-mail address or the password is wrong.');
    }
    await succeeded();
    // Said to those only who know the password.
    if (account.disabledAt)
      throw new DomainError('forbidden', 'Your account is disabled. Ask an administrator to enable it.');
    const { id: userId } = account;
    const token = await this.sessions.open({ userId, password: hash, userAgent, address: request.ip });
    const replaced = sessionTokenOf(cookie);
    if (replaced) await this.sessions.close(replaced);
    sendSession(request, reply, token);
    sendDevice(request, reply, await this.devices.remember(userId, device));
    return toResponse(account);
  }

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
