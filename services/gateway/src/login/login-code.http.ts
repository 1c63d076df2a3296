import { ApiResponseShape, DomainError, Public } from '@baton/platform';
import { Body, Controller, Injectable, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { rememberCaller } from '../caller/caller.http.js';
import { LoginLimits } from '../session/login-limits.store.js';
import { deviceTokenOf } from '../session/session-cookie.http.js';
import { SessionStart } from '../session/session-start.js';
import { UserStore } from '../user/user.store.js';
import { toResponse, UserResponse } from '../user/users.shapes.js';
import { LoginChallengeStore } from './login-challenge.store.js';
import { LoginCodeRequest } from '../second-factor/second-factor.shapes.js';
import { SecondFactorStore, wrongCode } from '../second-factor/second-factor.store.js';

/** The second step of a login. */
@Injectable()
@Public()
@Controller('api/login/code')
export class LoginCodeHttp {
  constructor(
    private readonly users: UserStore,
    private readonly challenges: LoginChallengeStore,
    private readonly factors: SecondFactorStore,
    private readonly limits: LoginLimits,
    private readonly session: SessionStart,
  ) {}

  /** 422 for a wrong code, which can be tried again with the same challenge; 401 when the login has to begin again. */
  @Post()
  @ApiResponseShape(UserResponse)
  async login(
    @Body() { challenge, code }: LoginCodeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const found = await this.challenges.find(challenge);
    if (!found) throw beginAgain();
    const { userId, email, name, password } = found;
    rememberCaller(request, { id: userId, name });
    const device = deviceTokenOf(request.headers.cookie);
    const counted = await this.limits.begin({ address: addressOf(request), email, device });
    if (!(await this.factors.use(userId, code))) throw wrongCode();
    if (!(await this.challenges.use(challenge))) throw beginAgain();
    await counted.succeeded();
    await this.session.begin({ userId, password }, request, reply);
    return toResponse((await this.users.byId(userId))!);
  }
}

const beginAgain = (): DomainError =>
  new DomainError('unauthenticated', 'The login took too long or was completed elsewhere. Sign in again.');
