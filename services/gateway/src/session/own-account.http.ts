import { IsInstant, IsUuid } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  CurrentUser,
  Nullable,
  PageOf,
  RecordsChanges,
  type RecordChanges,
  User,
  UuidPipe,
  type Page,
} from '@baton/platform';
import { Body, Controller, Delete, Get, Injectable, Param, Put, Req } from '@nestjs/common';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { NewPasswords } from '../user/new-passwords.js';
import { UserStore } from '../user/user.store.js';
import { IsName, IsNewPassword, toResponse, UserResponse } from '../user/users.shapes.js';
import { PasswordCheck } from './password-check.js';
import { hashOf } from './secret-token.js';
import { sessionTokenOf } from './session-cookie.http.js';
import { SessionStore, type OwnSession } from './session.store.js';

export class ChangeNameRequest {
  @IsName() readonly name!: string;
}

export class ChangePasswordRequest {
  @IsString() @MaxLength(256) readonly current!: string;
  @IsNewPassword() readonly password!: string;
}

export class OwnSessionResponse {
  @IsUuid() readonly id!: string;
  @IsInstant() readonly createdAt!: string;
  /** To within ten minutes. */
  @IsInstant() readonly usedAt!: string;
  /** User-Agent header of the login, its first 200 characters. */
  @Nullable() @IsString() readonly userAgent!: string | null;
  /** IP address of the login. */
  @Nullable() @IsString() readonly address!: string | null;
  /** Whether this request belongs to it. */
  @IsBoolean() readonly current!: boolean;
}

/** What people do with their own account. Programs have none. */
@Injectable()
@Controller('api/me')
export class OwnAccountHttp {
  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly check: PasswordCheck,
    private readonly passwords: NewPasswords,
  ) {}

  @Put()
  @ApiResponseShape(UserResponse)
  async rename(
    @CurrentUser() { id }: User,
    @Body() { name }: ChangeNameRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<UserResponse> {
    await this.users.ownAccount(id);
    const { before, after } = await this.users.rename(id, name);
    record(changedFields(before, after, ['name']));
    return toResponse(after);
  }

  /** Ends the user's other sessions. */
  @Put('password')
  @ApiResponseShape()
  async changePassword(
    @CurrentUser() { id }: User,
    @Body() { current, password }: ChangePasswordRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const account = await this.users.ownAccount(id);
    const { hash, counted } = await this.check.require(
      account,
      { password: current, pointer: '/current' },
      request,
    );
    await counted.passed();
    const session = hashOf(sessionTokenOf(request.headers.cookie) ?? '');
    const { name, email } = account;
    const changed = await this.passwords.hash({ name, email, password });
    await this.users.changePassword(id, hash, changed, session);
  }

  @Get('sessions')
  @ApiResponseShape(PageOf(OwnSessionResponse))
  async list(@CurrentUser() { id }: User, @Req() request: FastifyRequest): Promise<Page<OwnSessionResponse>> {
    const sessions = await this.sessions.ofUser(id, sessionTokenOf(request.headers.cookie));
    return { items: sessions.map(toSessionResponse), next: null };
  }

  @Delete('sessions/:id')
  @ApiResponseShape()
  async endSession(@CurrentUser() user: User, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.sessions.closeOne(user.id, id);
  }

  /** All but the one of this request. */
  @Delete('sessions')
  @ApiResponseShape()
  async endOtherSessions(@CurrentUser() { id }: User, @Req() request: FastifyRequest): Promise<void> {
    await this.sessions.closeAll(id, sessionTokenOf(request.headers.cookie));
  }
}

const toSessionResponse = ({ createdAt, usedAt, ...session }: OwnSession): OwnSessionResponse => ({
  ...session,
  createdAt: createdAt.toISOString(),
  usedAt: usedAt.toISOString(),
});
