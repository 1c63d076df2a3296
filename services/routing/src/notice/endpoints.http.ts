import {
  DEAL_EVENTS,
  HANDOFF_EVENTS,
  IsInstant,
  isInstant,
  IsUuid,
  isUuid,
  LeadNurtureDue,
  Optional,
} from '@baton/contracts';
import {
  ApiResponseShape,
  AsNumber,
  Clock,
  decodeCursor,
  DomainError,
  Nullable,
  pageOf,
  PageOf,
  Roles,
  type Page,
  UuidPipe,
} from '@baton/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsString, IsUrl, Max, MaxLength, Min } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '../policy/duration.js';
import { CHANNELS, DELIVERY_STATES, type Channel, type DeliveryState } from './delivery.js';
import { activeSecrets, ENDPOINT_KINDS, rotated, type Endpoint, type EndpointKind } from './endpoint.js';
import { EndpointStore } from './endpoint.store.js';
import { GuardedHttp, RefusedAddress } from './guarded-http.client.js';
import { NoticeSenders } from './notice-senders.js';
import { NoticeStore, type AfterDelivery } from './notice.store.js';
import { newSecret } from './standard-webhook.client.js';

const DEFAULT_LIMIT = 50;
const POSITION = { createdAt: isInstant, id: isUuid };
/** The events that an endpoint can ask for. */
const EVENT_TYPES: readonly string[] = [...HANDOFF_EVENTS, ...DEAL_EVENTS, LeadNurtureDue].map(
  ({ type }) => type,
);

const IsEndpointUrl = (): PropertyDecorator =>
  IsUrl({ require_tld: false, protocols: ['https', 'http'], require_protocol: true });

class EndpointSettings {
  /** Types of events; empty for all. */
  @ArrayMaxSize(100) @IsIn(EVENT_TYPES, { each: true }) readonly events!: readonly string[];
  @Optional() @IsBoolean() readonly enabled?: boolean;
}

export class EndpointRequest extends EndpointSettings {
  /** Absent: it stays, as that of a Slack endpoint, which nobody is told. */
  @Optional() @IsString() @MaxLength(2048) @IsEndpointUrl() readonly url?: string;
}

export class NewEndpointRequest extends EndpointSettings {
  @IsString() @MaxLength(2048) @IsEndpointUrl() readonly url!: string;
  @IsIn(ENDPOINT_KINDS) readonly kind!: EndpointKind;
}

export class EndpointResponse {
  @IsUuid() readonly id!: string;
  @IsIn(ENDPOINT_KINDS) readonly kind!: EndpointKind;
  /** Of a Slack endpoint only the host: the path is its secret. */
  @IsString() readonly url!: string;
  @IsString({ each: true }) readonly events!: readonly string[];
  @IsBoolean() readonly enabled!: boolean;
  /** Secrets that sign now: two for a day after a rotation. */
  @IsInt() readonly activeSecrets!: number;
  @IsInstant() readonly createdAt!: string;
  /** Shown once, when it is made. */
  @Optional() @IsString() readonly secret?: string;
}

/** How a test went. */
export class TestResponse {
  @IsBoolean() readonly ok!: boolean;
  @Nullable() @IsInt() readonly status!: number | null;
  @Nullable() @IsString() readonly error!: string | null;
}

export class DeliveriesQuery {
  @Optional() @IsIn(CHANNELS) readonly channel?: Channel;
  @Optional() @IsUuid() readonly receiver?: string;
  @Optional() @IsIn(DELIVERY_STATES) readonly state?: DeliveryState;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class DeliveryResponse {
  @IsUuid() readonly id!: string;
  @IsIn(CHANNELS) readonly channel!: Channel;
  @IsUuid() readonly receiver!: string;
  @IsString() readonly kind!: string;
  @IsIn(DELIVERY_STATES) readonly state!: DeliveryState;
  @IsInt() readonly attempts!: number;
  @IsInstant() readonly createdAt!: string;
  /** When it is tried next. */
  @Nullable() @IsInstant() readonly nextAt!: string | null;
  @Nullable() @IsInstant() readonly sentAt!: string | null;
  @Nullable() @IsInt() readonly status!: number | null;
  @Nullable() @IsString() readonly error!: string | null;
}

/** Where events and notices are sent to, and what became of each. */
@Roles('operations', 'admin')
@Controller('webhooks')
export class EndpointsHttp {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly notices: NoticeStore,
    private readonly http: GuardedHttp,
    private readonly senders: NoticeSenders,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(EndpointResponse))
  async list(): Promise<Page<EndpointResponse>> {
    const now = this.clock.now().getTime();
    return { items: (await this.endpoints.all()).map((each) => toResponse(each, now)), next: null };
  }

