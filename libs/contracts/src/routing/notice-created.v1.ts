import { ArrayMaxSize, ArrayMinSize, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant } from '../fields.js';
import { IsUuid } from '../uuid.js';
import { handoffExample } from './handoff.js';

export class NoticeCreatedV1 {
  /** From the cause: an event that is read again makes the same one. */
  @IsUuid() readonly noticeId!: string;
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  /** Such as `offered`. */
  @IsString() @MaxLength(64) readonly kind!: string;
  /** The people in whose list it is. */
  @ArrayMinSize(1) @ArrayMaxSize(1_000) @IsUuid({ each: true }) readonly receivers!: readonly string[];
  @IsInstant() readonly createdAt!: string;
}

/** Keyed by the lead, so that it is read after the event of the hand-off that it is about. */
export const NoticeCreated = defineEvent({
  type: 'notice.created.v1',
  summary: 'A notice is in the lists of people: pages that show them fetch it.',
  data: NoticeCreatedV1,
  topic: 'handoffs',
  producers: ['routing'],
  key: ({ leadId }) => leadId,
  subject: ({ noticeId }) => noticeId,
  example: {
    noticeId: '5a9d4d0e-7c1b-4b5e-8f0a-3c1d2e4f5a01',
    handoffId: handoffExample.handoffId,
    leadId: handoffExample.leadId,
    kind: 'offered',
    receivers: [handoffExample.sellerId],
    createdAt: '2026-01-05T09:00:01.200Z',
  },
});
