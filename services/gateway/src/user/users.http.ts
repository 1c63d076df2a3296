import { IsUuid, Optional } from '@baton/contracts';
import { ApiResponseShape, PageOf, Roles, ROLES, type Page, type Role } from '@baton/platform';
import { Body, Controller, Get, Injectable, Post } from '@nestjs/common';
import { IsEmail, IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { hashPassword } from './password.js';
import { PasswordQueue } from './password-queue.cache.js';
import type { UserAccount } from './user.entity.js';
import { normalEmail, UserStore } from './user.store.js';

export class CreateUserRequest {
  /** An id that another system uses already; generated when absent. */
  @Optional() @IsUuid() readonly id?: string;
  @IsEmail() @MaxLength(320) readonly email!: string;
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
  @IsString() @MinLength(12) @MaxLength(256) readonly password!: string;
}

export class UserResponse {
  @IsUuid() readonly id!: string;
  @IsEmail() readonly email!: string;
  @IsString() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
}

export const toResponse = ({ id, email, name, role }: UserAccount): UserResponse => ({
  id,
  email,
  name,
  role,
});

@Injectable()
@Roles('admin')
@Controller('api/users')
export class UsersHttp {
  constructor(
    private readonly users: UserStore,
    private readonly passwords: PasswordQueue,
  ) {}

  @Post()
  @ApiResponseShape(UserResponse, 201)
  async create(@Body() { password, ...person }: CreateUserRequest): Promise<UserResponse> {
    const account = {
      ...person,
      email: normalEmail(person.email),
      password: await this.passwords.inTurn(() => hashPassword(password)),
    };
    return toResponse(await this.users.add(account));
  }

  @Get()
  @ApiResponseShape(PageOf(UserResponse))
  async list(): Promise<Page<UserResponse>> {
    return { items: (await this.users.all()).map(toResponse), next: null };
  }
}
