import { isRowNumber, Optional, uuidOfHash } from '@baton/contracts';
import {
  ApiResponseShape,
  Clock,
  decodeCursor,
  DomainError,
  Nullable,
  PageOf,
  pageOf,
  Roles,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, Injectable, Param, Post, Query } from '@nestjs/common';
import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsString, MaxLength, Min } from 'class-validator';
import { hash } from 'node:crypto';
import { PublishKept } from '../erasure/publish-kept.js';
import { SourceCache } from '../source/source.cache.js';
import { SourceStore, type SourceSettings } from '../source/source.store.js';
import { unknownSource } from '../source/write-key.store.js';
import { ReceivedQueryStore, type SourceActivity, type StoredRequest } from './received-query.store.js';
import { dayOf, type ReceivedEntry } from './received-request.js';
import { ReceivedStore } from './received.store.js';

const PAGE = 50;
/** Days (UTC) of the counts, today among them. */
const DAYS = 7;
const DAY_MS = 86_400_000;

export class RequestsQuery {
  /** `notable`: only requests that were refused in part or whole, or flagged as a robot's. */
  @Optional() @IsIn(['all', 'notable']) readonly show: 'all' | 'notable' = 'all';
}

export class RefusedQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
}

export class CorrectionRequest {
  /** Place of the event among the entries of the request. */
  @IsInt() @Min(0) readonly entry!: number;
  /** Whether later requests of the same program are a person's, too. */
  @Optional() @IsBoolean() readonly always: boolean = false;
}

export class ReceivedRequestResponse {
  @IsString() readonly id!: string;
  @IsString() readonly receivedAt!: string;
  @IsString() readonly endpoint!: string;
  @IsInt() readonly status!: number;
  @Nullable() @IsString() readonly userAgent!: string | null;
  /** Numbers of events. */
  @IsInt() readonly accepted!: number;
  @IsInt() readonly refused!: number;
  @IsInt() readonly flagged!: number;
  @Nullable() @IsString() readonly detail!: string | null;
  /** What was understood of each message, at most ten: `activity`, `robot`, `personActivityId`, `fields` (form field, target, reason), `notes`, `fault`, `message`. */
  @IsArray() readonly entries!: readonly ReceivedEntry[];
}

export class RefusedMessageResponse {
  @IsString() readonly id!: string;
  @IsString() readonly receivedAt!: string;
  @IsString() readonly endpoint!: string;
  @IsString() readonly pointer!: string;
  @IsString() readonly detail!: string;
  /** JSON; of a message over 4,096 characters `{"characters", "sha256"}`; empty for one that is nested too deep. */
  @IsString() readonly message!: string;
}

export class SourceActivityResponse {
  @IsString() readonly sourceId!: string;
  /** Of the last seven days: requests = acceptedRequests + refusedRequests + limitedRequests + failedRequests. */
  @IsNumber() readonly requests!: number;
  @IsNumber() readonly acceptedRequests!: number;
  @IsNumber() readonly refusedRequests!: number;
  @IsNumber() readonly limitedRequests!: number;
  /** Answered 5xx: the client sends again. */
  @IsNumber() readonly failedRequests!: number;
  /** Events published. */
  @IsNumber() readonly acceptedEvents!: number;
  @IsNumber() readonly refusedEvents!: number;
  /** Published, but as a robot's. */
  @IsNumber() readonly flaggedEvents!: number;
  /** Over the quota, and waiting now. */
  @IsNumber() readonly heldEvents!: number;
  /** Held, and dropped when there was room for them: their persons were erased. */
  @IsNumber() readonly erasedEvents!: number;
  @Nullable() @IsString() readonly lastEventAt!: string | null;
}

export class CorrectedResponse {
  @IsString() readonly activityId!: string;
}

const activityResponse = (activity: SourceActivity): SourceActivityResponse => ({
  ...activity,
  lastEventAt: activity.lastEventAt?.toISOString() ?? null,
});
const toResponse = <Stored extends { readonly receivedAt: Date }>(stored: Stored) => ({
  ...stored,
  receivedAt: stored.receivedAt.toISOString(),
});

