import { Optional } from '@baton/contracts';
import { Answers, decodeCursor, Nullable, pageOf, PageOf, Roles, type Page } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { IsInt, IsString, MaxLength } from 'class-validator';
import { DeadLetterStore, type KeptDeadLetter } from './dead-letter.store.js';

const PAGE = 50;

export class DeadLettersQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
}

export class DeadLetterResponse {
  @IsString() readonly id!: string;
  /** Where the message came from. */
  @IsString() readonly topic!: string;
  /** Who could not handle it. */
  @IsString() readonly group!: string;
  @IsInt() readonly partition!: number;
  @IsInt() readonly offset!: number;
  @IsString() readonly reason!: string;
  @Nullable() @IsString() readonly type!: string | null;
  @IsString() readonly at!: string;
  /** Bytes. */
  @IsInt() readonly size!: number;
}

const toResponse = (letter: KeptDeadLetter): DeadLetterResponse => ({
  ...letter,
  offset: Number(letter.offset),
  at: letter.at.toISOString(),
});

const positionOf = (cursor: string | undefined): string | null =>
  cursor === undefined
    ? null
    : decodeCursor<{ id: string }>(cursor, ({ id }) => typeof id === 'string' && /^\d{1,18}$/.test(id)).id;

@Injectable()
@Roles('admin')
@Controller('dead-letters')
export class DeadLettersHttp {
  constructor(private readonly letters: DeadLetterStore) {}

  /** Messages that a service could not handle, the newest first. */
  @Get()
  @Answers(PageOf(DeadLetterResponse))
  async list(@Query() { cursor }: DeadLettersQuery): Promise<Page<DeadLetterResponse>> {
    const letters = await this.letters.list(positionOf(cursor), PAGE + 1);
    return pageOf(letters.map(toResponse), PAGE, ({ id }) => ({ id }));
  }
}
