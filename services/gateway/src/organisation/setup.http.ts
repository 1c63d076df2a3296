import { Nested } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  CurrentUser,
  DomainError,
  Public,
  RecordsChanges,
  type RecordChanges,
  Roles,
  User,
} from '@baton/platform';
import { Body, Controller, Get, Injectable, Post } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { BOOTSTRAP } from '../token/token.store.js';
import { NewPasswords } from '../user/new-passwords.js';
import { UserStore } from '../user/user.store.js';
import { IsName, IsNewEmail, IsNewPassword, toResponse, UserResponse } from '../user/users.shapes.js';
import { requireWorkingWeek } from './organisation.http.js';
import { OrganisationShape } from './organisation.shapes.js';
import { OrganisationStore } from './organisation.store.js';

export class SetupStateResponse {
  /** Whether there is no administrator yet. */
  @IsBoolean() readonly needed!: boolean;
}

export class AdministratorRequest {
  @IsNewEmail() readonly email!: string;
  @IsName() readonly name!: string;
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
    private readonly passwords: NewPasswords,
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
  async setUp(
    @Body() { organisation, administrator }: SetupRequest,
    @CurrentUser() { id }: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<UserResponse> {
    if (id !== BOOTSTRAP.user.id && !(await this.users.administratorExists()))
      throw new DomainError('forbidden', 'The first administrator is made with ADMIN_TOKEN.');
    requireWorkingWeek(organisation, '/organisation/workingWeek');
    const { password, ...person } = administrator;
    const pointer = '/administrator/password';
    const hash = await this.passwords.hash({ ...person, password, pointer, organisation: organisation.name });
    const account = { ...person, role: 'admin', password: hash } as const;
    const user = toResponse(await this.organisation.setUp(organisation, account));
    record(changedFields(undefined, { ...organisation, administrator: user.id }, ['name', 'administrator']));
    return user;
  }
}
