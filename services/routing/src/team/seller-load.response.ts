import { IsInstant, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsInt, IsString } from 'class-validator';
import { toIso } from '../policy/duration.js';
import { obstacleOf } from './select-seller.js';
import type { Candidate } from './team.js';

/** How much of a seller's capacity is used, and whether they are in rotation. */
export class SellerLoadResponse {
  @IsUuid() readonly id!: string;
  /** Hand-offs offered to or accepted by them. */
  @IsInt() readonly open!: number;
  /** Offers they got in the present UTC day. */
  @IsInt() readonly today!: number;
  /** Out of rotation since then, because they did not answer an offer; until they do, or return. */
  @Nullable() @IsInstant() readonly restingSince!: string | null;
  /** Why they are offered no lead now, as a phrase that follows the name; null: they are in rotation. */
  @Nullable() @IsString() readonly obstacle!: string | null;
}

export const toLoadResponse = (seller: Candidate): SellerLoadResponse => ({
  id: seller.id,
  open: seller.open,
  today: seller.today,
  restingSince: seller.restingSince === null ? null : toIso(seller.restingSince),
  obstacle: obstacleOf(seller) ?? null,
});
