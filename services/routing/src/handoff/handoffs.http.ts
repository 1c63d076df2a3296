import { isInstant, isUuid } from '@baton/contracts';
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
import { toIso } from '../policy/duration.js';
import { noSuchHandoff } from './decide-handoff.js';
import { HandoffQueryStore, type AfterHandoff } from './handoff-query.store.js';
import { HandoffsQuery } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { PresentHandoff } from './present-handoff.js';

const DEFAULT_LIMIT = 50;
const POSITION = { openedAt: isInstant, id: isUuid };

/** Hand-offs to read: a seller sees their own, other users all. */
@Controller('handoffs')
export class HandoffsHttp {
  constructor(
    private readonly handoffs: HandoffQueryStore,
    private readonly present: PresentHandoff,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Get()
  @ApiResponseShape(PageOf(HandoffResponse))
  async list(@Query() query: HandoffsQuery, @CurrentUser() user: User): Promise<Page<HandoffResponse>> {
    const { leadId, state: status, cursor, limit = DEFAULT_LIMIT } = query;
    const after = cursor === undefined ? undefined : decodeCursor<AfterHandoff>(cursor, POSITION);
    const filter = { leadId, status, sellerId: sellerIdFor(user, query.sellerId) };
    const found = await this.handoffs.list(filter, limit + 1, after);
    const page = pageOf(found, limit, ({ openedAt, id }) => ({ openedAt: toIso(openedAt), id }));
    return { items: await this.present.all(page.items, this.clock.now().getTime()), next: page.next };
  }

  @Get(':id')
  @ApiResponseShape(HandoffResponse)
  async get(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const handoff = await this.handoffs.find(id);
    if (!handoff) throw noSuchHandoff(id);
    if (user.role === 'seller' && handoff.seller?.id !== user.id) throw notYours();
    return this.present.one(handoff, this.clock.now().getTime());
  }
}

const notYours = (): DomainError =>
  new DomainError('forbidden', "This hand-off is another seller's; sellers see their own.");

const sellerIdFor = (user: User, requested: string | undefined): string | undefined => {
  if (user.role !== 'seller') return requested;
  if (requested !== undefined && requested !== user.id) throw notYours();
  return user.id;
};
