import { Answers, DomainError } from '@baton/platform';
import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';

interface DefinitionList {
  readonly items: readonly { readonly kind: string; readonly version: number }[];
  readonly next: string | null;
}

/** The one list of definitions people see: those of scoring and those of routing. */
@Injectable()
@Controller('api/definitions')
export class DefinitionsHttp {
  constructor(private readonly config: GatewayConfig) {}

  @Get()
  @Answers(Object)
  async list(@Req() request: FastifyRequest): Promise<DefinitionList> {
    const [own, query] = [this.config, new URL(request.url, 'http://gateway').searchParams];
    const pages = await Promise.all(
      [own.scoringUrl, own.routingUrl].map((base) => allPages(base, query, request)),
    );
    const items = pages.flat().sort((a, b) => a.kind.localeCompare(b.kind) || b.version - a.version);
    return { items, next: null };
  }

  @Get('schemas')
  @Answers(Object)
  async schemas(@Req() request: FastifyRequest): Promise<object> {
    const bases = [this.config.scoringUrl, this.config.routingUrl];
    const found = await Promise.all(bases.map((base) => ask<object>(`${base}/definitions/schemas`, request)));
    return found.every(Array.isArray) ? found.flat() : (Object.assign({}, ...found) as object);
  }
}

/** Definitions are few: some versions of each kind. */
const allPages = async (
  base: string,
  query: URLSearchParams,
  request: FastifyRequest,
): Promise<DefinitionList['items']> => {
  const items: DefinitionList['items'][number][] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = new URLSearchParams(query);
    if (cursor) asked.set('cursor', cursor);
    const page: DefinitionList = await ask(`${base}/definitions?${asked.toString()}`, request);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};

const ask = async <Body>(url: string, { headers }: FastifyRequest): Promise<Body> => {
  const response = await fetch(url, {
    headers: {
      authorization: headers.authorization ?? '',
      ...(typeof headers['traceparent'] === 'string' ? { traceparent: headers['traceparent'] } : {}),
    },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  if (response?.ok) return (await response.json()) as Body;
  if (response && response.status < 500)
    throw new DomainError('invalid', 'The list of definitions cannot be read like that.');
  throw new DomainError('unavailable', 'A service behind this list does not answer right now.', {
    retryAfter: 2,
  });
};
