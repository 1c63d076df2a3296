import { EachNested, isInstant, IsInstant, isUuid, IsUuid, Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  Clock,
  CurrentUser,
  decodeCursor,
  Nullable,
  PageOf,
  pageOf,
  RecordsChanges,
  type RecordChanges,
  Roles,
  ROLES,
  User,
  UuidPipe,
  type Page,
  type Role,
} from '@baton/platform';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post, Query, Req } from '@nestjs/common';
import { IsBoolean, IsEmail, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { rememberObject } from '../caller/caller.http.js';
import { IsName } from '../user/users.shapes.js';
import { SCOPES, type Scope } from './token-scope.js';
import { TokenStore, type ApiToken, type TokenPosition } from './token.store.js';

const PAGE = 100;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const MAX_DAYS = 365;
/** For so long a token is listed after its end. */
const ENDED_DAYS = 90;

export class CreateTokenRequest {
  /** What uses it, for people. */
  @IsName() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
  /** `read`: only requests that change nothing; `write`: everything that the role may do. */
  @IsIn(SCOPES) readonly scope!: Scope;
  /** Days until it expires, 90 when absent; null is never. */
  @Optional() @Nullable() @IsInt() @Min(1) @Max(MAX_DAYS) readonly expiresInDays?: number | null;
}

export class TokenResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  @IsIn(ROLES) readonly role!: Role;
  @IsIn(SCOPES) readonly scope!: Scope;
  /** First characters of the token; empty for those made before they were kept. */
  @IsString() readonly prefix!: string;
  @IsInstant() readonly createdAt!: string;
  /** Name of the user who made it, or took it over. */
  @Nullable() @IsString() readonly createdBy!: string | null;
  @Nullable() @IsInstant() readonly expiresAt!: string | null;
  /** To within a minute. */
  @Nullable() @IsInstant() readonly usedAt!: string | null;
  @Nullable() @IsInstant() readonly revokedAt!: string | null;
  @Nullable() @IsString() readonly revokedBy!: string | null;
  /** Whoever made it is disabled or no administrator any more: refused until an administrator takes it over. */
  @IsBoolean() readonly suspended!: boolean;
}

export class CreatedTokenResponse extends TokenResponse {
  /** Shown this once. */
  @IsString() readonly token!: string;
}

export class GivenAccessResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  @IsEmail() readonly email!: string;
}

export class RevokedTokenResponse {
  /** Users whose access the token gave (created, invited, linked, or changed in role), and who keep it: disable those whom nobody knows. */
  @EachNested(() => GivenAccessResponse) readonly users!: readonly GivenAccessResponse[];
}

export class TokensQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
}

const toResponse = ({ createdAt, expiresAt, usedAt, revokedAt, ...token }: ApiToken): TokenResponse => ({
  ...token,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  usedAt: usedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});

@Injectable()
@Roles('admin')
@Controller('api/tokens')
export class TokensHttp {
  constructor(
    private readonly tokens: TokenStore,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiResponseShape(CreatedTokenResponse, 201)
  async create(
    @Body() { expiresInDays = DEFAULT_DAYS, ...wanted }: CreateTokenRequest,
    @CurrentUser() user: User,
    @Req() request: FastifyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<CreatedTokenResponse> {
    const expiresAt = expiresInDays === null ? null : this.daysFromNow(expiresInDays);
    const { token, ...created } = await this.tokens.create({ ...wanted, expiresAt }, user);
    rememberObject(request, created.id);
    record(changedFields(undefined, created, ['name', 'role', 'scope', 'expiresAt']));
    return { ...toResponse(created), token };
  }

  /** Newest first; a token is listed for 90 days after its end. */
  @Get()
  @ApiResponseShape(PageOf(TokenResponse))
  async list(@Query() { cursor }: TokensQuery): Promise<Page<TokenResponse>> {
    const before =
      cursor === undefined
        ? undefined
        : decodeCursor<TokenPosition>(cursor, { createdAt: isInstant, id: isUuid });
    const found = await this.tokens.list(before, this.daysFromNow(-ENDED_DAYS), PAGE + 1);
    return pageOf(found.map(toResponse), PAGE, ({ createdAt, id }) => ({ createdAt, id }));
  }

  /** Its next request is refused, as of the tokens that it made; one-time links that they made end. */
  @Post(':id/revoke')
  @HttpCode(200)
  @ApiResponseShape(RevokedTokenResponse)
  async revoke(
    @Param('id', UuidPipe) id: string,
    @CurrentUser() user: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<RevokedTokenResponse> {
    const { before, after, users } = await this.tokens.revoke(id, user);
    record(changedFields(before, after, ['revokedAt']));
    return { users };
  }

  /** The caller stands for it from now on: it acts as long as they may make tokens. */
  @Post(':id/take-over')
  @HttpCode(200)
  @ApiResponseShape(TokenResponse)
  async takeOver(
    @Param('id', UuidPipe) id: string,
    @CurrentUser() user: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<TokenResponse> {
    const { before, after } = await this.tokens.takeOver(id, user);
    record(changedFields(before, after, ['createdBy']));
    return toResponse(after);
  }

  private daysFromNow(days: number): Date {
    return new Date(this.clock.now().getTime() + days * DAY_MS);
  }
}
