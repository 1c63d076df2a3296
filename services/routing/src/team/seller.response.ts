import { IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsBoolean, IsInt, IsNumber, IsString } from 'class-validator';
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
});
