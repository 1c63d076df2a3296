import { ReaderAdmin, type ReaderOverview } from '@baton/bus';
import { Optional } from '@baton/contracts';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { DomainError } from '../domain-error.js';
import { ApiResponseShape } from '../http/api-response-shape.js';
import { Nullable } from '../http/nullable.js';
import { Roles } from '../identity/user.js';
import { RunningReaders } from './running-readers.js';

const PHASES = ['joining', 'reading', 'blocked', 'stopped'] as const;
const REBUILDS = ['requested', 'running'] as const;

export class PartitionPositionResponse {
  @IsString() readonly topic!: string;
  @IsInt() readonly partition!: number;
  /** Offset of the next message. */
  @IsString() readonly next!: string;
  /** End of the partition; null when the broker does not respond. */
  @Nullable() @IsString() readonly end!: string | null;
  /** The same as `next` of the rebuild under way. */
  @Nullable() @IsString() readonly rebuilt!: string | null;
}

export class ReaderResponse {
  @IsString() readonly name!: string;
  @IsInt() readonly version!: number;
  /** What it does in the process that answered. */
  @IsIn(PHASES) readonly phase!: (typeof PHASES)[number];
  /** Why it does not read, and what to do. */
  @Nullable() @IsString() readonly reason!: string | null;
  /** Messages not yet read, over all processes. */
  @IsInt() readonly lag!: number;
  /** Dead letters that are neither put back nor waived. */
  @IsInt() readonly deadLetters!: number;
  @IsBoolean() readonly canRebuild!: boolean;
  @Nullable() @IsIn(REBUILDS) readonly rebuild!: (typeof REBUILDS)[number] | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PartitionPositionResponse)
  readonly positions!: readonly PartitionPositionResponse[];
}

export class ReadersResponse {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReaderResponse)
  readonly items!: readonly ReaderResponse[];
}

export class RebuildRequest {
  /** Also when the topics no longer hold the first messages, whose effects are lost then. */
  @Optional() @IsBoolean() readonly incomplete?: boolean;
}

export class RewindRequest {
  /** Only this topic; all of the reader's when left out. */
  @Optional() @IsString() @MaxLength(100) @Matches(/^[a-z.-]+$/) readonly topic?: string;
  @IsIn(['start']) readonly to!: 'start';
}

/** The service's readers: where they are, and what a person can ask of them. */
@Injectable()
// The same at every service with readers: the gateway's document describes them.
@ApiExcludeController()
@Roles('operations', 'admin')
@Controller('readers')
export class ReadersHttp {
  constructor(
    private readonly admin: ReaderAdmin,
    private readonly running: RunningReaders,
  ) {}

  /** Every reader with its positions, lag and state. */
  @Get()
  @ApiResponseShape(ReadersResponse)
  async list(): Promise<ReadersResponse> {
    const readers = await this.admin.readers();
    return { items: await Promise.all(readers.map((reader) => this.toResponse(reader))) };
  }

  /** Reads again from the start. What was handled before is recognised and skipped. */
  @Post(':name/rewind')
  @HttpCode(202)
  async rewind(@Param('name') name: string, @Body() { topic }: RewindRequest): Promise<void> {
    const runner = this.running.get(name);
    if (!runner) throw unknownReader(name);
    if (topic !== undefined && !runner.topics.includes(topic))
      throw new DomainError('invalid', `The reader ${name} does not read ${topic}.`, {
        errors: [{ pointer: '/topic', detail: `must be one of ${runner.topics.join(', ')}` }],
      });
    if (!(await this.admin.rewind(name, topic ?? null))) throw unknownReader(name);
  }

  /** Builds the reader's tables anew from the log, beside those in use, and switches when they are complete. */
  @Post(':name/rebuild')
  @HttpCode(202)
  async rebuild(@Param('name') name: string, @Body() { incomplete }: RebuildRequest): Promise<void> {
    const runner = this.running.get(name);
    if (!runner) throw unknownReader(name);
    if (!runner.canRebuild)
      throw new DomainError(
        'conflict',
        `The reader ${name} decides and publishes; only readers whose tables are a function of the events can be rebuilt.`,
      );
    const deleted = await runner.deletedFromLog();
    if (deleted > 0n && !incomplete)
      throw new DomainError(
        'conflict',
        `The topics of ${name} no longer hold their first ${deleted} messages (retention): a rebuild would lose what came of them. Repeat with "incomplete": true to accept that.`,
      );
    if (!(await this.admin.rebuild(name)))
      throw new DomainError('conflict', `The reader ${name} is being rebuilt already.`);
  }

  private async toResponse({
    reader,
    rebuildSince: _,
    ...overview
  }: ReaderOverview): Promise<ReaderResponse> {
    const runner = this.running.get(reader);
    const state = runner?.state ?? { phase: 'joining' as const };
    const ends = await runner?.ends();
    const positions = overview.positions.map((position) => ({
      ...position,
      end: ends?.get(position.topic)?.get(position.partition)?.toString() ?? null,
    }));
    return {
      ...overview,
      name: reader,
      phase: state.phase,
      reason: state.reason ?? null,
      positions,
      lag: positions.reduce((sum, { next, end }) => sum + Math.max(0, Number(end ?? next) - Number(next)), 0),
      canRebuild: runner?.canRebuild ?? false,
    };
  }
}

const unknownReader = (name: string): DomainError =>
  new DomainError('not-found', `There is no reader ${name.slice(0, 100)} in this service.`);
