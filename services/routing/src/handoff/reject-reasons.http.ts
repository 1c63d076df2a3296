import { ApiResponseShape, Clock, CurrentUser, PageOf, ReadDatabase, User, type Page } from '@baton/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { HandoffQueryStore } from './handoff-query.store.js';
import { RejectReasonsQuery } from './handoff.request.js';
import { OfferPolicy } from './offer-policy.js';
import { RejectReasonResponse } from './reject-reason.response.js';

@Controller('handoffs/reject-reasons')
export class RejectReasonsHttp {
  constructor(
    private readonly handoffs: HandoffQueryStore,
    private readonly policies: OfferPolicy,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(RejectReasonResponse))
  async list(
    @Query() { handoffId }: RejectReasonsQuery,
    @CurrentUser() user: User,
  ): Promise<Page<RejectReasonResponse>> {
    const handoff = handoffId === undefined ? undefined : await this.handoffs.find(user, handoffId);
    const { document } = await this.policies.of(this.database, handoff, this.clock.now().getTime());
    return { items: document.rejectReasons, next: null };
  }
}
