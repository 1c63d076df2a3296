import { IsInstant, IsUuid } from '@baton/contracts';
import type { User } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsString, ValidateNested } from 'class-validator';
import { LEAD_SORTS, type LeadSort } from '../lead/lead-sort.js';
import { LeadConditions } from '../lead/leads.request.js';
import { mayChange, type LeadView } from './lead-view.js';

export class LeadViewResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  @IsBoolean() readonly shared!: boolean;
  @IsObject() @ValidateNested() @Type(() => LeadConditions) readonly conditions!: LeadConditions;
  @IsIn(LEAD_SORTS) readonly sort!: LeadSort;
  /** Name of the user who saved it first. */
  @IsString() readonly owner!: string;
  /** Whether the caller may change and delete it. */
  @IsBoolean() readonly mayChange!: boolean;
  @IsInstant() readonly savedAt!: string;
}

export const toResponse = (view: LeadView, user: User): LeadViewResponse => ({
  id: view.id,
  name: view.name,
  shared: view.shared,
  conditions: view.conditions as LeadConditions,
  sort: view.sort,
  owner: view.owner.name,
  mayChange: mayChange(user, view),
  savedAt: view.savedAt.toISOString(),
});
