import { ApiResponseShape, DomainError, Roles } from '@baton/platform';
import { Body, Controller, Get, Injectable, Put } from '@nestjs/common';
import { OrganisationShape } from './organisation.shapes.js';
import { OrganisationStore } from './organisation.store.js';
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
  async change(@Body() organisation: OrganisationShape): Promise<OrganisationShape> {
    requireWorkingWeek(organisation, '/workingWeek');
    await this.organisation.change(organisation);
    return organisation;
  }
}

/** @throws DomainError `invalid` for hours that end before they begin, or overlap */
export const requireWorkingWeek = ({ workingWeek }: OrganisationShape, pointer: string): void => {
  const errors = workingWeekViolations(workingWeek, pointer);
  if (errors.length > 0) throw new DomainError('invalid', 'The working week is not valid.', { errors });
};