/** What was received from a source, for those who connect it. */
@Injectable()
@Roles('marketing', 'operations', 'admin')
@Controller('sources')
export class ReceivedHttp {
  constructor(
    private readonly received: ReceivedQueryStore,
    private readonly store: ReceivedStore,
    private readonly sources: SourceStore,
    private readonly cache: SourceCache,
    private readonly publishKept: PublishKept,
    private readonly clock: Clock,
  ) {}

  /** What the source sent in the last seven days. */
  @Get(':id/activity')
  @ApiResponseShape(SourceActivityResponse)
  async activity(@Param('id') id: string): Promise<SourceActivityResponse> {
    const since = dayOf(new Date(this.clock.now().getTime() - (DAYS - 1) * DAY_MS));
    const [found] = await this.received.activity([id], since);
    if (!found) throw unknownSource(id);
    return activityResponse(found);
  }

  /** The last requests of the source, at most a hundred, newest first. In a burst only some of them are kept. */
  @Get(':id/requests')
  @ApiResponseShape([ReceivedRequestResponse])
  async requests(
    @Param('id') id: string,
    @Query() { show }: RequestsQuery,
  ): Promise<ReceivedRequestResponse[]> {
    await this.sourceOf(id);
    return (await this.received.requests(id, show === 'notable')).map(toResponse);
  }

  /** Messages of batches that were refused while the others were accepted, newest first; the last thousand of 30 days. */
  @Get(':id/refused')
  @ApiResponseShape(PageOf(RefusedMessageResponse))
  async refused(
    @Param('id') id: string,
    @Query() { cursor }: RefusedQuery,
  ): Promise<Page<RefusedMessageResponse>> {
    await this.sourceOf(id);
    const before =
      cursor === undefined ? undefined : decodeCursor<{ id: string }>(cursor, { id: isRowNumber }).id;
    const found = await this.received.refused(id, before, PAGE + 1);
    return pageOf(found.map(toResponse), PAGE, ({ id: last }) => ({ id: last }));
  }

  /** An event flagged as a robot's is a person's: it is published again, under an id of its own. */
  @Post(':id/requests/:requestId/person')
  @ApiResponseShape(CorrectedResponse)
  async correct(
    @Param('id') id: string,
    @Param('requestId') requestId: string,
    @Body() { entry, always }: CorrectionRequest,
  ): Promise<CorrectedResponse> {
    await this.sourceOf(id);
    const request = isRowNumber(requestId) ? await this.received.request(id, requestId) : undefined;
    const flagged = request?.entries[entry]?.activity;
    if (!request || !flagged?.bot) throw noFlaggedEvent();
    const activityId = uuidOfHash(hash('sha256', `${flagged.activityId}\nperson`, 'hex'));
    await this.store.keepCorrected({ sourceId: id, id: requestId, entry, activityId }, async (tx) => {
      const published = await this.publishKept.run(tx, [{ ...flagged, activityId, bot: false }]);
      if (published === 0) throw noFlaggedEvent();
    });
    const agent = always ? programOf(request) : undefined;
    if (agent !== undefined) {
      await this.sources.addPersonAgent(id, agent);
      await this.cache.refresh();
    }
    return { activityId };
  }

  private async sourceOf(id: string): Promise<SourceSettings> {
    const source = await this.cache.withId(id);
    if (!source) throw unknownSource(id);
    return source;
  }
}

const noFlaggedEvent = (): DomainError =>
  new DomainError('not-found', 'There is no event there that was flagged as a robot’s, or no longer.');

/** The name of the program in a user agent, without version and comment: `acme-relay/2.1 (…)` is `acme-relay`. */
const programOf = ({ userAgent }: StoredRequest): string | undefined => {
  const program = (userAgent ?? '').split(/[/(;]/, 1)[0]!.trim();
  return program.length >= 2 && !/^mozilla$/i.test(program) ? program.slice(0, 100) : undefined;
};
