import { IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { Money } from '../routing/deal.js';
import { IsUuid } from '../uuid.js';

/** What a CRM or shop says about one of its deals; `changed`: its stage or value. */
export const DEAL_REPORTS = ['opened', 'changed', 'won', 'lost', 'renewed', 'churned'] as const;
export type DealReport = (typeof DEAL_REPORTS)[number];

export class LeadDealReportedV1 {
  /** The activity that said it. */
  @IsUuid() readonly activityId!: string;
  @IsUuid() readonly leadId!: string;
  @IsString() @MaxLength(64) readonly sourceId!: string;
  /** The deal's id at the source; the two identify it. */
  @IsString() @MaxLength(256) readonly externalId!: string;
  @IsOpenIn(DEAL_REPORTS) readonly what!: Open<DealReport>;
  @Optional() @IsString() @MaxLength(64) readonly stage?: string;
  @Optional() @Nested(() => Money) readonly value?: Money;
  @Optional() @IsString() @MaxLength(64) readonly reason?: string;
  @Optional() @IsString() @MaxLength(128) readonly competitor?: string;
  @IsInstant() readonly occurredAt!: string;
}

export const LeadDealReported = defineEvent({
  type: 'lead.deal-reported.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'A CRM or shop said something about a deal, and the lead it belongs to is known.',
  data: LeadDealReportedV1,
  key: (data) => data.leadId,
  subject: (data) => data.activityId,
  example: {
    activityId: '6f1c2a34-6d0a-4f6e-9d2b-8f9f2b1c7a10',
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    sourceId: 'crm',
    externalId: '0068d00000AbCdE',
    what: 'won',
    stage: 'closed-won',
    value: { amount: 14000, currency: 'EUR' },
    occurredAt: '2026-02-01T09:00:00.000Z',
  },
});
