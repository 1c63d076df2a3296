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
import { noSuchHandoff } from './decide-handoff.js';
import { HandoffQueryStore, positionOf, type AfterHandoff } from './handoff-query.store.js';
import { HandoffsQuery } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { PresentHandoff } from './present-handoff.js';

const DEFAULT_LIMIT = 50;
const POSITION = { at: isInstant, id: isUuid };

/** Hand-offs to read: a seller sees those of leads they own or were offered, now or before; other users see all. */
@Controller('handoffs')
export class HandoffsHttp {
  constructor(
    private readonly handoffs: HandoffQueryStore,
    private readonly present: PresentHandoff,
    private readonly clock: Clock,
  ) {}

  /**
   * Offered or accepted ones in the order in which their clocks run out: the inbox; others newest first. For a seller without a lead in
   * the query those that are theirs now.
   */
  @Get()
  @ApiResponseShape(PageOf(HandoffResponse))
  async list(@Query() query: HandoffsQuery, @CurrentUser() user: User): Promise<Page<HandoffResponse>> {
    const { leadId, state: status, sellerAway, cursor, limit = DEFAULT_LIMIT } = query;
    const { order = isInbox(query) ? 'due' : 'newest' } = query;
    const now = this.clock.now();
    const after = cursor === undefined ? undefined : decodeCursor<AfterHandoff>(cursor, POSITION);
    const sellerAwayAt = sellerAway && now.toISOString();
    const filter = { leadId, status, sellerAwayAt, sellerId: sellerIdFor(user, query) };
    const found = await this.handoffs.list(user, filter, { limit: limit + 1, order, after });
    const page = pageOf(found, limit, (handoff) => positionOf(handoff, order));
    return { items: await this.present.all(page.items, now.getTime()), next: page.next };
  }

  @Get(':id')
  @ApiResponseShape(HandoffResponse)
  async get(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const handoff = await this.handoffs.find(user, id);
    if (!handoff) throw noSuchHandoff(id);
    return this.present.one(handoff, this.clock.now().getTime());
  }
}

const isInbox = ({ leadId, state, sellerAway }: HandoffsQuery): boolean =>
  leadId === undefined && (state === 'offered' || state === 'accepted' || sellerAway !== undefined);

const sellerIdFor = (user: User, { sellerId, leadId }: HandoffsQuery): string | undefined => {
  const own = onlySellerSeenBy(user);
  if (own === undefined || leadId !== undefined) return sellerId;
  if (sellerId === undefined || sellerId === own) return own;
  throw new DomainError('forbidden', "These hand-offs are another seller's; sellers list their own.");
};
