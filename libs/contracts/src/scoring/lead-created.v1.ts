import { IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';

export class LeadCreatedV1 {
  @IsUuid() readonly leadId!: string;
  /** The funnel's first stage. */
  @IsString() @MaxLength(64) readonly stage!: string;
  @IsInstant() readonly createdAt!: string;
  /** Source, channel and campaign of the first activity. */
  @IsString() @MaxLength(64) readonly sourceId!: string;
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @IsString() @MaxLength(256) readonly campaign?: string;
  /** Definition id of the funnel that has the stage, such as `funnel-1`. */
  @IsString() readonly funnelId!: string;
}

export const LeadCreated = defineEvent({
  type: 'lead.created.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'First activity of a person who was not known before.',
  data: LeadCreatedV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    stage: 'visitor',
    createdAt: '2026-01-05T09:00:00.000Z',
    sourceId: 'website',
    channel: 'paid-search',
    campaign: 'spring-launch',
    funnelId: 'funnel-1',
  },
});
