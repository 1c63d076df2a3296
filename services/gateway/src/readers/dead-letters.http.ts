import { isRowNumber } from '@baton/contracts';
import {
  ApiResponseShape,
  decodeCursor,
  DomainError,
  encodeCursor,
  PageOf,
  Roles,
  type Page,
} from '@baton/platform';
import { Controller, Get, HttpCode, Injectable, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ServiceClient } from '../proxy/service.client.js';
import { mergeNewestFirst } from './merge-newest-first.js';
import { letterIn, READING_SERVICES, readerIn, type ReadingService } from './reading-services.js';
import { DeadLetterMessageResponse, DeadLetterResponse, DeadLettersQuery } from './readers.shapes.js';

const PAGE = 50;

type LetterOfService = Omit<DeadLetterResponse, 'service'>;
/** Number of the last letter listed, by service. */
type Shown = Partial<Record<ReadingService, string>>;

/** Messages that a reader of any service could not handle, with the reason. */
@Injectable()
@Roles('operations', 'admin')
@Controller('api/dead-letters')
export class DeadLettersHttp {
  constructor(private readonly services: ServiceClient) {}

  /** Newest first, over all services. */
  @Get()
  @ApiResponseShape(PageOf(DeadLetterResponse))
  async list(
    @Req() request: FastifyRequest,
    @Query() { cursor, reader, state, limit }: DeadLettersQuery,
  ): Promise<Page<DeadLetterResponse>> {
    const filter = reader === undefined ? undefined : readerIn(reader);
    if (reader !== undefined && !filter)
      throw new DomainError(
        'invalid',
        'The reader must be a service or service/reader, such as scoring/leads.',
        { errors: [{ pointer: '/reader', detail: 'must be a service or service/reader' }] },
      );
    const shown = cursor === undefined ? {} : shownIn(cursor);
    const size = Number(limit ?? PAGE);
    const services = filter ? [filter.service] : READING_SERVICES;
    const lists = await Promise.all(
      services.map((service) => {
        const query = new URLSearchParams({ limit: String(size + 1) });
        if (filter?.reader !== undefined) query.set('reader', filter.reader);
        if (state !== undefined) query.set('state', state);
        const last = shown[service];
        if (last !== undefined) query.set('cursor', encodeCursor({ id: last }));
        return this.lettersOf(service, query, request);
      }),
    );
    const found = mergeNewestFirst(lists, size + 1);
    const items = found.slice(0, size);
    return { items, next: found.length > size ? encodeCursor(after(shown, items)) : null };
  }

  /** The whole message; key, value and headers in base64. */
  @Get(':id')
  @ApiResponseShape(DeadLetterMessageResponse)
  async show(@Req() request: FastifyRequest, @Param('id') id: string): Promise<DeadLetterMessageResponse> {
    return (await this.one(id, '', request)) as DeadLetterMessageResponse;
  }

  /** The reader handles it again, within seconds; once, however often this is requested. */
  @Post(':id/put-back')
  @ApiResponseShape(DeadLetterResponse, 202)
  async putBack(@Req() request: FastifyRequest, @Param('id') id: string): Promise<DeadLetterResponse> {
    return this.one(id, '/put-back', request, {});
  }

  /** Marks it as needing no handling. */
  @Post(':id/waive')
  @HttpCode(200)
  @ApiResponseShape(DeadLetterResponse)
  async waive(@Req() request: FastifyRequest, @Param('id') id: string): Promise<DeadLetterResponse> {
    return this.one(id, '/waive', request, {});
  }

  private async one(
    id: string,
    path: string,
    request: FastifyRequest,
    command?: object,
  ): Promise<DeadLetterResponse> {
    const letter = letterIn(id);
    if (!letter) throw new DomainError('not-found', `There is no dead letter ${id.slice(0, 40)}.`);
    const { service, number } = letter;
    const whole = `/dead-letters/${number}${path}`;
    return prefixed(service, await this.services.ask<LetterOfService>(service, whole, request, command));
  }

  private async lettersOf(
    service: ReadingService,
    query: URLSearchParams,
    request: FastifyRequest,
  ): Promise<DeadLetterResponse[]> {
    const path = `/dead-letters?${query.toString()}`;
    const { items } = await this.services.ask<Page<LetterOfService>>(service, path, request);
    return items.map((letter) => prefixed(service, letter));
  }
}

const prefixed = (service: ReadingService, letter: LetterOfService): DeadLetterResponse => ({
  ...letter,
  id: `${service}-${letter.id}`,
  service,
});

const after = (shown: Shown, items: readonly DeadLetterResponse[]): Shown => {
  const last: Shown = { ...shown };
  for (const { id, service } of items) last[service] = letterIn(id)!.number;
  return last;
};

const shownIn = (cursor: string): Shown =>
  decodeCursor<Shown>(cursor, { scoring: isShown, routing: isShown, reporting: isShown });

/** The number of a letter, or none where no letter of the service was shown. */
const isShown = (number: unknown): boolean => number === undefined || isRowNumber(number);
