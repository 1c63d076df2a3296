import { ApiResponseShape, CurrentUser, DomainError, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { actorOf } from './actor.js';
import { noSuchHandoff } from './decide-handoff.js';
import { DecisionStore } from './decision.store.js';
import { DecisionQuery, RoutingPreviewRequest } from './decision.request.js';
import {
  AssignmentResponse,
  DecisionRecordResponse,
  toAssignmentResponse,
  toDecisionResponse,
} from './decision.response.js';
import { HandoffQueryStore } from './handoff-query.store.js';
import { PreviewAssignment } from './preview-assignment.js';

/** Why a lead went to a seller: "why did I get this?", and "why not me?". */
@Controller()
export class DecisionsHttp {
  constructor(
    private readonly handoffs: HandoffQueryStore,
    private readonly decisions: DecisionStore,
    private readonly previewAssignment: PreviewAssignment,
  ) {}

  /** Who could take the lead, who could not and why, and what decided, for one offer or the last one. */
  @Get('handoffs/:id/decision')
  @ApiResponseShape(DecisionRecordResponse)
  async get(
    @Param('id', UuidPipe) id: string,
    @Query() { offer }: DecisionQuery,
    @CurrentUser() user: User,
  ): Promise<DecisionRecordResponse> {
    if (!(await this.handoffs.find(user, id))) throw noSuchHandoff(id);
    const decision = await this.decisions.find(id, offer);
    if (!decision) throw new DomainError('not-found', 'This hand-off has no record of such an offer.');
    return toDecisionResponse(decision);
  }

  /** Who would get a lead now; nothing changes. */
  @Post('routing/preview')
  @Roles('manager', 'operations', 'admin')
  @ApiResponseShape(AssignmentResponse)
  async preview(
    @Body() request: RoutingPreviewRequest,
    @CurrentUser() user: User,
  ): Promise<AssignmentResponse> {
    return toAssignmentResponse(await this.previewAssignment.run(actorOf(user), request));
  }
}
