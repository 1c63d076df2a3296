/** What a report may be grouped by. */
export const GROUPINGS = ['channel', 'campaign', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The column of the rollups that a grouping means. */
export const COLUMN_OF: Readonly<Record<Grouping, string>> = {
  channel: 'channel',
  campaign: 'campaign',
  source: 'source_id',
};
