import { IsBoolean, IsObject, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { IsUuid } from '../uuid.js';

export const ACTIVITY_KINDS = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'form'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Identifiers of the person, at least one of them. E-mail addresses are trimmed and lower case. */
export class Identifiers {
  @Optional() @IsString() @MaxLength(320) readonly email?: string;
  @Optional() @IsString() @MaxLength(256) readonly userId?: string;
  /** Id of the person in a CRM, after the name of the system: `salesforce:00Q5g00000ABCDE`, or `crm:17`. */
  @Optional() @IsString() @MaxLength(256) readonly crmId?: string;
  /** With its country code: E.164, ` ext. 12` after it for an extension. */
  @Optional() @IsString() @MaxLength(64) readonly phone?: string;
  @Optional() @IsString() @MaxLength(256) readonly anonymousId?: string;
  /** Only for `alias`: the id that `userId` replaces. */
  @Optional() @IsString() @MaxLength(256) readonly previousId?: string;
}

/** Campaign of a touchpoint, from UTM parameters or `context.campaign` of the Segment protocol. */
export class CampaignTouch {
  @Optional() @IsString() @MaxLength(256) readonly name?: string;
  @Optional() @IsString() @MaxLength(256) readonly source?: string;
  @Optional() @IsString() @MaxLength(256) readonly medium?: string;
  @Optional() @IsString() @MaxLength(256) readonly term?: string;
  @Optional() @IsString() @MaxLength(256) readonly content?: string;
}

export class ActivityRecordedV1 {
  /** Derived from source and message id, so that a message sent twice is one activity. */
  @IsUuid() readonly activityId!: string;
  @IsString() @MaxLength(64) readonly sourceId!: string;
  @IsString() @MaxLength(256) readonly messageId!: string;
  @IsOpenIn(ACTIVITY_KINDS) readonly kind!: Open<ActivityKind>;
  /** Name of the event or page, or id of the form; empty for kinds without a name. */
  @IsString() @MaxLength(256) readonly name!: string;
  @IsInstant() readonly occurredAt!: string;
  @IsInstant() readonly receivedAt!: string;
  /** Hash of the first of anonymous id, user id, e-mail address, CRM id and phone number; the Kafka key. Activities with the same key keep their order. */
  @IsString() @MaxLength(64) readonly personKey!: string;
  @Nested(() => Identifiers) readonly identifiers!: Identifiers;
  @IsObject() readonly traits!: Record<string, unknown>;
  @IsObject() readonly properties!: Record<string, unknown>;
  /** Marketing channel of the touchpoint, such as `paid-search`, `email`, `direct`. */
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @Nested(() => CampaignTouch) readonly campaign?: CampaignTouch;
  @Optional() @IsString() @MaxLength(2048) readonly pageUrl?: string;
  @Optional() @IsString() @MaxLength(2048) readonly referrer?: string;
  /** Agreed (true) or refused (false) to receive marketing; absent when the activity contains neither. */
  @Optional() @IsBoolean() readonly marketingConsent?: boolean;
  /** Sent by a bot, a mail scanner or a prefetcher: stored, never scored. */
  @IsBoolean() readonly bot!: boolean;
}

export const ActivityRecorded = defineEvent({
  type: 'activity.recorded.v1',
  topic: 'activity',
  producers: ['ingestion'],
  summary: 'A known source reported an activity, and it was accepted.',
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
