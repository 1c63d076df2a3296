import type { ActivityRecordedV1 } from '@baton/contracts';
import type { ScorableActivity } from '../model/scoring-model.js';
import { traitsOf } from './traits.js';

/** An activity as the rules of leads see it; times are ms since 1970. */
export interface Activity extends ScorableActivity {
  readonly id: string;
  /** Empty for bots, whose claims are ignored. */
  readonly traits: Readonly<Record<string, unknown>>;
  readonly consent: boolean | undefined;
  /** Says who the person is: has an address, a phone number or a CRM id. */
  readonly identifies: boolean;
  readonly receivedAt: number;
  readonly campaignName: string | undefined;
}

const NO_TRAITS: Readonly<Record<string, unknown>> = {};

/** Whether an activity says who the person is by something else than an address. */
export const identifiesOtherwise = ({ identifiers }: ActivityRecordedV1): boolean =>
  identifiers.crmId !== undefined || identifiers.phone !== undefined;

/** Parses times and traits. An occurrence later than the receipt, by a wrong clock of the sender, is moved to the receipt. */
export const activityOf = (data: ActivityRecordedV1): Activity => {
  const receivedAt = Date.parse(data.receivedAt);
  return {
    id: data.activityId,
    kind: data.kind,
    name: data.name,
    channel: data.channel,
    sourceId: data.sourceId,
    properties: data.properties,
    campaign: data.campaign,
    campaignName: data.campaign?.name,
    pageUrl: data.pageUrl,
    bot: data.bot,
    at: Math.min(Date.parse(data.occurredAt), receivedAt),
    receivedAt,
    traits: data.bot ? NO_TRAITS : traitsOf(data.traits, data.identifiers.email),
    consent: data.bot ? undefined : data.marketingConsent,
    identifies: data.identifiers.email !== undefined || identifiesOtherwise(data),
  };
};
