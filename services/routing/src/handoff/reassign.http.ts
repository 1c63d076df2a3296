import { ApiResponseShape, CurrentUser, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { actorOf } from './actor.js';
import { ReassignRequest } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { PresentHandoff } from './present-handoff.js';
import { ReassignHandoff } from './reassign-handoff.js';

@Roles('manager', 'admin')
@Controller('handoffs')
export class ReassignHttp {
  constructor(
    private readonly reassignHandoff: ReassignHandoff,
    private readonly present: PresentHandoff,
  ) {}

  /** Gives an offered or waiting lead to the seller named, or to the next in turn. */
  @Post(':id/reassign')
  @ApiResponseShape(HandoffResponse)
  async reassign(
    @Param('id', UuidPipe) id: string,
    @Body() { sellerId }: ReassignRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    const { handoff, now } = await this.reassignHandoff.run(id, actorOf(user), sellerId?.toLowerCase());
    return this.present.one(handoff, now);
  }
}
