import { IsUuid, Optional } from '@baton/contracts';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, Matches, ValidateNested } from 'class-validator';
import { LEAD_SORTS, type LeadSort } from '../lead/lead-sort.js';
import { LeadConditions } from '../lead/leads.request.js';

const NAME = /^(?=.*\S)[^\p{C}]{1,80}$/u;

export class LeadViewPath {
  @IsUuid() readonly id!: string;
}

/** The whole view: a field that is left out gets its default. */
export class PutLeadViewRequest {
  /** At most 80 characters; each owner gives it once, in whatever case. */
  @Matches(NAME, { message: '$property must be plain text of 1 to 80 characters' })
  readonly name!: string;
  /** Seen by everybody, each with the leads that they see. */
  @Optional() @IsBoolean() readonly shared?: boolean;
  @IsObject() @ValidateNested() @Type(() => LeadConditions) readonly conditions!: LeadConditions;
  @Optional() @IsIn(LEAD_SORTS) readonly sort?: LeadSort;
}
