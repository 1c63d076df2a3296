import { ApiResponseShape, CurrentUser, LEAD_DECIDERS, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Headers, Param, Post } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { actorOf } from './actor.js';
import { AttemptRequest } from './handoff.request.js';
import { HandoffResponse } from './handoff.response.js';
import { idempotencyKeyIn } from './idempotency-key.request.js';
import { LogAttempt } from './log-attempt.js';
import { PresentHandoff } from './present-handoff.js';

/** Tries of a seller to reach the lead. */
@Roles(...LEAD_DECIDERS)
@Controller('handoffs')
export class AttemptsHttp {
  constructor(
    private readonly logAttempt: LogAttempt,
    private readonly present: PresentHandoff,
  ) {}

  /** Requests with the same `Idempotency-Key` log one attempt, as long as it is among the last 50 of the hand-off. */
  @Post(':id/attempts')
  @ApiHeader({ name: 'idempotency-key', required: false })
  @ApiResponseShape(HandoffResponse)
  async log(
    @Param('id', UuidPipe) id: string,
    @Body() { channel, outcome }: AttemptRequest,
    @CurrentUser() user: User,
    @Headers('idempotency-key') key?: string,
  ): Promise<HandoffResponse> {
    const { handoff, now } = await this.logAttempt.run(id, actorOf(user), {
      channel,
      outcome,
      ...idempotencyKeyIn(key),
    });
    return this.present.one(handoff, now);
  }
}
