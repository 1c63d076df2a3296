import { IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { CampaignTouch } from '../ingestion/activity-recorded.v1.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { IsUuid } from '../uuid.js';

/** Kinds of touchpoints. A visit is the page views of one profile by one channel and campaign within half an hour of the clock. */
export const TOUCH_KINDS = ['visit', 'form', 'email', 'event'] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

export class ActivityAttributedV1 {
  /** The same for all page views of one visit; else the id of the activity. The same touch may be published again: it is one. */
  @IsUuid() readonly touchId!: string;
  /** The activity that the touch was published for. */
  @IsUuid() readonly activityId!: string;
  /** The lead at that time. */
  @IsUuid() readonly leadId!: string;
  /** The part of the lead that moves with it when leads are merged and unmerged. */
  @IsUuid() readonly profileId!: string;
  @IsOpenIn(TOUCH_KINDS) readonly kind!: Open<TouchKind>;
  /** Name of the event, or id of the form; empty for visits. */
  @IsString() @MaxLength(256) readonly name!: string;
  @IsInstant() readonly occurredAt!: string;
  @IsString() @MaxLength(64) readonly sourceId!: string;
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @Nested(() => CampaignTouch) readonly campaign?: CampaignTouch;
  /** Path of the page, without query. */
  @Optional() @IsString() @MaxLength(256) readonly page?: string;
}

export const ActivityAttributed = defineEvent({
  type: 'activity.attributed.v1',
  topic: 'touches',
  producers: ['scoring'],
  summary: 'An activity of a person that can take credit for what becomes of the lead.',
  data: ActivityAttributedV1,
  key: (data) => data.profileId,
  subject: (data) => data.activityId,
  example: {
    touchId: '6f1c2a34-6d0a-4f6e-9d2b-8f9f2b1c7a10',
    activityId: '6f1c2a34-6d0a-4f6e-9d2b-8f9f2b1c7a10',
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    profileId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    kind: 'form',
    name: 'contact-sales',
    occurredAt: '2026-01-05T09:00:00.000Z',
    sourceId: 'website',
    channel: 'paid-search',
    campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
    page: '/pricing',
  },
});
