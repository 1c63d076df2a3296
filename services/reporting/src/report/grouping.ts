/** Dimensions of activities. */
export const GROUPINGS = ['channel', 'campaign', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Dimensions of people: where they came from, where they are, whose they are. */
export const COHORT_GROUPINGS = ['channel', 'campaign', 'content', 'source', 'region', 'seller'] as const;
export type CohortGrouping = (typeof COHORT_GROUPINGS)[number];

/** Dimensions of touches. */
export const TOUCH_GROUPINGS = ['channel', 'campaign', 'content', 'source'] as const;
export type TouchGrouping = (typeof TOUCH_GROUPINGS)[number];

/** Column of counts of activities by grouping; those of people have the names of the dimensions. */
export const COLUMN_OF: Readonly<Record<Grouping, string>> = {
  channel: 'channel',
  campaign: 'campaign',
  source: 'source_id',
};

/** SQL for the name of a group by the SQL for its key: campaigns are counted by folded names. */
export const nameOf = (by: CohortGrouping, key: string): string =>
  by === 'campaign' ? `coalesce((select label from campaigns where campaigns.key = ${key}), ${key})` : key;

/** Max groups of a report: campaigns are free text, and a tracking parameter may differ with every visit. */
export const MAX_GROUPS = 100;

export const OTHER = '(other)';
export const NONE = '(none)';

/** Label of a group: `(none)` for what has no campaign, `(other)` (null) for all groups after the largest. */
export const labelOf = (key: string | null): string => (key === null ? OTHER : key === '' ? NONE : key);
