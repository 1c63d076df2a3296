import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UPSTREAMS, type Upstream } from './routes.js';
import { ServiceClient } from './service.client.js';

/** Age at which the services are asked again, ms. */
const MAX_AGE_MS = 60_000;
/** Minimum interval between requests for unknown kinds, ms. */
const MIN_INTERVAL_MS = 1_000;

/** Which service owns which kinds of definition, as the services themselves say: a new kind needs no change here. */
@Injectable()
export class DefinitionOwners {
  /** Of each service that has responded once. */
  private readonly kinds = new Map<Upstream, readonly string[]>();
  /** Services that did not respond when they were last asked. */
  private unavailable: readonly Upstream[] = UPSTREAMS;
  private askedAt = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(private readonly services: ServiceClient) {}

  /**
   * The owner of a kind.
   * @throws DomainError `not-found` for an unknown kind, `unavailable` when a service that may own it does not respond
   */
  async ownerOf(kind: string, request: FastifyRequest): Promise<Upstream> {
    await this.refresh(request, this.find(kind) ? MAX_AGE_MS : MIN_INTERVAL_MS);
    const owner = this.find(kind);
    if (owner) return owner;
    if (this.unavailable.length > 0) throw notResponding(this.unavailable);
    throw new DomainError(
      'not-found',
      `There is no kind of definition ${JSON.stringify(kind.slice(0, 100))}.`,
    );
  }

  /** All services that own definitions. @throws DomainError `unavailable` when a service that may own some does not respond */
  async owners(request: FastifyRequest): Promise<readonly Upstream[]> {
    await this.refresh(request, this.unavailable.length > 0 ? MIN_INTERVAL_MS : MAX_AGE_MS);
    const unknown = UPSTREAMS.filter((service) => !this.kinds.has(service));
    if (unknown.length > 0) throw notResponding(unknown);
    return UPSTREAMS.filter((service) => this.kinds.get(service)!.length > 0);
  }

  private find(kind: string): Upstream | undefined {
    return UPSTREAMS.find((service) => this.kinds.get(service)?.includes(kind));
  }

  private async refresh(request: FastifyRequest, maxAgeMs: number): Promise<void> {
    if (performance.now() - this.askedAt < maxAgeMs) return;
    await (this.asking ??= this.ask(request).finally(() => (this.asking = undefined)));
  }

  private async ask(request: FastifyRequest): Promise<void> {
    const answers = await Promise.all(
      UPSTREAMS.map(async (service) => [service, await this.kindsOf(service, request)] as const),
    );
    this.unavailable = answers.flatMap(([service, kinds]) => (kinds ? [] : [service]));
    for (const [service, kinds] of answers) if (kinds) this.kinds.set(service, kinds);
    this.askedAt = performance.now();
  }

  /** Empty for a service without definitions; undefined for one that does not respond. */
  private async kindsOf(service: Upstream, request: FastifyRequest): Promise<readonly string[] | undefined> {
    try {
      const path = '/definitions/schemas';
      const { items } = await this.services.ask<{ items: { kind: string }[] }>(service, path, request);
      return items.map(({ kind }) => kind);
    } catch (fault) {
      if (fault instanceof DomainError && fault.code === 'not-found') return [];
      if (fault instanceof DomainError && fault.code === 'unavailable') return undefined;
      throw fault;
    }
  }
}

const notResponding = (services: readonly Upstream[]): DomainError =>
  new DomainError('unavailable', `Not responding: ${services.join(', ')}; try again.`, { retryAfter: 2 });
