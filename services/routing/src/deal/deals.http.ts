import { isInstant, isUuid } from '@baton/contracts';
import {
  ApiResponseShape,
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
import { noSuchDeal } from './decide-deal.js';
import { DealQueryStore, type AfterDeal } from './deal-query.store.js';
import { DealsQuery, DealTotalsQuery } from './deal.request.js';
import { DealResponse, DealTotalResponse, toResponse } from './deal.response.js';

const DEFAULT_LIMIT = 50;
const POSITION = { openedAt: isInstant, id: isUuid };

/**
 * Deals to read: a seller sees their own and those of leads they were offered, now or before; a manager those of
 * their teams; other users all. */
@Controller('deals')
export class DealsHttp {
  constructor(private readonly deals: DealQueryStore) {}

  /** Newest first. For a seller without a lead in the query their own. */
  @Get()
  @ApiResponseShape(PageOf(DealResponse))
  async list(@Query() query: DealsQuery, @CurrentUser() user: User): Promise<Page<DealResponse>> {
    const { leadId, state: status, stage, cursor, limit = DEFAULT_LIMIT } = query;
    const after = cursor === undefined ? undefined : decodeCursor<AfterDeal>(cursor, POSITION);
    const filter = { leadId, status, stage, sellerId: sellerIdFor(user, query) };
    const found = await this.deals.list(user, filter, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ openedAt, id }) => ({ openedAt: toIso(openedAt), id }));
    const histories = await this.deals.historiesOf(page.items.map(({ id }) => id));
    return {
      items: page.items.map((deal) => toResponse(deal, histories.get(deal.id) ?? [])),
      next: page.next,
    };
  }

  /** How many deals, and what sum, by state, stage and currency. */
  @Get('totals')
  @ApiResponseShape(PageOf(DealTotalResponse))
  async totals(@Query() query: DealTotalsQuery, @CurrentUser() user: User): Promise<Page<DealTotalResponse>> {
    const { leadId, state: status } = query;
    const items = await this.deals.totals(user, { leadId, status, sellerId: sellerIdFor(user, query) });
    return { items, next: null };
  }

  @Get(':id')
  @ApiResponseShape(DealResponse)
  async get(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<DealResponse> {
    const deal = await this.deals.find(user, id);
    if (!deal) throw noSuchDeal(id);
    return toResponse(deal, (await this.deals.historiesOf([id])).get(id) ?? []);
  }
}

const sellerIdFor = (user: User, { sellerId, leadId }: DealTotalsQuery): string | undefined => {
  const own = onlySellerSeenBy(user);
  if (own === undefined || leadId !== undefined) return sellerId;
  if (sellerId === undefined || sellerId === own) return own;
  throw new DomainError('forbidden', "These deals are another seller's; sellers list their own.");
};
