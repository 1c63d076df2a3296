import {
  ApiResponseShape,
  changedFields,
  CurrentUser,
  DomainError,
  PageOf,
  Roles,
  RecordsChanges,
  type RecordChanges,
  User,
  UuidPipe,
  type Page,
} from '@baton/platform';
import { Body, Controller, Delete, Get, Injectable, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { rememberObject } from '../caller/caller.http.js';
import { GatewayConfig } from '../gateway.config.js';
import { publicAddressOf } from '../openid-connect/public-address.http.js';
import { SessionStore } from '../session/session.store.js';
import { ServiceClient } from '../proxy/service.client.js';
import { NewPasswords } from '../user/new-passwords.js';
import { PasswordLinkStore } from './password-link.store.js';
import type { UserAccount } from '../user/user.entity.js';
import { UserStore } from '../user/user.store.js';
import {
  ChangeUserRequest,
  CreateUserRequest,
  DisabledUserResponse,
  InvitationResponse,
  InviteRequest,
  PasswordLinkResponse,
  toDetails,
  UserDetailsResponse,
} from '../user/users.shapes.js';

@Injectable()
@Roles('admin')
@Controller('api')
export class UsersHttp {
  constructor(
    private readonly users: UserStore,
    private readonly links: PasswordLinkStore,
    private readonly sessions: SessionStore,
    private readonly passwords: NewPasswords,
    private readonly config: GatewayConfig,
    private readonly services: ServiceClient,
  ) {}

  @Get('users')
  @ApiResponseShape(PageOf(UserDetailsResponse))
  async list(): Promise<Page<UserDetailsResponse>> {
    return { items: (await this.users.all()).map(toDetails), next: null };
  }

  /** With a password, for provisioning. People are invited instead, so that nobody else knows their password. */
  @Post('users')
  @ApiResponseShape(UserDetailsResponse, 201)
  async create(
    @Body() { password, ...person }: CreateUserRequest,
    @CurrentUser() by: User,
    @Req() request: FastifyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<UserDetailsResponse> {
    const hash = await this.passwords.hash({ ...person, password });
    const user = await this.users.add({ ...person, password: hash }, by);
    rememberObject(request, user.id);
    recordAccount(record, undefined, user);
    return toDetails(user);
  }

  @Post('invitations')
  @ApiResponseShape(InvitationResponse, 201)
  async invite(
    @Body() person: InviteRequest,
    @CurrentUser() by: User,
    @Req() request: FastifyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<InvitationResponse> {
    const user = await this.users.add({ ...person, password: null }, by);
    rememberObject(request, user.id);
    recordAccount(record, undefined, user);
    return { user: toDetails(user), link: await this.linkFor(user.id, by, request) };
  }

  /** A new invitation, or a link to set a new password. */
  @Post('users/:id/link')
  @ApiResponseShape(PasswordLinkResponse, 201)
  link(
    @Param('id', UuidPipe) id: string,
    @CurrentUser() by: User,
    @Req() request: FastifyRequest,
  ): Promise<PasswordLinkResponse> {
    return this.linkFor(id, by, request);
  }

  @Put('users/:id')
  @ApiResponseShape(UserDetailsResponse)
  async change(
    @Param('id', UuidPipe) id: string,
    @Body() change: ChangeUserRequest,
    @CurrentUser() self: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<UserDetailsResponse> {
    if (id === self.id && change.role !== self.role) throw notOneself('change your own role');
    const { before, after } = await this.users.change(id, change, self);
    recordAccount(record, before, after);
    return toDetails(after);
  }

  @Post('users/:id/disable')
  @ApiResponseShape(DisabledUserResponse)
  async disable(
    @Param('id', UuidPipe) id: string,
    @CurrentUser() self: User,
    @Req() request: FastifyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<DisabledUserResponse> {
    if (id === self.id) throw notOneself('disable yourself');
    const { before, after } = await this.users.disable(id);
    recordAccount(record, before, after);
    return { ...toDetails(after), getsLeads: await this.getsLeads(id, request) };
  }

  @Post('users/:id/enable')
  @ApiResponseShape(UserDetailsResponse)
  async enable(
    @Param('id', UuidPipe) id: string,
    @CurrentUser() by: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<UserDetailsResponse> {
    const { before, after } = await this.users.enable(id, by);
    recordAccount(record, before, after);
    return toDetails(after);
  }

  @Delete('users/:id/sessions')
  @ApiResponseShape()
  async endSessions(@Param('id', UuidPipe) id: string): Promise<void> {
    await this.sessions.closeAll(id);
  }

  private async getsLeads(id: string, request: FastifyRequest): Promise<boolean | null> {
    try {
      return (await this.services.ask<{ available: boolean }>('routing', `/sellers/${id}`, request))
        .available;
    } catch (fault) {
      if (!(fault instanceof DomainError)) throw fault;
      return fault.code === 'not-found' ? false : null;
    }
  }

  /** The secret is in the fragment, which browsers send to no server: it is in no log. */
  private async linkFor(userId: string, by: User, request: FastifyRequest): Promise<PasswordLinkResponse> {
    const { token, expiresAt } = await this.links.create(userId, by);
    const origin = publicAddressOf(this.config, request);
    return { url: `${origin}/set-password#${token}`, expiresAt: expiresAt.toISOString() };
  }
}

/** In the audit log; addresses are not. */
const recordAccount = (record: RecordChanges, before: UserAccount | undefined, after: UserAccount): void =>
  record(changedFields(before && toDetails(before), toDetails(after), ['name', 'role', 'state']));

/** An administrator could not undo it; somebody else decides. */
const notOneself = (what: string): DomainError =>
  new DomainError('conflict', `You cannot ${what}. Ask another administrator.`);
