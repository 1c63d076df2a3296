import type { ReceivedActivity } from '../api/shapes.js';

/** Channel, campaign and page of an activity, by the names they are shown with. */
export const originOf = ({
  channel,
  campaign = {},
  pageUrl,
  referrer,
}: Pick<ReceivedActivity, 'channel' | 'campaign' | 'pageUrl' | 'referrer'>): Record<string, unknown> => ({
  channel,
  campaign: campaign['name'],
  ...Object.fromEntries(
    Object.entries(campaign)
      .filter(([part]) => part !== 'name')
      .map(([part, value]) => [`campaign ${part}`, value]),
  ),
  page: pageUrl,
  referrer,
});
