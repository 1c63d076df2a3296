import type { ActivityRecordedV1 } from '@baton/contracts';
import { identifiesOtherwise, type Activity } from './activity.js';
import { traitsOf } from './traits.js';
import type { ScorableActivity } from '../model/scoring-model.js';
import { unnestInsert } from './unnest-insert.js';

/** The parts of an activity that have no column. */
interface Detail {
  readonly properties?: ActivityRecordedV1['properties'];
  readonly traits?: ActivityRecordedV1['traits'];
  readonly campaign?: ActivityRecordedV1['campaign'];
  readonly pageUrl?: string;
  readonly referrer?: string;
  readonly consent?: boolean;
  /** Says who the person is without an address. */
  readonly identifies?: true;
  /** The profile of the address, when that is not the profile of the activity. */
  readonly emailProfileId?: string;
}

/** An activity with its lead, as it is added to the history. */
export interface ActivityToStore {
  readonly data: ActivityRecordedV1;
  /** Time of occurrence, ms since 1970. */
  readonly at: number;
  /** Null when the activity identifies nobody. */
  readonly profileId: string | null;
  /** The profile of its address. */
  readonly emailProfileId: string | undefined;
}

/** An activity of the history as the scoring rules see it. */
export interface HistoricActivity extends ScorableActivity {
  readonly id: string;
  readonly profileId: string;
}

/** An activity of the history with what it said about the person. */
export interface HistoricFacts extends Activity {
  readonly profileId: string;
}

/** An activity of the history as people see it. */
export interface StoredActivity extends HistoricActivity {
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

export interface ActivityRow {
  readonly id: string;
  readonly profile_id: string;
  readonly occurred_at: Date;
  readonly source_id: string;
  readonly kind: string;
  readonly name: string;
  readonly channel: string;
  readonly bot: boolean;
  readonly detail: Detail;
}

const insert = unnestInsert<ActivityToStore>([
  { name: 'id', type: 'uuid', of: ({ data }) => data.activityId },
  { name: 'profile_id', type: 'uuid', of: ({ profileId }) => profileId },
  { name: 'occurred_at', type: 'instant', of: ({ at }) => at },
  { name: 'received_at', type: 'instant', of: ({ data }) => Date.parse(data.receivedAt) },
  { name: 'source_id', type: 'text', of: ({ data }) => data.sourceId },
  { name: 'message_id', type: 'text', of: ({ data }) => data.messageId },
  { name: 'kind', type: 'text', of: ({ data }) => data.kind },
  { name: 'name', type: 'text', of: ({ data }) => data.name },
  { name: 'channel', type: 'text', of: ({ data }) => data.channel },
  { name: 'bot', type: 'boolean', of: ({ data }) => data.bot },
  { name: 'detail', type: 'jsonb', of: detailOf },
]);

export const INSERT_ACTIVITIES = `insert into activities (${insert.names}) ${insert.select}`;

/** The parameter values of {@link INSERT_ACTIVITIES}. */
export const toColumns = insert.values;

/** Without identifiers, which are stored in one place only. */
function detailOf({ data, profileId, emailProfileId }: ActivityToStore): Detail {
  const { properties, traits, campaign, pageUrl, referrer, marketingConsent } = data;
  const detail: { -readonly [Name in keyof Detail]: Detail[Name] } = {};
  if (!isEmpty(properties)) detail.properties = properties;
  if ('email' in traits) {
    const { email: _, ...others } = traits;
    if (!isEmpty(others)) detail.traits = others;
  } else if (!isEmpty(traits)) detail.traits = traits;
  if (campaign) detail.campaign = campaign;
  if (pageUrl !== undefined) detail.pageUrl = pageUrl;
  if (referrer !== undefined) detail.referrer = referrer;
  if (marketingConsent !== undefined) detail.consent = marketingConsent;
  if (data.identifiers.email === undefined && identifiesOtherwise(data)) detail.identifies = true;
  if (emailProfileId !== undefined && emailProfileId !== profileId) detail.emailProfileId = emailProfileId;
  return detail;
}

const isEmpty = (object: object): boolean => {
  for (const _ in object) return false;
  return true;
};

export const fromRow = (row: ActivityRow): HistoricActivity => ({
  id: row.id,
  profileId: row.profile_id,
  kind: row.kind,
  name: row.name,
  channel: row.channel,
  sourceId: row.source_id,
  properties: row.detail.properties ?? {},
  campaign: row.detail.campaign,
  pageUrl: row.detail.pageUrl,
  bot: row.bot,
  at: row.occurred_at.getTime(),
});

/** `email` is the address of the profile, which is stored as an identifier alone. */
export const toFacts = (row: ActivityRow & { received_at: Date; email: string | null }): HistoricFacts => ({
  ...fromRow(row),
  traits: traitsOf(row.detail.traits ?? {}, row.email ?? undefined),
  consent: row.detail.consent,
  identifies: row.email !== null || row.detail.identifies === true,
  receivedAt: row.received_at.getTime(),
  campaignName: row.detail.campaign?.name,
});