  @Post()
  @ApiResponseShape(EndpointResponse, 201)
  async create(@Body() { kind, url, events, enabled = true }: NewEndpointRequest): Promise<EndpointResponse> {
    await this.requireAllowed(url);
    const now = this.clock.now().getTime();
    const secrets = kind === 'standard' ? [{ secret: newSecret(), until: null }] : [];
    const endpoint: Endpoint = { id: randomUUID(), kind, url, events, enabled, secrets, createdAt: now };
    await this.endpoints.add(endpoint);
    return { ...toResponse(endpoint, now), ...(secrets[0] && { secret: secrets[0].secret }) };
  }

  /** What was sent and what was not, newest first. */
  @Get('deliveries')
  @ApiResponseShape(PageOf(DeliveryResponse))
  async deliveries(
    @Query() { cursor, limit = DEFAULT_LIMIT, ...filter }: DeliveriesQuery,
  ): Promise<Page<DeliveryResponse>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterDelivery>(cursor, POSITION);
    const found = await this.notices.log(filter, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ createdAt, id }) => ({ createdAt: toIso(createdAt), id }));
    return {
      next: page.next,
      items: page.items.map(({ createdAt, nextAt, sentAt, ...entry }) => ({
        ...entry,
        createdAt: toIso(createdAt),
        nextAt: entry.state === 'waiting' ? toIso(nextAt) : null,
        sentAt: sentAt === null ? null : toIso(sentAt),
      })),
    };
  }

  /** Sends it once more, now. */
  @Post('deliveries/:id/replay')
  @ApiResponseShape()
  async replay(@Param('id', UuidPipe) id: string): Promise<void> {
    if (!(await this.notices.replay(id, this.clock.now().getTime())))
      throw new DomainError('not-found', `There is no delivery ${id}.`);
  }

  @Put(':id')
  @ApiResponseShape(EndpointResponse)
  async put(
    @Param('id', UuidPipe) id: string,
    @Body() { url, events, enabled = true }: EndpointRequest,
  ): Promise<EndpointResponse> {
    if (url !== undefined) await this.requireAllowed(url);
    return this.changed(id, (endpoint) => ({ ...endpoint, url: url ?? endpoint.url, events, enabled }));
  }

  /** Sends a test message now, also to one that is disabled, and says how it went; it is in no log and not repeated. */
  @Post(':id/test')
  @HttpCode(200)
  @ApiResponseShape(TestResponse)
  async test(@Param('id', UuidPipe) id: string): Promise<TestResponse> {
    const endpoint = await this.endpoints.find(id);
    if (!endpoint) throw new DomainError('not-found', `There is no webhook ${id}.`);
    const outcome = await this.senders.test(endpoint, randomUUID(), this.clock.now().getTime());
    const { ok, status = null } = outcome;
    return { ok, status, error: outcome.ok ? null : outcome.error };
  }

  /** A new secret; the one before signs beside it for a day. */
  @Post(':id/rotate')
  @HttpCode(200)
  @ApiResponseShape(EndpointResponse)
  async rotate(@Param('id', UuidPipe) id: string): Promise<EndpointResponse> {
    const secret = newSecret();
    const now = this.clock.now().getTime();
    const response = await this.changed(id, (endpoint) => {
      if (endpoint.kind === 'slack')
        throw new DomainError('conflict', 'Slack’s webhooks have no secret but their URL.');
      return rotated(endpoint, secret, now);
    });
    return { ...response, secret };
  }

  private async changed(id: string, change: (endpoint: Endpoint) => Endpoint): Promise<EndpointResponse> {
    const endpoint = await this.endpoints.change(id, change);
    if (!endpoint) throw new DomainError('not-found', `There is no webhook ${id}.`);
    return toResponse(endpoint, this.clock.now().getTime());
  }

  private async requireAllowed(url: string): Promise<void> {
    try {
      await this.http.check(url);
    } catch (fault) {
      const detail = fault instanceof RefusedAddress ? fault.message : 'cannot be resolved';
      throw new DomainError('unprocessable', `The URL is refused: ${detail}.`, {
        errors: [{ pointer: '/url', detail }],
      });
    }
  }
}

const toResponse = (endpoint: Endpoint, now: Instant): EndpointResponse => ({
  id: endpoint.id,
  kind: endpoint.kind,
  url: endpoint.kind === 'slack' ? `${new URL(endpoint.url).origin}/…` : endpoint.url,
  events: endpoint.events,
  enabled: endpoint.enabled,
  activeSecrets: activeSecrets(endpoint, now).length,
  createdAt: toIso(endpoint.createdAt),
});
