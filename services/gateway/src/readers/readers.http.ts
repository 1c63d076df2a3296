import { ApiResponseShape, DomainError, Roles } from '@baton/platform';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ServiceClient } from '../proxy/service.client.js';
import { READING_SERVICES, readerIn, type ReadingService } from './reading-services.js';
import { ReadersResponse, RebuildRequest, RewindRequest, type ReaderResponse } from './readers.shapes.js';

type ReaderOfService = Omit<ReaderResponse, 'service' | 'reader'> & { readonly name: string };

/** The readers of all services: where they are, and what an administrator can ask of them. */
@Injectable()
@Roles('operations', 'admin')
@Controller('api/readers')
export class ReadersHttp {
  constructor(private readonly services: ServiceClient) {}

  /** Every reader with its positions, lag and state. */
  @Get()
  @ApiResponseShape(ReadersResponse)
  async list(@Req() request: FastifyRequest): Promise<ReadersResponse> {
    const answers = await Promise.all(
      READING_SERVICES.map(async (service) => ({
        service,
        readers: await this.readersOf(service, request),
      })),
    );
    return {
      items: answers.flatMap(({ service, readers }) =>
        (readers ?? []).map(({ name, ...reader }) => ({ service, reader: name, ...reader })),
      ),
      unavailable: answers.filter(({ readers }) => !readers).map(({ service }) => service),
    };
  }

  /** Reads the topics again from their start. What was handled before is recognised and skipped. */
  @Post(':service/:reader/rewind')
  @HttpCode(202)
  async rewind(
    @Req() request: FastifyRequest,
    @Param('service') service: string,
    @Param('reader') reader: string,
    @Body() body: RewindRequest,
  ): Promise<void> {
    await this.command(`${service}/${reader}`, 'rewind', body, request);
  }

  /** Builds the reader's tables anew from the log, beside those in use, and switches when they are complete. */
  @Post(':service/:reader/rebuild')
  @HttpCode(202)
  async rebuild(
    @Req() request: FastifyRequest,
    @Param('service') service: string,
    @Param('reader') reader: string,
    @Body() body: RebuildRequest,
  ): Promise<void> {
    await this.command(`${service}/${reader}`, 'rebuild', body, request);
  }

  private async command(name: string, verb: string, body: object, request: FastifyRequest): Promise<void> {
    const found = readerIn(name);
    if (!found?.reader)
      throw new DomainError(
        'not-found',
        `There is no reader ${name.slice(0, 100)}. GET /api/readers lists them.`,
      );
    await this.services.ask(found.service, `/readers/${found.reader}/${verb}`, request, body);
  }

  /** Undefined when the service does not respond: the others are shown all the same. */
  private async readersOf(
    service: ReadingService,
    request: FastifyRequest,
  ): Promise<readonly ReaderOfService[] | undefined> {
    try {
      return (await this.services.ask<{ items: ReaderOfService[] }>(service, '/readers', request)).items;
    } catch (fault) {
      if (fault instanceof DomainError && fault.code === 'unavailable') return undefined;
      throw fault;
    }
  }
}
