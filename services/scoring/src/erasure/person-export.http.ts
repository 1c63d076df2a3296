import {
  ApiResponseShape,
  CurrentUser,
  DomainError,
  PersonExportResponse,
  Roles,
  User,
} from '@baton/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { LeadQueryStore } from '../lead/lead-query.store.js';
import { LeadPath } from '../lead/leads.request.js';
import { PersonExportStore } from './person-export.store.js';

/** What scoring holds of a person, to be given to them. */
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
    return this.exports.of(lead.id);
  }
}
