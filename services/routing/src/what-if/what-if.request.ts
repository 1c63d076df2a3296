import { EachNested, IsInstant, IsUuid, Optional } from '@baton/contracts';
import { ArrayMaxSize, IsObject } from 'class-validator';
import { PutSellerRequest } from '../team/seller.request.js';

export const MAX_SELLERS = 500;

/** A seller as they would be; one who would not be there is `available: false`. */
export class SellerOfRoster extends PutSellerRequest {
  @IsUuid() readonly id!: string;
}

export class WhatIfRequest {
  /** Without it, 30 days before the end. */
  @Optional() @IsInstant() readonly from?: string;
  /** Without it, now. */
  @Optional() @IsInstant() readonly until?: string;
  /** A draft of routing rules; without it, those in force. */
  @Optional() @IsObject() readonly rules?: object;
  /** Sellers who would be others, or who would be there too; the rest is as now. */
  @Optional()
  @EachNested(() => SellerOfRoster)
  @ArrayMaxSize(MAX_SELLERS)
  readonly sellers?: readonly SellerOfRoster[];
}
