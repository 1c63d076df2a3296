import { isInstant, isUuid } from '@baton/contracts';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  onlySellerSeenBy,
  type Page,
  PageOf,
  pageOf,
  User,
  UuidPipe,
} from '@baton/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import { noSuchHandoff } from './decide-handoff.js';
import { HandoffQueryStore, type AfterHandoff } from './handoff-query.store.js';
import { HandoffsQuery } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { PresentHandoff } from './present-handoff.js';

const DEFAULT_LIMIT = 50;
const POSITION = { openedAt: isInstant, id: isUuid };

/** Hand-offs to read: a seller sees those of leads they own or were offered, now or before; other users see all. */
@Controller('handoffs')
export class HandoffsHttp {
  constructor(
    private readonly handoffs: HandoffQueryStore,
    private readonly present: PresentHandoff,
    private readonly clock: Clock,
  ) {}

  /** Newest first. For a seller without a lead in the query those that are theirs now: the inbox. */
  @Get()
  @ApiResponseShape(PageOf(HandoffResponse))
  async list(@Query() query: HandoffsQuery, @CurrentUser() user: User): Promise<Page<HandoffResponse>> {
    const { leadId, state: status, cursor, limit = DEFAULT_LIMIT } = query;
    const after = cursor === undefined ? undefined : decodeCursor<AfterHandoff>(cursor, POSITION);
    const filter = { leadId, status, sellerId: sellerIdFor(user, query) };
    const found = await this.handoffs.list(user, filter, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ openedAt, id }) => ({ openedAt: toIso(openedAt), id }));
    return { items: await this.present.all(page.items, this.clock.now().getTime()), next: page.next };
  }

  @Get(':id')
  @ApiResponseShape(HandoffResponse)
  async get(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const handoff = await this.handoffs.find(user, id);
    if (!handoff) throw noSuchHandoff(id);
    return this.present.one(handoff, this.clock.now().getTime());
  }
}

const sellerIdFor = (user: User, { sellerId, leadId }: HandoffsQuery): string | undefined => {
  const own = onlySellerSeenBy(user);
  if (own === undefined || leadId !== undefined) return sellerId;
  if (sellerId === undefined || sellerId === own) return own;
  throw new DomainError('forbidden', "These hand-offs are another seller's; sellers list their own.");
};
