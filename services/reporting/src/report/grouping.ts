/** Dimensions a report can be grouped by. */
export const GROUPINGS = ['channel', 'campaign', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Column of the rollups by grouping. */
export const COLUMN_OF: Readonly<Record<Grouping, string>> = {
  channel: 'channel',
  campaign: 'campaign',
  source: 'source_id',
};

/** SQL for the name of a group by the SQL for its key: campaigns are counted by folded names. */
export const nameOf = (by: Grouping, key: string): string =>
  by === 'campaign' ? `coalesce((select label from campaigns where campaigns.key = ${key}), ${key})` : key;

/** Max groups of a report: campaigns are free text, and a tracking parameter may differ with every visit. */
export const MAX_GROUPS = 100;

/** Label of a group: `(none)` for what has no campaign, `(other)` (null) for all groups after the largest. */
export const labelOf = (key: string | null): string =>
  key === null ? '(other)' : key === '' ? '(none)' : key;
