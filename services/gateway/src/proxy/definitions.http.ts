import { type Page } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { Services } from './services.http.js';

interface Listed {
  readonly kind: string;
  readonly version?: number;
}

/** The one list of definitions people see: scoring's and routing's. There are few, some versions of each kind. */
@Injectable()
@Controller('api/definitions')
export class DefinitionsHttp {
  constructor(
    private readonly services: Services,
    private readonly config: GatewayConfig,
  ) {}

  @Get()
  list(@Req() request: FastifyRequest): Promise<Page<Listed>> {
    return this.merged('/definitions', request);
  }

  @Get('schemas')
  schemas(@Req() request: FastifyRequest): Promise<Page<Listed>> {
    return this.merged('/definitions/schemas', request);
  }

  private async merged(path: string, request: FastifyRequest): Promise<Page<Listed>> {
    const { scoringUrl, routingUrl } = this.config;
    const query = new URL(request.url, 'http://gateway').searchParams;
    const lists = await Promise.all(
      [scoringUrl, routingUrl].map((base) => this.all(base + path, query, request)),
    );
    const newestFirst = (one: Listed, other: Listed): number =>
      one.kind.localeCompare(other.kind) || (other.version ?? 0) - (one.version ?? 0);
    return { items: lists.flat().sort(newestFirst), next: null };
  }

  private async all(url: string, query: URLSearchParams, request: FastifyRequest): Promise<Listed[]> {
    const items: Listed[] = [];
    const asked = new URLSearchParams(query);
    for (;;) {
      const page = await this.services.ask<Page<Listed>>(`${url}?${asked.toString()}`, request);
      items.push(...page.items);
      if (page.next === null) return items;
      asked.set('cursor', page.next);
    }
  }
}
