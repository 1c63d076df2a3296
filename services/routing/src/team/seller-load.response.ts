import { IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsInt, IsString } from 'class-validator';
import { obstacleOf } from './select-seller.js';
import type { Candidate } from './team.js';

/** How much of a seller's capacity is used, and whether they are in rotation. */
export class SellerLoadResponse {
  @IsUuid() readonly id!: string;
  /** Hand-offs offered to or accepted by them. */
  @IsInt() readonly open!: number;
  /** Offers they got in the present UTC day. */
  @IsInt() readonly today!: number;
  /** Why they are offered no lead now, as a phrase that follows the name; null: they are in rotation. */
  @Nullable() @IsString() readonly obstacle!: string | null;
}

export const toLoadResponse = (seller: Candidate): SellerLoadResponse => ({
  id: seller.id,
  open: seller.open,
  today: seller.today,
  obstacle: obstacleOf(seller) ?? null,
});
