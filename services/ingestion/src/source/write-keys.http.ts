import { IsInstant, IsUuid, Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  Clock,
  DomainError,
  Nullable,
  Roles,
  RecordsChanges,
  type RecordChanges,
} from '@baton/platform';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post, Put } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { allowedOriginIn } from './allowed-origin.js';
import { SourceCache } from './source.cache.js';
import { KEY_KINDS, type KeyKind } from './write-key-rules.js';
import {
  newKeyOf,
  unknownSource,
  WriteKeyStore,
  type KeySettings,
  type WriteKey,
} from './write-key.store.js';

const MAX_ORIGINS = 50;
const HOUR_MS = 3_600_000;
const DEFAULT_OVERLAP_HOURS = 7 * 24;
const MAX_OVERLAP_HOURS = 90 * 24;

export class UpdateWriteKeyRequest {
  /** What sends with it, for people. */
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
  /** Origins of the pages that may send, such as `https://www.engines.example` or `https://*.engines.example` (subdomains only). Empty: any sender. */
  @IsArray()
  @ArrayMaxSize(MAX_ORIGINS)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  readonly origins!: readonly string[];
  /** Kinds of messages that it takes; `form` is that of fills of forms. Empty: all. */
  @IsArray()
  @ArrayMaxSize(KEY_KINDS.length)
  @IsIn(KEY_KINDS, { each: true })
  readonly kinds!: readonly KeyKind[];
}

export class CreateWriteKeyRequest extends UpdateWriteKeyRequest {
  /** When it ends; never when absent. */
  @Optional() @IsInstant() readonly endsAt?: string;
}

export class RotateWriteKeyRequest {
  /** Hours for which the old key works beside the new one; 0 ends it at once. */
  @Optional() @IsInt() @Min(0) @Max(MAX_OVERLAP_HOURS) readonly overlapHours: number = DEFAULT_OVERLAP_HOURS;
}

export class CreatedWriteKeyResponse {
  @IsUuid() readonly id!: string;
  /** Shown this once; only its hash is kept. */
  @IsString() readonly writeKey!: string;
}

export class WriteKeyResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  /** Its first characters. */
  @IsString() readonly prefix!: string;
  @IsString() readonly createdAt!: string;
  /** Of the last request that it let in, late by some seconds. */
  @Nullable() @IsString() readonly lastUsedAt!: string | null;
  /** In the past for one that has ended. */
  @Nullable() @IsString() readonly endsAt!: string | null;
  /** The key that replaces it since it was rotated. */
  @Nullable() @IsUuid() readonly replacedBy!: string | null;
  @IsArray() @IsString({ each: true }) readonly origins!: readonly string[];
  @IsArray() @IsIn(KEY_KINDS, { each: true }) readonly kinds!: readonly KeyKind[];
}

export class WriteKeyPath {
  @IsString() readonly id!: string;
  @IsUuid() readonly keyId!: string;
}

/** The write keys of a source. A change is obeyed by this process at once, and by others within seconds. */
@Injectable()
@Roles('marketing', 'operations', 'admin')
@Controller('sources/:id/keys')
export class WriteKeysHttp {
  constructor(
    private readonly keys: WriteKeyStore,
    private readonly cache: SourceCache,
    private readonly clock: Clock,
  ) {}

  /** Keys in force and the last twenty that ended, newest first. */
  @Get()
  @ApiResponseShape([WriteKeyResponse])
  async list(@Param('id') id: string): Promise<WriteKeyResponse[]> {
    if (!(await this.cache.withId(id))) throw unknownSource(id);
    return (await this.keys.list(id)).map(toResponse);
  }

  @Post()
  @ApiResponseShape(CreatedWriteKeyResponse, 201)
  async create(
    @Param('id') sourceId: string,
    @Body() request: CreateWriteKeyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<CreatedWriteKeyResponse> {
    const now = this.clock.now();
    const key = newKeyOf(sourceId, { ...settingsOf(request), endsAt: endIn(request, now) }, now);
    await this.keys.create(key);
    record(changedFields(undefined, key, ['id', 'name', 'origins', 'kinds', 'endsAt']));
    await this.cache.refresh();
    return created(key);
  }

  /** Name, origins and kinds. */
  @Put(':keyId')
  @HttpCode(204)
  async update(
    @Param() { id, keyId }: WriteKeyPath,
    @Body() request: UpdateWriteKeyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<void> {
    const { before, after } = await this.keys.update(id, keyId, settingsOf(request));
    record(changedFields(before, after, ['name', 'origins', 'kinds']));
    await this.cache.refresh();
  }

  /** Makes a new key with the same settings; the old one ends after an overlap. */
  @Post(':keyId/rotate')
  @ApiResponseShape(CreatedWriteKeyResponse, 201)
  async rotate(
    @Param() { id, keyId }: WriteKeyPath,
    @Body() { overlapHours }: RotateWriteKeyRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<CreatedWriteKeyResponse> {
    const now = this.clock.now();
    const endsAt = new Date(now.getTime() + overlapHours * HOUR_MS);
    const key = await this.keys.rotate(id, keyId, { now, endsAt });
    record(changedFields({ replacedBy: null }, { replacedBy: key.id, endsAt }, ['replacedBy', 'endsAt']));
    await this.cache.refresh();
    return created(key);
  }

  /** Ends a key at once. */
  @Post(':keyId/revoke')
  @HttpCode(204)
  async revoke(@Param() { id, keyId }: WriteKeyPath, @RecordsChanges() record: RecordChanges): Promise<void> {
    const { before, after } = await this.keys.revoke(id, keyId, this.clock.now());
    record(changedFields(before, after, ['endsAt']));
    await this.cache.refresh();
  }
}

const created = ({ id, writeKey }: CreatedWriteKeyResponse): CreatedWriteKeyResponse => ({ id, writeKey });

const toResponse = ({ createdAt, lastUsedAt, endsAt, ...key }: WriteKey): WriteKeyResponse => ({
  ...key,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
});

/** @throws DomainError `invalid` with the place of each text that is no origin */
const settingsOf = ({ name, origins, kinds }: UpdateWriteKeyRequest): KeySettings => {
  const read = origins.map(allowedOriginIn);
  const errors = read.flatMap((origin, index) =>
    origin === undefined
      ? [
          {
            pointer: `/origins/${index}`,
            detail:
              'must be a scheme and a host without a path, such as https://www.engines.example, or https://*.engines.example for its subdomains',
          },
        ]
      : [],
  );
  if (errors.length > 0)
    throw new DomainError('invalid', 'An allowed origin is none; see `errors`.', { errors });
  return { name, origins: [...new Set(read as string[])], kinds: [...new Set(kinds)] };
};

const endIn = ({ endsAt }: CreateWriteKeyRequest, now: Date): Date | null => {
  if (endsAt === undefined) return null;
  const end = new Date(endsAt);
  if (end <= now)
    throw new DomainError('invalid', 'The key would have ended already.', {
      errors: [{ pointer: '/endsAt', detail: 'must be in the future' }],
    });
  return end;
};
