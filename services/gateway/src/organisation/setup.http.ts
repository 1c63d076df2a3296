import { Nested } from '@baton/contracts';
import { ApiResponseShape, Public, Roles } from '@baton/platform';
import { Body, Controller, Get, Injectable, Post } from '@nestjs/common';
import { IsBoolean, IsEmail, IsString, MaxLength, MinLength } from 'class-validator';
import { hashPassword } from '../user/password.js';
import { PasswordQueue } from '../user/password-queue.cache.js';
import { UserStore } from '../user/user.store.js';
import { IsNewPassword, MAX_EMAIL, MAX_TEXT, toResponse, UserResponse } from '../user/users.shapes.js';
import { requireWorkingWeek } from './organisation.http.js';
import { OrganisationShape } from './organisation.shapes.js';
import { OrganisationStore } from './organisation.store.js';

export class SetupStateResponse {
  /** Whether there is no administrator yet. */
  @IsBoolean() readonly needed!: boolean;
}

export class AdministratorRequest {
  @IsEmail() @MaxLength(MAX_EMAIL) readonly email!: string;
  @IsString() @MinLength(1) @MaxLength(MAX_TEXT) readonly name!: string;
  @IsNewPassword() readonly password!: string;
}

export class SetupRequest {
  @Nested(() => OrganisationShape) readonly organisation!: OrganisationShape;
  @Nested(() => AdministratorRequest) readonly administrator!: AdministratorRequest;
}

/** The first use of an installation, with `ADMIN_TOKEN`, which is valid only until it is set up. */
@Injectable()
@Controller('api/setup')
export class SetupHttp {
  constructor(
    private readonly users: UserStore,
    private readonly organisation: OrganisationStore,
    private readonly passwords: PasswordQueue,
  ) {}

  @Public()
  @Get()
  @ApiResponseShape(SetupStateResponse)
  async state(): Promise<SetupStateResponse> {
    return { needed: !(await this.users.administratorExists()) };
  }

  @Post()
  @Roles('admin')
  @ApiResponseShape(UserResponse, 201)
  async setUp(@Body() { organisation, administrator }: SetupRequest): Promise<UserResponse> {
    requireWorkingWeek(organisation, '/organisation/workingWeek');
    const { password, ...person } = administrator;
    const hash = await this.passwords.inTurn(() => hashPassword(password));
    return toResponse(
      await this.organisation.setUp(organisation, { ...person, role: 'admin', password: hash }),
    );
  }
}
