import { type Page } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DefinitionOwners } from './definition-owners.cache.js';
import type { Upstream } from './routes.js';
import { ServiceClient } from './service.client.js';

interface Listed {
  readonly kind: string;
  readonly version?: number;
}

/** The definitions of all services in one list: some versions of each kind, so it has a single page. */
@Injectable()
@Controller('api/definitions')
export class DefinitionsHttp {
  constructor(
    private readonly services: ServiceClient,
    private readonly owners: DefinitionOwners,
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
    const query = new URL(request.url, 'http://gateway').searchParams;
    const owners = await this.owners.owners(request);
    const lists = await Promise.all(owners.map((service) => this.all(service, path, query, request)));
    const newestFirst = (one: Listed, other: Listed): number =>
      one.kind.localeCompare(other.kind) || (other.version ?? 0) - (one.version ?? 0);
    return { items: lists.flat().sort(newestFirst), next: null };
  }

  private async all(
    service: Upstream,
    path: string,
    query: URLSearchParams,
    request: FastifyRequest,
  ): Promise<Listed[]> {
    const items: Listed[] = [];
    const params = new URLSearchParams(query);
    for (;;) {
      const page = await this.services.ask<Page<Listed>>(service, `${path}?${params.toString()}`, request);
      items.push(...page.items);
      if (page.next === null) return items;
      params.set('cursor', page.next);
    }
  }
}
