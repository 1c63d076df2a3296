import { ApiResponseShape, CurrentUser, DomainError, Roles, User } from '@baton/platform';
import { Controller, Param, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { LeadQueryStore } from '../lead/lead-query.store.js';
import { LeadPath } from '../lead/leads.request.js';
import { ReopenLead } from './reopen-lead.js';

export class ReopenedResponse {
  /** The stage of the lead now. */
  @IsString() readonly stage!: string;
}

/** Leads that sales gave back, brought back by a person. */
@Controller('leads')
export class ReopenHttp {
  constructor(
    private readonly reopenLead: ReopenLead,
    private readonly leads: LeadQueryStore,
  ) {}

  /** Ends the rest of a recycled lead, or the exit of a disqualified one; it is offered to sales if it is sales-ready. */
  @Post(':id/reopen')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(ReopenedResponse)
  async reopen(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<ReopenedResponse> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return { stage: await this.reopenLead.run(lead.id) };
  }
}
