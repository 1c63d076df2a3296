import { IsUuid, Optional } from '@baton/contracts';
import { IsIn, Matches } from 'class-validator';
import { AttributionReportRequest } from './attribution-report.request.js';

const NAME = /^(?=.*\S)[^\p{C}]{1,120}$/u;

/** The question of the report, of whole days: `hours` and `format` are refused, since neither can be asked again later. */
export class KeepAttributionRequest extends AttributionReportRequest {
  /** At most 120 characters. */
  @Matches(NAME, { message: '$property must be plain text of 1 to 120 characters' })
  readonly name!: string;
}

export class KeptAttributionPath {
  @IsUuid() readonly id!: string;
}

export class KeptAttributionQuery {
  /** `csv`: the rows of the answer as a file. */
  @Optional() @IsIn(['json', 'csv']) readonly format?: 'json' | 'csv';
}
