import { IsUuid } from '@baton/contracts';
import { ApiResponseShape, CurrentUser, DomainError, Roles, User } from '@baton/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { IsObject } from 'class-validator';
import { LeadQueryStore } from '../lead/lead-query.store.js';
import { LeadPath } from '../lead/leads.request.js';
import { PersonExportStore } from './person-export.store.js';

export class PersonExportResponse {
  @IsUuid() readonly leadId!: string;
  /** By kind, the rows as they are stored, newest first: at most 10,000 of each. */
  @IsObject() readonly held!: Record<string, readonly object[]>;
}

/** What is held of a person, to be given to them. */
@Controller('leads')
export class PersonExportHttp {
  constructor(
    private readonly leads: LeadQueryStore,
    private readonly exports: PersonExportStore,
  ) {}

  @Get(':id/export')
  @Roles('admin')
  @ApiResponseShape(PersonExportResponse)
  async get(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<PersonExportResponse> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return { leadId: lead.id, held: await this.exports.of(lead.id) };
  }
}
