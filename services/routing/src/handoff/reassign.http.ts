import { Definitions } from '@baton/definitions';
import { ApiResponseShape, CurrentUser, DomainError, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import { DEFAULT_TEAM, TeamStore } from '../team/team.store.js';
import { HandoffDecisions, type Asked } from './decide-handoff.js';
import { HandoffResponse } from './handoff.response.js';
import { HandoffStore } from './handoff.store.js';
import type { Next } from './offer.js';
import { ReassignRequest } from './handoff.request.js';
import { byPerson } from './verdicts.http.js';

/** A manager gives an offered or waiting lead to somebody else: to the one named, or to whose turn it is. */
@Roles('manager', 'admin')
@Controller('handoffs')
export class ReassignHttp {
  constructor(
    private readonly decisions: HandoffDecisions,
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamStore,
    private readonly definitions: Definitions,
  ) {}

  @Post(':id/reassign')
  @ApiResponseShape(HandoffResponse)
  reassign(
    @Param('id', UuidPipe) id: string,
    @Body() { sellerId }: ReassignRequest,
    @CurrentUser() user: User,
  ): Promise<HandoffResponse> {
    return this.decisions.decide(id, async (asked) => ({
      type: 'reassign',
      next: await this.nextFor(asked, user, sellerId),
      ...byPerson(user, asked),
    }));
  }

  private async nextFor({ tx, handoff, now }: Asked, user: User, sellerId?: string): Promise<Next> {
    const policy = await this.definitions.inForce(tx, slaPolicy, now);
    if (handoff.seller && handoff.seller.id === sellerId)
      return { seller: handoff.seller, why: handoff.why, policy };
    // Timers first, then the team: see TeamStore.
    await this.handoffs.holdTimers(tx, [handoff.id]);
    await this.handoffs.wake(tx, DEFAULT_TEAM, now);
    const round = await this.teams.open(tx, policy, now.toISOString());
    const next = sellerId ? round.named(sellerId, `${user.name} chose`) : round.next(handoff.avoid);
    if (!next) {
      const detail = `is no seller of team ${round.before.name}`;
      throw new DomainError('unprocessable', `${sellerId} ${detail}.`, {
        errors: [{ pointer: '/sellerId', detail }],
      });
    }
    await this.teams.close(tx, round, now.toISOString());
    return next;
  }
}
