import type { ActivityRecordedV1 } from '@baton/contracts';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../limit/rate-limits.cache.js';
import { Intake, type IntakeCall, type Understood } from '../intake/intake.http.js';
import { addIngestScope, addressLimitOf, problemOf, violationAt } from '../request/ingest-scope.http.js';
import { parseJson } from '../request/request-body.http.js';
import { requestContextOf } from '../request/request-context.http.js';
import { robotReasonOf, type RequestContext } from '../activity/request-context.js';
import type { ReceivedEntry } from '../received/received-request.js';
import { SourceCache } from '../source/source.cache.js';
import type { KnownKey } from '../source/source.store.js';
import type { SegmentKind } from './segment-message.js';
import { activitiesIn, activityIn, type RejectedMessage } from './segment-request.js';
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
/** Rejected messages named in a response: more repeat one mistake of an integration. */
const MAX_NAMED = 20;

/** The Segment HTTP Tracking API: its SDKs need only another host. Answers 200 when everything of the request is durable. */
@Injectable()
export class SegmentHttp {
  constructor(
    private readonly intake: Intake,
    private readonly sources: SourceCache,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Adds the routes to a scope of their own. */
  routes(scope: FastifyInstance, root: FastifyInstance): void {
    addIngestScope(scope, {
      paths: ['/v1/*', '/beacon/v1/*'],
      root,
      limits: this.limits,
      checkPreflight: (request) => this.checkPreflight(request),
      onFault: (fault, request) => this.countUnread(fault, request),
    });
    for (const [kind, paths] of Object.entries(PATHS)) {
      const take = (request: FastifyRequest, reply: FastifyReply) =>
        this.take(request, reply, (body, context) => one(kind as SegmentKind, body, context));
      paths.forEach((path) => scope.post(path, take));
    }
    BATCH_PATHS.forEach((path) => scope.post(path, (request, reply) => this.take(request, reply, batch)));
  }

  private async take(
    request: FastifyRequest,
    reply: FastifyReply,
    understand: (body: unknown, context: RequestContext) => Understood,
  ): Promise<FastifyReply> {
    const receivedAt = this.clock.now();
    const body = parseJson(request.body);
    const { key, source } = await this.keyOf(request, body);
    const { refused = [] } = await this.intake.take(
      { source, key, endpoint: endpointOf(request), receivedAt, limits: [addressLimitOf(request)] },
      request,
      reply,
      () => understand(body, requestContextOf(request, source, receivedAt, key)),
    );
    return reply
      .type('application/json; charset=utf-8')
      .send(refused.length === 0 ? SUCCESS : partlyAccepted(refused.map(named), refused.length));
  }

  /** Counts a request whose body was refused, if its key stands outside the body. */
  private async countUnread(fault: unknown, request: FastifyRequest): Promise<boolean> {
    const call = this.intake.hasTaken(request) ? undefined : await this.callOfAddress(request);
    if (call) this.intake.refuse(call, request, fault);
    return false;
  }

  /** A preflight has neither login nor body: only `?writeKey=`, as beacons have it, tells the key. */
  private async checkPreflight(request: FastifyRequest): Promise<void> {
    const call = await this.callOfAddress(request);
    if (call) this.intake.admittedBy(call, request);
  }

  /** What is known of a request without its body; undefined without a known key. */
  private async callOfAddress(request: FastifyRequest): Promise<IntakeCall | undefined> {
    const writeKey = writeKeyOf(request.headers.authorization, undefined, request.query);
    const known =
      writeKey === undefined ? undefined : await this.sources.withKey(writeKey).catch(() => undefined);
    return known && { ...known, endpoint: endpointOf(request), receivedAt: this.clock.now(), limits: [] };
  }

  private async keyOf(request: FastifyRequest, body: unknown): Promise<KnownKey> {
    const writeKey = writeKeyOf(request.headers.authorization, body, request.query);
    if (writeKey === undefined)
      throw new DomainError(
        'unauthenticated',
        'Send the write key of the source, as user name of the Basic login.',
      );
    const known = await this.sources.withKey(writeKey);
    if (known === undefined) throw new DomainError('unauthenticated', 'No source has this write key.');
    return known;
  }
}

const endpointOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? '';

const one = (kind: SegmentKind, body: unknown, context: RequestContext): Understood => {
  try {
    const activity = activityIn(kind, body, context);
    return { activities: [activity], entries: () => [entryOf(activity, context)] };
  } catch (fault) {
    throw problemOf([violationAt('', fault)]);
  }
};

/** The valid messages of a batch; the others are refused one by one, because senders do not send a batch again that got a 4xx. */
const batch = (body: unknown, context: RequestContext): Understood => {
  let result: ReturnType<typeof activitiesIn>;
  try {
    result = activitiesIn(body, context);
  } catch (fault) {
    throw problemOf([violationAt('', fault)]);
  }
  const { activities, indexes, rejected } = result;
  const pointerOf = (index: number): string => `/batch/${indexes?.[index] ?? index}`;
  if (activities.length === 0 && rejected.length > 0)
    throw problemOf(
      rejected.slice(0, MAX_NAMED).map((each) => violationAt(`/batch/${each.index}`, each.fault)),
    );
  const refused = rejected.map(refusalOf);
  return {
    activities,
    refused,
    pointerOf,
    entries: () => [
      ...refused.map(({ pointer, detail, message }) => ({ fault: { pointer, detail }, message })),
      ...activities.map((activity) => entryOf(activity, context)),
    ],
  };
};

const entryOf = (activity: ActivityRecordedV1, context: RequestContext): ReceivedEntry => ({
  activity,
  ...(activity.bot && { robot: robotReasonOf(context, undefined) ?? 'browser' }),
});

const refusalOf = ({ index, fault, message }: RejectedMessage) => ({
  pointer: `/batch/${index}${fault.pointer}`,
  detail: fault.detail,
  message,
});

const named = ({ pointer, detail }: { pointer: string; detail: string }) => ({ pointer, detail });

const partlyAccepted = (errors: readonly object[], rejected: number): string =>
  JSON.stringify({ success: true, rejected, errors: errors.slice(0, MAX_NAMED) });
