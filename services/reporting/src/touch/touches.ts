import type { ActivityKind, ActivityRecordedV1, Open } from '@baton/contracts';
import { campaignKeyOf } from '../report/campaign.js';
import { dayOf } from '../report/period.js';

/** Activities of people and of bots on one day, by source, channel, campaign and kind. */
export interface TouchCount {
  readonly day: string;
  readonly sourceId: string;
  readonly channel: string;
  /** Its folded name; empty: none. */
  readonly campaign: string;
  readonly kind: Open<ActivityKind>;
  readonly touches: number;
  readonly bots: number;
}

/** The counts of these activities, one per group, in key order. */
export const touchesOf = (activities: readonly ActivityRecordedV1[]): TouchCount[] => {
  const counts = new Map<string, TouchCount>();
  for (const { occurredAt, sourceId, channel, campaign, kind, bot } of activities) {
    const group = {
      day: dayOf(occurredAt),
      sourceId,
      channel,
      campaign: campaignKeyOf(campaign?.name ?? ''),
      kind,
    };
    const key = JSON.stringify(group);
    const { touches = 0, bots = 0 } = counts.get(key) ?? {};
    counts.set(key, { ...group, touches: touches + (bot ? 0 : 1), bots: bots + (bot ? 1 : 0) });
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
};
