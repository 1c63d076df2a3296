import { IsUuid, isUuid, Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  type Page,
  PageOf,
  pageOf,
  User,
  UuidPipe,
} from '@baton/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { noSuchHandoff } from './decide-handoff.js';
import { HandoffListing, type After } from './handoff-query.store.js';
import { HandoffResponse, toResponse } from './handoff.response.js';
import { STATUSES, type Handoff, type Status } from './handoff.js';

const PAGE = 50;

export class ListHandoffsQuery {
  @Optional() @IsUuid() readonly leadId?: string;
  @Optional() @IsUuid() readonly sellerId?: string;
  @Optional() @IsIn(STATUSES) readonly state?: Status;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @Type(() => Number) @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

/** Hand-offs to read: a seller sees their own, everybody else all. */
@Controller('handoffs')
export class HandoffsHttp {
  constructor(
    private readonly handoffs: HandoffListing,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Get()
  @ApiResponseShape(PageOf(HandoffResponse))
  async list(@Query() query: ListHandoffsQuery, @CurrentUser() user: User): Promise<Page<HandoffResponse>> {
    const { leadId, state: status, cursor, limit = PAGE } = query;
    const after = cursor === undefined ? undefined : decodeCursor<After>(cursor, isPosition);
    const found = await this.handoffs.list({
      ...{ leadId, status, after, limit: limit + 1 },
      sellerId: sellerIdFor(user, query.sellerId),
    });
    const page = pageOf(found, limit, ({ openedAt, id }) => ({ openedAt, id }));
    return { items: await this.toResponses(page.items), next: page.next };
  }

  @Get(':id')
  @ApiResponseShape(HandoffResponse)
  async get(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const handoff = await this.handoffs.find(id);
    if (!handoff) throw noSuchHandoff(id);
    if (user.role === 'seller' && handoff.seller?.id !== user.id) throw notYours();
    const [response] = await this.toResponses([handoff]);
    return response!;
  }

  private async toResponses(handoffs: readonly Handoff[]): Promise<HandoffResponse[]> {
    const histories = await this.handoffs.historiesOf(handoffs.map(({ id }) => id));
    const now = this.clock.now().toISOString();
    return handoffs.map((handoff) => toResponse(handoff, histories.get(handoff.id) ?? [], now));
  }
}

const notYours = (): DomainError =>
  new DomainError('forbidden', "This hand-off is another seller's; sellers see their own.");

const sellerIdFor = (user: User, asked: string | undefined): string | undefined => {
  if (user.role !== 'seller') return asked;
  if (asked !== undefined && asked !== user.id) throw notYours();
  return user.id;
};

const isPosition = ({ openedAt, id }: Partial<After>): boolean =>
  isUuid(id) && typeof openedAt === 'string' && !Number.isNaN(Date.parse(openedAt));
