import {
  ApiResponseShape,
  changedFields,
  DomainError,
  Roles,
  RecordsChanges,
  type RecordChanges,
} from '@baton/platform';
import { Body, Controller, Get, Injectable, Put } from '@nestjs/common';
import { OrganisationShape } from './organisation.shapes.js';
import { OrganisationStore, type Organisation } from './organisation.store.js';
import { workingWeekViolations } from './working-week.js';

@Injectable()
@Controller('api/organisation')
export class OrganisationHttp {
  constructor(private readonly organisation: OrganisationStore) {}

  @Get()
  @ApiResponseShape(OrganisationShape)
  get(): Promise<OrganisationShape> {
    return this.organisation.get() as Promise<OrganisationShape>;
  }

  @Put()
  @Roles('admin')
  @ApiResponseShape(OrganisationShape)
  async change(
    @Body() organisation: OrganisationShape,
    @RecordsChanges() record: RecordChanges,
  ): Promise<OrganisationShape> {
    requireWorkingWeek(organisation, '/workingWeek');
    const before = await this.organisation.change(organisation);
    record(
      changedFields<Organisation>(before, organisation, ['name', 'timeZone', 'currency', 'workingWeek']),
    );
    return organisation;
  }
}

/** @throws DomainError `invalid` for hours that end before they begin, or overlap */
export const requireWorkingWeek = ({ workingWeek }: OrganisationShape, pointer: string): void => {
  const errors = workingWeekViolations(workingWeek, pointer);
  if (errors.length > 0) throw new DomainError('invalid', 'The working week is not valid.', { errors });
};
