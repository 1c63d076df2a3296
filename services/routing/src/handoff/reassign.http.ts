import { ApiResponseShape, CurrentUser, LEAD_DECIDERS, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { actorOf } from './actor.js';
import { ReassignRequest } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { PresentHandoff } from './present-handoff.js';
import { ReassignHandoff } from './reassign-handoff.js';

/** Leads that go from one seller to another. */
@Controller('handoffs')
export class ReassignHttp {
  constructor(
    private readonly reassignHandoff: ReassignHandoff,
    private readonly present: PresentHandoff,
  ) {}

  /** Gives an open lead, accepted or not, to the seller named, or to the next in turn. */
  @Post(':id/reassign')
  @Roles('manager', 'admin')
  @ApiResponseShape(HandoffResponse)
  async reassign(
    @Param('id', UuidPipe) id: string,
    @Body() { sellerId, fromSellerId }: ReassignRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    const { handoff, now } = await this.reassignHandoff.run(id, actorOf(user), {
      sellerId: sellerId?.toLowerCase(),
      fromSellerId: fromSellerId?.toLowerCase(),
    });
    return this.present.one(handoff, now);
  }

  /** Returns a lead that was accepted: it is offered to the next in turn. */
  @Post(':id/give-back')
  @Roles(...LEAD_DECIDERS)
  @ApiResponseShape(HandoffResponse)
  async giveBack(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const { handoff, now } = await this.reassignHandoff.giveBack(id, actorOf(user));
    return this.present.one(handoff, now);
  }
}
