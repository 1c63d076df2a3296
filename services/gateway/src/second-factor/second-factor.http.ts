import { ApiResponseShape, CurrentUser, User } from '@baton/platform';
import { Body, Controller, Get, Injectable, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PasswordCheck } from '../session/password-check.js';
import { sessionTokenOf } from '../session/session-cookie.http.js';
import { SessionStore } from '../session/session.store.js';
import { UserStore } from '../user/user.store.js';
import { keyUri } from './one-time-code.js';
import {
  BeginSecondFactorRequest,
  CodeRequest,
  NewSecondFactorResponse,
  RecoveryCodesResponse,
  RemoveSecondFactorRequest,
  SecondFactorResponse,
} from './second-factor.shapes.js';
import { SecondFactorStore, wrongCode } from './second-factor.store.js';

/** The second factor of one's own account, for logins with the password. */
@Injectable()
@Controller('api/me/second-factor')
export class SecondFactorHttp {
  constructor(
    private readonly users: UserStore,
    private readonly factors: SecondFactorStore,
    private readonly check: PasswordCheck,
    private readonly sessions: SessionStore,
  ) {}

  @Get()
  @ApiResponseShape(SecondFactorResponse)
  async show(@CurrentUser() { id }: User): Promise<SecondFactorResponse> {
    const { password } = await this.users.ownAccount(id);
    const { confirmedAt, recoveryCodesLeft } = await this.factors.stateOf(id);
    return {
      on: confirmedAt !== null,
      confirmedAt: confirmedAt?.toISOString() ?? null,
      recoveryCodesLeft,
      available: password !== null,
    };
  }

  /** A secret to be confirmed within 30 minutes. Logins need no code yet. */
  @Post()
  @ApiResponseShape(NewSecondFactorResponse, 201)
  async begin(
    @CurrentUser() { id }: User,
    @Body() { password }: BeginSecondFactorRequest,
    @Req() request: FastifyRequest,
  ): Promise<NewSecondFactorResponse> {
    const account = await this.users.ownAccount(id);
    const { counted } = await this.check.require(account, { password, pointer: '/password' }, request);
    await counted.passed();
    const secret = await this.factors.begin(id);
    return { secret, uri: keyUri(secret, account.email) };
  }

  /** Logins need a code from now on. Ends the user's other sessions, which began without one. */
  @Post('confirm')
  @ApiResponseShape(RecoveryCodesResponse)
  async confirm(
    @CurrentUser() { id }: User,
    @Body() { code }: CodeRequest,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesResponse> {
    await this.users.ownAccount(id);
    const codes = await this.factors.confirm(id, code);
    await this.sessions.closeAll(id, sessionTokenOf(request.headers.cookie));
    return { codes: [...codes] };
  }

  /** Needs the password and a code, so that a stolen session cannot turn it off. */
  @Post('off')
  @ApiResponseShape()
  async remove(
    @CurrentUser() { id }: User,
    @Body() { password, code }: RemoveSecondFactorRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const account = await this.users.ownAccount(id);
    const { counted } = await this.check.require(account, { password, pointer: '/password' }, request);
    // A wrong code is counted as the wrong password is.
    if (!(await this.factors.use(id, code))) throw wrongCode();
    await counted.succeeded();
    await this.factors.remove(id);
  }
}
