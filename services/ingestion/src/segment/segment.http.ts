import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Publisher } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJson } from '../request/request-body.http.js';
import {
  addIngestScope,
  problemOf,
  refuseTooLarge,
  traceparentFrom,
  violationAt,
} from '../request/ingest-scope.http.js';
import { requestContextOf } from '../request/request-context.http.js';
import { SourceCache } from '../source/source.cache.js';
import type { SegmentKind } from './segment-message.js';
import { activitiesIn, activityIn } from './segment-request.js';
import { writeKeyOf } from './write-key.js';

const PATHS: Readonly<Record<SegmentKind, readonly string[]>> = {
  track: ['/v1/track', '/v1/t'],
  identify: ['/v1/identify', '/v1/i'],
  page: ['/v1/page', '/v1/p'],
  screen: ['/v1/screen', '/v1/s'],
  group: ['/v1/group', '/v1/g'],
  alias: ['/v1/alias', '/v1/a'],
};
const BATCH_PATHS = ['/v1/batch', '/v1/b', '/v1/import', '/beacon/v1/batch'];
const SUCCESS = JSON.stringify({ success: true });

/** The Segment HTTP Tracking API: its SDKs need only another host. Answers 200 when the broker has everything. */
@Injectable()
export class SegmentHttp {
  constructor(
    private readonly publisher: Publisher,
    private readonly sources: SourceCache,
    private readonly clock: Clock,
  ) {}

  /** Adds the routes to a scope of their own. */
  routes(scope: FastifyInstance, root: FastifyInstance): void {
    addIngestScope(scope, ['/v1/*', '/beacon/v1/*'], root);
    for (const [kind, paths] of Object.entries(PATHS)) {
      const take = (request: FastifyRequest, reply: FastifyReply) =>
        this.one(kind as SegmentKind, request, reply);
      paths.forEach((path) => scope.post(path, take));
    }
    BATCH_PATHS.forEach((path) => scope.post(path, (request, reply) => this.batch(request, reply)));
  }

  private async one(kind: SegmentKind, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { body, context } = await this.receive(request);
    let activity: ActivityRecordedV1;
    try {
      activity = activityIn(kind, body, context);
    } catch (fault) {
      throw problemOf([violationAt('', fault)]);
    }
    await this.publish([activity], request, () => '');
    return succeed(reply);
  }

  private async batch(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { body, context } = await this.receive(request);
    let result: ReturnType<typeof activitiesIn>;
    try {
      result = activitiesIn(body, context);
    } catch (fault) {
      throw problemOf([violationAt('', fault)]);
    }
    const { activities, rejected } = result;
    if (rejected.length > 0)
      throw problemOf(rejected.map(({ index, fault }) => violationAt(`/batch/${index}`, fault)));
    await this.publish(activities, request, (index) => `/batch/${index}`);
    return succeed(reply);
  }

  private async receive(request: FastifyRequest) {
    const receivedAt = this.clock.now();
    const body = parseJson(request.body);
    const writeKey = writeKeyOf(request.headers.authorization, body, request.query);
    if (writeKey === undefined)
      throw new DomainError(
        'unauthenticated',
        'Send the write key of the source, as user name of the Basic login.',
      );
    const sourceId = await this.sources.sourceOf(writeKey);
    if (sourceId === undefined) throw new DomainError('unauthenticated', 'No source has this write key.');
    return { body, context: requestContextOf(request, sourceId, receivedAt) };
  }

  private async publish(
    activities: readonly ActivityRecordedV1[],
    request: FastifyRequest,
    pointerOf: (index: number) => string,
  ): Promise<void> {
    const trace = traceparentFrom(request);
    await this.publisher
      .publish(activities.map((data) => ({ contract: ActivityRecorded, data, ...trace })))
      .catch(refuseTooLarge(pointerOf));
  }
}

const succeed = (reply: FastifyReply): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(SUCCESS);
