import { ApiResponseShape, DomainError, Public } from '@baton/platform';
import { Body, Controller, Injectable, Post, Req, Res } from '@nestjs/common';
import { IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { rememberCaller } from '../caller/caller.http.js';
import { LoginChallengeStore } from './login-challenge.store.js';
import { isPassword } from '../user/password.js';
import { PasswordQueue } from '../user/password-queue.cache.js';
import { normalEmail } from '../user/email-address.js';
import { UserStore } from '../user/user.store.js';
import { toResponse, UserResponse } from '../user/users.shapes.js';
import { LoginLimits } from '../session/login-limits.store.js';
import { deviceTokenOf } from '../session/session-cookie.http.js';
import { SessionStart } from '../session/session-start.js';

export class LoginRequest {
  @IsString() @MaxLength(320) readonly email!: string;
  @IsString() @MaxLength(256) readonly password!: string;
}

@Injectable()
@Public()
@Controller('api/login')
export class LoginHttp {
  constructor(
    private readonly users: UserStore,
    private readonly limits: LoginLimits,
    private readonly passwords: PasswordQueue,
    private readonly challenges: LoginChallengeStore,
    private readonly session: SessionStart,
  ) {}

  /** For a user with a second factor it is a 401 with a `challenge`, to be sent with a code to `POST /api/login/code`. */
  @Post()
  @ApiResponseShape(UserResponse)
  async login(
    @Body() { email, password }: LoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const device = deviceTokenOf(request.headers.cookie);
    const counted = await this.limits.begin({
      address: addressOf(request),
      email: normalEmail(email),
      device,
    });
    const account = await this.users.byEmail(email);
    if (account) rememberCaller(request, { id: account.id, name: account.name });
    const hash = account?.password ?? undefined;
    const isRight = await this.passwords.inTurn(() => isPassword(password, hash));
    if (!isRight || !account || !hash) {
      throw new DomainError('unauthenticated', 'The e-mail address or the password is wrong.');
    }
    const challenge = await this.challenges.openFor(account.id, hash);
    await (challenge === undefined ? counted.succeeded() : counted.passed());
    // Said to those only who know the password.
    if (account.disabledAt)
      throw new DomainError('forbidden', 'Your account is disabled. Ask an administrator to enable it.');
    if (challenge !== undefined)
      throw new DomainError('unauthenticated', 'Enter a code of your authenticator app.', { challenge });
    await this.session.begin({ userId: account.id, password: hash }, request, reply);
    return toResponse(account);
  }
}
