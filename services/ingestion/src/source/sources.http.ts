import { Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  Clock,
  decodeCursor,
  isPositionText,
  Nullable,
  PageOf,
  pageOf,
  RecordsChanges,
  type RecordChanges,
  Roles,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post, Put, Query } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { SourceCache } from './source.cache.js';
import { SourceStore, type Source } from './source.store.js';

export const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;
export const SLUG_RULE = 'must be lower-case letters, digits and hyphens, at most 64';
const PAGE = 100;
const MAX_QUOTA = 10_000_000_000;

export class CreateSourceRequest {
  @Matches(SLUG, { message: SLUG_RULE }) readonly id!: string;
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
}

export class UpdateSourceRequest {
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
  /** Events published a day (UTC); more are held until there is room. Null is no limit. */
  @Nullable() @IsInt() @Min(1) @Max(MAX_QUOTA) readonly eventsPerDay!: number | null;
  /** User agents, by their start, of programs that send on behalf of people although they look like robots. */
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MinLength(2, { each: true })
  @MaxLength(100, { each: true })
  readonly personAgents!: readonly string[];
}

export class CreatedSourceResponse {
  @IsString() readonly id!: string;
  /** Shown this once; only its hash is kept. */
  @IsString() readonly writeKey!: string;
}

export class SourceResponse {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
  @Nullable() @IsInt() readonly eventsPerDay!: number | null;
  @IsArray() @IsString({ each: true }) readonly personAgents!: readonly string[];
  @IsString() readonly createdAt!: string;
}

export class ListQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
}

export const cursorId = (cursor: string | undefined): string =>
  cursor === undefined ? '' : decodeCursor<{ id: string }>(cursor, { id: isPositionText }).id;

const toResponse = (source: Source): SourceResponse => ({
  ...source,
  createdAt: source.createdAt.toISOString(),
});

@Injectable()
@Roles('marketing', 'operations', 'admin')
@Controller('sources')
export class SourcesHttp {
  constructor(
    private readonly sources: SourceStore,
    private readonly cache: SourceCache,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiResponseShape(CreatedSourceResponse, 201)
  async create(
    @Body() { id, name }: CreateSourceRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<CreatedSourceResponse> {
    const created = await this.sources.create(id, name, this.clock.now());
    record(changedFields(undefined, { id, name }, ['id', 'name']));
    await this.cache.refresh();
    return created;
  }

  @Get()
  @ApiResponseShape(PageOf(SourceResponse))
  async list(@Query() { cursor }: ListQuery): Promise<Page<SourceResponse>> {
    const found = await this.sources.list(cursorId(cursor), PAGE + 1);
    return pageOf(found.map(toResponse), PAGE, ({ id }) => ({ id }));
  }

  @Put(':id')
  @HttpCode(204)
  async update(
    @Param('id') id: string,
    @Body() request: UpdateSourceRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<void> {
    const { before, after } = await this.sources.update(id, request);
    record(changedFields(before, after, ['name', 'eventsPerDay', 'personAgents']));
    await this.cache.refresh();
  }
}
