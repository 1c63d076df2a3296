import { EachNested, ErasedRows, ERASING_SERVICES, IsInstant, IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsBoolean, IsIn, IsString } from 'class-validator';
import type { StoredErasure } from './erasure.store.js';

const STATES = ['pending', 'done'] as const;
type State = (typeof STATES)[number];

/** What one service deleted. */
export class ReceiptResponse {
  @IsString() readonly service!: string;
  @IsIn(STATES) readonly state!: State;
  @Optional() @IsInstant() readonly erasedAt?: string;
  /** Rows deleted or emptied, by table. */
  @EachNested(() => ErasedRows) readonly erased!: readonly ErasedRows[];
}

export class ErasureResponse {
  @IsUuid() readonly id!: string;
  @IsUuid() readonly leadId!: string;
  /** Null, as the name, where the request is known from the topic alone. */
  @Nullable() @IsString() readonly reason!: string | null;
  @Nullable() @IsString() readonly requestedBy!: string | null;
  @IsBoolean() readonly blocked!: boolean;
  @IsInstant() readonly requestedAt!: string;
  /** Done when every service is. */
  @IsIn(STATES) readonly state!: State;
  @EachNested(() => ReceiptResponse) readonly services!: readonly ReceiptResponse[];
}

export const toErasureResponse = ({ receipts, requestedAt, ...erasure }: StoredErasure): ErasureResponse => {
  const services = ERASING_SERVICES.map((service): ReceiptResponse => {
    const receipt = receipts.find((each) => each.service === service);
    return receipt
      ? { service, state: 'done', erasedAt: receipt.erasedAt, erased: receipt.erased }
      : { service, state: 'pending', erased: [] };
  });
  const state = services.every((service) => service.state === 'done') ? 'done' : 'pending';
  return { ...erasure, requestedAt: requestedAt.toISOString(), state, services };
};
