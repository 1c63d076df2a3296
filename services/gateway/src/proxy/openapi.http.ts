import { ApiDocument } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isForwarded, UPSTREAMS } from './routes.js';
import { mergeOpenApi, type OpenApi, type Part } from './merge-openapi.js';
import { ServiceClient } from './service.client.js';

/** The whole API in one OpenAPI document: the gateway's own routes and those it forwards. */
@Injectable()
@Controller('api')
export class OpenApiHttp {
  constructor(
    private readonly services: ServiceClient,
    private readonly own: ApiDocument,
  ) {}

  @Get('openapi.json')
  async document(@Req() request: FastifyRequest): Promise<OpenApi> {
    const forwarded = UPSTREAMS.map(async (name): Promise<Part> => {
      const document = await this.services.ask<OpenApi>(name, '/openapi.json', request);
      return { name, document, pathOf: forwardedPath };
    });
    // The gateway last: the services know the shape of the lists that it merges.
    const parts = [
      ...(await Promise.all(forwarded)),
      { name: 'gateway', document: (await this.own.read()) as OpenApi, pathOf: ownPath },
    ];
    return mergeOpenApi('Baton', parts);
  }
}

const ownPath = (path: string): string | undefined => (path.startsWith('/api/') ? path : undefined);

const forwardedPath = (path: string): string | undefined =>
  isForwarded(`/api${path}`) ? `/api${path}` : undefined;
