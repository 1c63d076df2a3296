import { ApiDocument } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { PASSAGES } from './destination.js';
import { mergeOpenApi, type OpenApi, type Part } from './merge-openapi.js';
import { Services } from './services.http.js';

/** The whole API in one OpenAPI document: the gateway's own part and what it passes on. */
@Injectable()
@Controller('api')
export class OpenApiHttp {
  constructor(
    private readonly services: Services,
    private readonly config: GatewayConfig,
    private readonly own: ApiDocument,
  ) {}

  @Get('openapi.json')
  async document(@Req() request: FastifyRequest): Promise<OpenApi> {
    const { scoringUrl, routingUrl, reportingUrl, ingestionUrl } = this.config;
    const passed = Object.entries({
      scoring: scoringUrl,
      routing: routingUrl,
      reporting: reportingUrl,
      ingestion: ingestionUrl,
    }).map(async ([name, base]): Promise<Part> => {
      const document = await this.services.ask<OpenApi>(`${base}/openapi.json`, request);
      return { name, document, pathOf: passedPath };
    });
    // the gateway last: of a list that it merges, the services know the shape
    const parts = [
      ...(await Promise.all(passed)),
      { name: 'gateway', document: (await this.own.read()) as OpenApi, pathOf: ownPath },
    ];
    return mergeOpenApi('Baton', parts);
  }
}

const ownPath = (path: string): string | undefined => (path.startsWith('/api/') ? path : undefined);

const passedPath = (path: string): string | undefined => {
  const outside = `/api${path}`;
  return PASSAGES.some(({ prefix }) => outside === prefix || outside.startsWith(`${prefix}/`))
    ? outside
    : undefined;
};
