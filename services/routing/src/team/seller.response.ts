import type { Absence } from '../calendar/stored-calendar.js';
import { EachNested, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsArray, IsBoolean, IsInt, IsNumber, IsString } from 'class-validator';
import { AbsenceRequest } from './seller.request.js';
import type { Seller } from './seller.entity.js';

export class SellerResponse {
  @IsUuid() readonly id!: string;
  @IsUuid() readonly userId!: string;
  @IsString() readonly name!: string;
  @IsString() readonly team!: string;
  @IsNumber() readonly weight!: number;
  @IsBoolean() readonly available!: boolean;
  @Nullable() @IsInt() readonly maxOpen!: number | null;
  @Nullable() @IsInt() readonly maxPerDay!: number | null;
  /** Null: the team's, or else the default. */
  @Nullable() @IsUuid() readonly calendarId!: string | null;
  @EachNested(() => AbsenceRequest) readonly absences!: readonly Absence[];
  @IsArray() @IsString({ each: true }) readonly skills!: readonly string[];
  @IsArray() @IsString({ each: true }) readonly languages!: readonly string[];
  @IsArray() @IsString({ each: true }) readonly territories!: readonly string[];
}

export const toResponse = (seller: Seller): SellerResponse => ({
  id: seller.id,
  userId: seller.id,
  name: seller.name,
  team: seller.team,
  weight: seller.weight,
  available: seller.available,
  maxOpen: seller.maxOpen,
  maxPerDay: seller.maxPerDay,
  calendarId: seller.calendarId,
  absences: seller.absences,
  skills: seller.skills,
  languages: seller.languages,
  territories: seller.territories,
});
