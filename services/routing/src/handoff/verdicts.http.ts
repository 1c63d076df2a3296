import { Definitions } from '@baton/definitions';
import { ApiResponseShape, CurrentUser, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { HandoffDecisions, type Asked } from './decide-handoff.js';
import { HandoffResponse } from './handoff.response.js';
import { AttemptRequest, QualifyRequest, RejectRequest } from './handoff.request.js';
import type { Actor } from './verdict.js';

/** What a seller decides, or a manager for them. */
@Roles('seller', 'manager', 'admin')
@Controller('handoffs')
export class VerdictsHttp {
  constructor(
    private readonly decisions: HandoffDecisions,
    private readonly definitions: Definitions,
  ) {}

  @Post(':id/accept')
  @ApiResponseShape(HandoffResponse)
  accept(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<HandoffResponse> {
    return this.decisions.decide(id, async (asked) => ({
      type: 'accept',
      policy: await this.policyOf(asked),
      ...byPerson(user, asked),
    }));
  }

  @Post(':id/reject')
  @ApiResponseShape(HandoffResponse)
  reject(
    @Param('id', UuidPipe) id: string,
    @Body() { reason, note, wakeAt }: RejectRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    return this.decisions.decide(id, async (asked) => ({
      type: 'reject',
      reason,
      ...(note !== undefined && { note }),
      ...(wakeAt !== undefined && { wakeAt: new Date(wakeAt).toISOString() }),
      policy: await this.policyOf(asked),
      ...byPerson(user, asked),
    }));
  }

  @Post(':id/attempts')
  @ApiResponseShape(HandoffResponse)
  attempt(
    @Param('id', UuidPipe) id: string,
    @Body() { channel, outcome }: AttemptRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    return this.decisions.decide(id, (asked) =>
      Promise.resolve({ type: 'attempt', channel, outcome, ...byPerson(user, asked) }),
    );
  }

  @Post(':id/qualify')
  @ApiResponseShape(HandoffResponse)
  qualify(
    @Param('id', UuidPipe) id: string,
    @Body() { budget, authority, need, timeline }: QualifyRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    const bant = { budget, authority, need, timeline };
    return this.decisions.decide(id, (asked) =>
      Promise.resolve({ type: 'qualify', bant, ...byPerson(user, asked) }),
    );
  }

  /** The version the running offer began under, whatever was signed since. */
  private async policyOf({ tx, handoff, now }: Asked): Promise<SignedPolicy> {
    return handoff.policyId === undefined
      ? this.definitions.inForce(tx, slaPolicy, now)
      : this.definitions.version(tx, slaPolicy, handoff.policyId);
  }
}

/** Who acts and when: a seller for themselves, a manager for everybody. */
export const byPerson = ({ id, name, role }: User, { now }: Asked): { by: Actor; now: string } => ({
  by: { id, name, acts: role === 'seller' ? 'own' : 'any' },
  now: now.toISOString(),
});
