import { ArrayMaxSize, IsInt, IsString, MaxLength, Min } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { EachNested, IsInstant } from '../fields.js';
import { IsUuid } from '../uuid.js';

/** The services that hold something of a person, each of which answers a request with a receipt. */
export const ERASING_SERVICES = ['scoring', 'routing', 'reporting', 'ingestion'] as const;

/** How many rows of one table were deleted or emptied. */
export class ErasedRows {
  @IsString() @MaxLength(64) readonly place!: string;
  @IsInt() @Min(0) readonly count!: number;
}

export class LeadErasedV1 {
  @IsUuid() readonly requestId!: string;
  @IsString() @MaxLength(64) readonly service!: string;
  @EachNested(() => ErasedRows) @ArrayMaxSize(100) readonly erased!: readonly ErasedRows[];
  @IsInstant() readonly erasedAt!: string;
}

export const LeadErased = defineEvent({
  type: 'lead.erased.v1',
  topic: 'erasures',
  producers: ERASING_SERVICES,
  summary: 'A service deleted what it held of a person: its receipt.',
  data: LeadErasedV1,
  key: (data) => data.requestId,
  subject: (data) => `${data.requestId}/${data.service}`,
  example: {
    requestId: '3e0a7d85-6f88-4fce-8d86-3a9d5ff3d004',
    service: 'scoring',
    erased: [{ place: 'activities', count: 12 }],
    erasedAt: '2026-01-05T09:00:00.400Z',
  },
});
