import { ApiResponseShape, CurrentUser, LEAD_DECIDERS, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { AcceptHandoff } from './accept-handoff.js';
import { actorOf } from './actor.js';
import { HandoffResponse } from './handoff.response.js';
import { QualifyRequest, RejectRequest } from './handoff.request.js';
import { PresentHandoff } from './present-handoff.js';
import { QualifyHandoff } from './qualify-handoff.js';
import { RejectHandoff } from './reject-handoff.js';

/** Decisions of a seller, or of a manager for them. */
@Roles(...LEAD_DECIDERS)
@Controller('handoffs')
export class VerdictsHttp {
  constructor(
    private readonly acceptHandoff: AcceptHandoff,
    private readonly rejectHandoff: RejectHandoff,
    private readonly qualifyHandoff: QualifyHandoff,
    private readonly present: PresentHandoff,
  ) {}

  @Post(':id/accept')
  @ApiResponseShape(HandoffResponse)
  async accept(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    const { handoff, now } = await this.acceptHandoff.run(id, actorOf(user));
    return this.present.one(handoff, now);
  }

  @Post(':id/reject')
  @ApiResponseShape(HandoffResponse)
  async reject(
    @Param('id', UuidPipe) id: string,
    @Body() { reason, note, wakeAt }: RejectRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    const { handoff, now } = await this.rejectHandoff.run(id, actorOf(user), {
      reason,
      ...(note !== undefined && { note }),
      ...(wakeAt !== undefined && { wakeAt: Date.parse(wakeAt) }),
    });
    return this.present.one(handoff, now);
  }

  @Post(':id/qualify')
  @ApiResponseShape(HandoffResponse)
  async qualify(
    @Param('id', UuidPipe) id: string,
    @Body() { budget, authority, need, timeline }: QualifyRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    const bant = { budget, authority, need, timeline };
    const { handoff, now } = await this.qualifyHandoff.run(id, actorOf(user), bant);
    return this.present.one(handoff, now);
  }
}
