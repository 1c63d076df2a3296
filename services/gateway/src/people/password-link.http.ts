import { ApiResponseShape, Public } from '@baton/platform';
import { Body, Controller, Injectable, Post, Put, Req, Res } from '@nestjs/common';
import { IsBoolean, IsEmail, IsString, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberCaller } from '../caller/caller.http.js';
import { KnownDeviceStore } from '../session/known-device.store.js';
import { sendDevice } from '../session/session-cookie.http.js';
import { NewPasswords } from '../user/new-passwords.js';
import { PasswordLinkStore } from './password-link.store.js';
import { IsNewPassword } from '../user/users.shapes.js';

export class PasswordLinkRequest {
  /** The part of the link after #. */
  @Matches(/^[\w-]{20,512}$/) readonly token!: string;
}

export class SetPasswordRequest extends PasswordLinkRequest {
  @IsNewPassword() readonly password!: string;
}

export class LinkedUserResponse {
  @IsString() readonly name!: string;
  @IsEmail() readonly email!: string;
  /** Whether the person had no password so far. */
  @IsBoolean() readonly invited!: boolean;
}

/** For the holder of a one-time link, who has no session. */
@Injectable()
@Public()
@Controller('api/password-link')
export class PasswordLinkHttp {
  constructor(
    private readonly links: PasswordLinkStore,
    private readonly devices: KnownDeviceStore,
    private readonly passwords: NewPasswords,
  ) {}

  /** Whose link it is. The token is in the body, since addresses are logged. */
  @Post()
  @ApiResponseShape(LinkedUserResponse)
  show(@Body() { token }: PasswordLinkRequest): Promise<LinkedUserResponse> {
    return this.links.userOf(token);
  }

  @Put()
  @ApiResponseShape()
  async use(
    @Body() { token, password }: SetPasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    // An invalid link costs no hash.
    const person = await this.links.userOf(token);
    const hash = await this.passwords.hash({ ...person, password });
    const user = await this.links.use(token, hash);
    rememberCaller(request, user);
    // The user can log in here even while others try to guess the password.
    sendDevice(request, reply, await this.devices.remember(user.id, undefined));
  }
}
