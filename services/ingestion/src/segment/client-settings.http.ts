import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../limit/rate-limits.cache.js';
import { addIngestScope } from '../request/ingest-scope.http.js';
import { SourceCache } from '../source/source.cache.js';
import { isInForce } from '../source/write-key-rules.js';
import { publicAddressOf, rudderSourceConfig, segmentSettings } from './client-settings.js';
import { writeKeyOf } from './write-key.js';

type SettingsRequest = FastifyRequest<{ Params: { writeKey: string } }>;

const METRICS_PATHS = ['/v1/m', '/m'];
/** Of a report of metrics, which is read and dropped. */
const MAX_METRICS_BYTES = 64 * 1024;
/** By the browser alone: the address in it is the one this client used. */
const CACHED = { 'cache-control': 'private, max-age=300' };

/** What the clients of Segment and RudderStack request apart from sending events: their settings, and reports of metrics. */
@Injectable()
export class ClientSettingsHttp {
  constructor(
    private readonly sources: SourceCache,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Adds the routes to a scope of their own. Preflights below /v1/ are answered by the scope of the events. */
  routes(scope: FastifyInstance, root: FastifyInstance): void {
    addIngestScope(scope, { paths: ['/sourceConfig', '/sourceConfig/', '/m'], root, limits: this.limits });
    scope.get('/v1/projects/:writeKey/settings', (request: SettingsRequest, reply) =>
      this.segment(request, reply),
    );
    for (const path of ['/sourceConfig', '/sourceConfig/'])
      scope.get(path, (request, reply) => this.rudder(request, reply));
    for (const path of METRICS_PATHS)
      scope.post(path, { bodyLimit: MAX_METRICS_BYTES }, (_request, reply) => reply.status(204).send());
  }

  private async segment(request: SettingsRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { writeKey } = request.params;
    if ((await this.sourceIdOf(writeKey)) === undefined)
      throw new DomainError('not-found', 'No source has this write key.');
    const { protocol, host, headers } = request;
    return reply
      .headers(CACHED)
      .send(segmentSettings(writeKey, publicAddressOf(headers, { protocol, host })));
  }

  private async rudder(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const writeKey = writeKeyOf(request.headers.authorization, undefined, request.query);
    const sourceId = writeKey === undefined ? undefined : await this.sourceIdOf(writeKey);
    if (writeKey === undefined || sourceId === undefined)
      throw new DomainError('unauthenticated', 'Send the write key of a source as ?writeKey=.');
    return reply.headers(CACHED).send(rudderSourceConfig(sourceId, writeKey));
  }

  /** Undefined for a key that has ended. Origins are not checked: the settings contain nothing that the page does not send. */
  private async sourceIdOf(writeKey: string): Promise<string | undefined> {
    const known = await this.sources.withKey(writeKey);
    return known && isInForce(known.key, this.clock.now()) ? known.source.id : undefined;
  }
}
