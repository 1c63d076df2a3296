import { ApiResponseShape, PersonExportResponse, Roles, UuidPipe } from '@baton/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { PersonExportStore } from './person-export.store.js';

/** What routing holds of a person, by one of their leads, to be given to them. */
@Controller('persons')
export class PersonExportHttp {
  constructor(private readonly exports: PersonExportStore) {}

  /** Of a person whom nobody was offered the lists are empty. */
  @Get(':id/export')
  @Roles('admin')
  @ApiResponseShape(PersonExportResponse)
  get(@Param('id', UuidPipe) id: string): Promise<PersonExportResponse> {
    return this.exports.of(id);
  }
}
