import { IsBoolean, IsObject, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { IsUuid } from '../uuid.js';

export const ACTIVITY_KINDS = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'form'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** What the sender knew of the person. At least one is present; e-mail addresses are trimmed and lower case. */
export class Identifiers {
  @Optional() @IsString() @MaxLength(320) readonly email?: string;
  @Optional() @IsString() @MaxLength(256) readonly userId?: string;
  @Optional() @IsString() @MaxLength(256) readonly anonymousId?: string;
  /** Only of `alias`: the id that `userId` replaces. */
  @Optional() @IsString() @MaxLength(256) readonly previousId?: string;
}

/** The campaign of a touch, as UTM parameters or the Segment `context.campaign` named it. */
export class CampaignTouch {
  @Optional() @IsString() @MaxLength(256) readonly name?: string;
  @Optional() @IsString() @MaxLength(256) readonly source?: string;
  @Optional() @IsString() @MaxLength(256) readonly medium?: string;
  @Optional() @IsString() @MaxLength(256) readonly term?: string;
  @Optional() @IsString() @MaxLength(256) readonly content?: string;
}

export class ActivityRecordedV1 {
  /** Derived from source and message id, so the same message sent twice is the same activity. */
  @IsUuid() readonly activityId!: string;
  @IsString() @MaxLength(64) readonly sourceId!: string;
  @IsString() @MaxLength(256) readonly messageId!: string;
  @IsOpenIn(ACTIVITY_KINDS) readonly kind!: Open<ActivityKind>;
  /** The event's name, the page's name or the form's id; empty where the kind says it all. */
  @IsString() @MaxLength(256) readonly name!: string;
  @IsInstant() readonly occurredAt!: string;
  @IsInstant() readonly receivedAt!: string;
  /** Hash of the strongest stable identifier: the Kafka key, so that one person's activities keep their order. */
  @IsString() @MaxLength(64) readonly personKey!: string;
  @Nested(() => Identifiers) readonly identifiers!: Identifiers;
  @IsObject() readonly traits!: Record<string, unknown>;
  @IsObject() readonly properties!: Record<string, unknown>;
  /** Marketing's usual channel of the touch, such as `paid-search`, `email`, `direct`. */
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @Nested(() => CampaignTouch) readonly campaign?: CampaignTouch;
  @Optional() @IsString() @MaxLength(2048) readonly pageUrl?: string;
  @Optional() @IsString() @MaxLength(2048) readonly referrer?: string;
  /** The person agreed (true) or refused (false) to receive marketing; absent when nothing was said. */
  @Optional() @IsBoolean() readonly marketingConsent?: boolean;
  /** Sent by a bot, a mail scanner or a prefetcher: kept, never scored. */
  @IsBoolean() readonly bot!: boolean;
}

export const ActivityRecorded = defineEvent({
  type: 'activity.recorded.v1',
  topic: 'activity',
  producers: ['ingestion'],
  summary: 'A known source sent something a lead did, and it was accepted.',
  data: ActivityRecordedV1,
  key: (data) => data.personKey,
  subject: (data) => data.activityId,
  example: {
    activityId: '6f1c2a34-6d0a-4f6e-9d2b-8f9f2b1c7a10',
    sourceId: 'website',
    messageId: 'ajs-next-1767603600000-0b9c',
    kind: 'form',
    name: 'contact-sales',
    occurredAt: '2026-01-05T09:00:00.000Z',
    receivedAt: '2026-01-05T09:00:00.120Z',
    personKey: '9f86d081884c7d659a2feaa0c55ad015',
    identifiers: { email: 'ada@engines.example', anonymousId: '4d1c' },
    traits: { name: 'Ada King', company: 'Engines Ltd', jobTitle: 'Head of Operations', employees: 250 },
    properties: { interest: 'pricing' },
    channel: 'paid-search',
    campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
    pageUrl: 'https://www.engines.example/pricing',
    referrer: 'https://www.google.com/',
    marketingConsent: true,
    bot: false,
  },
});
