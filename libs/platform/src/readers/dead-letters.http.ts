import { ReaderAdmin, type DeadLetterMessage, type DeadLetterSummary } from '@baton/bus';
import { isRowNumber, Optional } from '@baton/contracts';
import { Controller, Get, HttpCode, Injectable, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsString, Matches, MaxLength } from 'class-validator';
import { DomainError } from '../domain-error.js';
import { ApiResponseShape, PageOf } from '../http/api-response-shape.js';
import { Nullable } from '../http/nullable.js';
import { decodeCursor, pageOf, type Page } from '../http/page.js';
import { Roles } from '../identity/user.js';

const PAGE = 50;
const STATES = ['waiting', 'requested', 'done', 'waived'] as const;

export class DeadLettersQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
  @Optional() @IsString() @MaxLength(100) @Matches(/^[a-z~-]+$/) readonly reader?: string;
  @Optional() @IsIn(STATES) readonly state?: (typeof STATES)[number];
  /** 50 when left out, at most 201: a caller that merges lists asks for one more than it shows. */
  @Optional()
  @Matches(/^([1-9]\d?|1\d\d|20[01])$/, { message: 'must be a number from 1 to 201' })
  readonly limit?: string;
}

export class DeadLetterResponse {
  @IsString() readonly id!: string;
  /** The reader that could not handle it. */
  @IsString() readonly reader!: string;
  @IsString() readonly topic!: string;
  @IsInt() readonly partition!: number;
  @IsString() readonly offset!: string;
  @Nullable() @IsString() readonly type!: string | null;
  @IsString() readonly reason!: string;
  @IsString() readonly at!: string;
  /** `requested`: put back, handled within seconds. */
  @IsIn(STATES) readonly state!: (typeof STATES)[number];
  /** How often it was tried. */
  @IsInt() readonly tries!: number;
  /** Bytes of the value. */
  @IsInt() readonly size!: number;
}

export class DeadLetterMessageResponse extends DeadLetterResponse {
  /** Base64. */
  @Nullable() @IsString() readonly key!: string | null;
  /** Base64. */
  @Nullable() @IsString() readonly value!: string | null;
  @IsObject() readonly headers!: Readonly<Record<string, string>>;
}

/** Messages that a reader of this service could not handle, with the reason. */
@Injectable()
// The same at every service with readers: the gateway's document describes them.
@ApiExcludeController()
@Roles('operations', 'admin')
@Controller('dead-letters')
export class DeadLettersHttp {
  constructor(private readonly admin: ReaderAdmin) {}

  /** Newest first. */
  @Get()
  @ApiResponseShape(PageOf(DeadLetterResponse))
  async list(@Query() { cursor, reader, state, limit }: DeadLettersQuery): Promise<Page<DeadLetterResponse>> {
    const size = Number(limit ?? PAGE);
    const letters = await this.admin.deadLetters({
      limit: size + 1,
      ...(reader === undefined ? {} : { reader }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { before: idIn(cursor) }),
    });
    return pageOf(letters.map(toResponse), size, ({ id }) => ({ id }));
  }

  /** The whole message. */
  @Get(':id')
  @ApiResponseShape(DeadLetterMessageResponse)
  async show(@Param('id') id: string): Promise<DeadLetterMessageResponse> {
    const { key, value, headers, ...letter } = await this.require(id);
    return { ...toResponse(letter), key, value, headers };
  }

  /** The reader handles it again, within seconds; once, however often this is asked. */
  @Post(':id/put-back')
  @HttpCode(202)
  @ApiResponseShape(DeadLetterResponse)
  async putBack(@Param('id') id: string): Promise<DeadLetterResponse> {
    const letter = await this.require(id);
    if (letter.state === 'done')
      throw new DomainError('conflict', `The dead letter ${id} was put back and handled already.`);
    await this.admin.putBack([id]);
    return toResponse(await this.require(id));
  }

  /** It needs no handling. It can still be put back while it is kept. */
  @Post(':id/waive')
  @HttpCode(200)
  @ApiResponseShape(DeadLetterResponse)
  async waive(@Param('id') id: string): Promise<DeadLetterResponse> {
    const letter = await this.require(id);
    if (letter.state === 'done' || letter.state === 'requested')
      throw new DomainError('conflict', `The dead letter ${id} was put back.`);
    await this.admin.waive([id]);
    return toResponse(await this.require(id));
  }

  private async require(id: string): Promise<DeadLetterMessage> {
    const letter = isRowNumber(id) ? await this.admin.deadLetter(id) : undefined;
    if (!letter)
      throw new DomainError('not-found', `There is no dead letter ${id.slice(0, 40)} in this service.`);
    return letter;
  }
}

const toResponse = ({ at, ...letter }: DeadLetterSummary): DeadLetterResponse => ({
  id: letter.id,
  reader: letter.reader,
  topic: letter.topic,
  partition: letter.partition,
  offset: letter.offset,
  type: letter.type,
  reason: letter.reason,
  at: at.toISOString(),
  state: letter.state,
  tries: letter.tries,
  size: letter.size,
});

const idIn = (cursor: string): string => decodeCursor<{ id: string }>(cursor, { id: isRowNumber }).id;
