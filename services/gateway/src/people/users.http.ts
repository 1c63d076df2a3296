import { ApiResponseShape, PageOf, Roles, UuidPipe, type Page } from '@baton/platform';
import { Body, Controller, Delete, Get, Injectable, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isSecure } from '../session/session-cookie.http.js';
import { SessionStore } from '../session/session.store.js';
import { hashPassword } from '../user/password.js';
import { PasswordQueue } from '../user/password-queue.cache.js';
import { PasswordLinkStore } from './password-link.store.js';
import { UserStore } from '../user/user.store.js';
import {
  ChangeUserRequest,
  CreateUserRequest,
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
    private readonly passwords: PasswordQueue,
  ) {}

  @Get('users')
  @ApiResponseShape(PageOf(UserDetailsResponse))
  async list(): Promise<Page<UserDetailsResponse>> {
    return { items: (await this.users.all()).map(toDetails), next: null };
  }

  /** With a password, for provisioning. People are invited instead, so that nobody else knows their password. */
  @Post('users')
  @ApiResponseShape(UserDetailsResponse, 201)
  async create(@Body() { password, ...person }: CreateUserRequest): Promise<UserDetailsResponse> {
    const hash = await this.passwords.inTurn(() => hashPassword(password));
    return toDetails(await this.users.add({ ...person, password: hash }));
  }

  @Post('invitations')
  @ApiResponseShape(InvitationResponse, 201)
  async invite(@Body() person: InviteRequest, @Req() request: FastifyRequest): Promise<InvitationResponse> {
    const user = await this.users.add({ ...person, password: null });
    return { user: toDetails(user), link: await this.linkFor(user.id, request) };
  }

  /** A new invitation, or a link to set a new password. */
  @Post('users/:id/link')
  @ApiResponseShape(PasswordLinkResponse, 201)
  link(@Param('id', UuidPipe) id: string, @Req() request: FastifyRequest): Promise<PasswordLinkResponse> {
    return this.linkFor(id, request);
  }

  @Put('users/:id')
  @ApiResponseShape(UserDetailsResponse)
  async change(
    @Param('id', UuidPipe) id: string,
    @Body() change: ChangeUserRequest,
  ): Promise<UserDetailsResponse> {
    return toDetails(await this.users.change(id, change));
  }

  @Post('users/:id/disable')
  @ApiResponseShape(UserDetailsResponse)
  async disable(@Param('id', UuidPipe) id: string): Promise<UserDetailsResponse> {
    return toDetails(await this.users.disable(id));
  }

  @Post('users/:id/enable')
  @ApiResponseShape(UserDetailsResponse)
  async enable(@Param('id', UuidPipe) id: string): Promise<UserDetailsResponse> {
    return toDetails(await this.users.enable(id));
  }

  @Delete('users/:id/sessions')
  @ApiResponseShape()
  async endSessions(@Param('id', UuidPipe) id: string): Promise<void> {
    await this.sessions.closeAll(id);
  }

  /** The secret is in the fragment, which browsers send to no server: it is in no log. */
  private async linkFor(userId: string, request: FastifyRequest): Promise<PasswordLinkResponse> {
    const { token, expiresAt } = await this.links.create(userId);
    const origin = `${isSecure(request) ? 'https' : 'http'}://${request.host}`;
    return { url: `${origin}/set-password#${token}`, expiresAt: expiresAt.toISOString() };
  }
}
