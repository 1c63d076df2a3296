import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Scorable } from '../score/tally.js';
import { traitsOf } from '../lead/traits.js';

/** An activity as the rules see it. */
export interface Activity extends Scorable {
  readonly id: string;
  /** What it told of the person; of a bot nothing is believed. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly consent: boolean | undefined;
  readonly hasEmail: boolean;
  readonly receivedAt: number;
  readonly campaignName: string | undefined;
}

/** What came in, with times as numbers. Nothing happens after it was received, whatever the sender's clock says. */
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
    told: data.bot ? {} : traitsOf(data.traits, data.identifiers.email),
    consent: data.bot ? undefined : data.marketingConsent,
    hasEmail: data.identifiers.email !== undefined,
  };
};
