import { Answers } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { PASSAGES } from './destination.js';
import { mergeOpenApi, type OpenApi, type Part } from './merge-openapi.js';
import { Services } from './services.js';

/** The whole API in one OpenAPI document: the gateway's own part and what it passes on. */
@Injectable()
@Controller('api')
export class OpenApiHttp {
  constructor(
    private readonly services: Services,
    private readonly config: GatewayConfig,
  ) {}

  @Get('openapi.json')
  @Answers()
  async document(@Req() request: FastifyRequest): Promise<OpenApi> {
    const { scoringUrl, routingUrl, reportingUrl, ingestionUrl } = this.config;
    const { address, port, family } = request.server.addresses()[0]!;
    const own = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    const bases = { gateway: own, scoring: scoringUrl, routing: routingUrl, reporting: reportingUrl, ingestion: ingestionUrl };
    const parts = Object.entries(bases).map(async ([name, base]): Promise<Part> => ({
      name,
      document: await this.services.ask<OpenApi>(`${base}/openapi.json`, request),
      pathOf: name === 'gateway' ? ownPath : passedPath,
    }));
    return mergeOpenApi('Baton', await Promise.all(parts));
  }
}

const ownPath = (path: string): string | undefined => (path.startsWith('/api/') ? path : undefined);

const passedPath = (path: string): string | undefined => {
  const outside = `/api${path}`;
  return PASSAGES.some(({ prefix }) => outside === prefix || outside.startsWith(`${prefix}/`)) ? outside : undefined;
};
