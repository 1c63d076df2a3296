import { IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';

export class LeadOriginCorrectedV1 {
  @IsUuid() readonly leadId!: string;
  /** When the person first did something. */
  @IsInstant() readonly createdAt!: string;
  /** Source, channel and campaign of that activity. */
  @IsString() @MaxLength(64) readonly sourceId!: string;
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @IsString() @MaxLength(256) readonly campaign?: string;
  @IsInstant() readonly correctedAt!: string;
}

export const LeadOriginCorrected = defineEvent({
  type: 'lead.origin-corrected.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary:
    'The first activity of a lead is another than the one published before: an older one arrived, or leads were merged.',
  data: LeadOriginCorrectedV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    createdAt: '2025-12-20T17:30:00.000Z',
    sourceId: 'website',
    channel: 'organic-search',
    correctedAt: '2026-01-05T09:00:00.300Z',
  },
});
