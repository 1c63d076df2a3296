import { IsUuid } from '@baton/contracts';
import { ApiResponseShape, Roles, ROLES, type Role } from '@baton/platform';
import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { TokenStore } from './token.store.js';

export class CreateTokenRequest {
  /** What uses it, for people. */
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
}

export class CreatedTokenResponse {
  @IsUuid() readonly id!: string;
  /** Shown this once. */
  @IsString() readonly token!: string;
}

@Injectable()
@Roles('admin')
@Controller('api/tokens')
export class TokensHttp {
  constructor(private readonly tokens: TokenStore) {}

  @Post()
  @ApiResponseShape(CreatedTokenResponse, 201)
  create(@Body() { name, role }: CreateTokenRequest): Promise<CreatedTokenResponse> {
    return this.tokens.create(name, role);
  }
}
