import { isInstant, isUuid } from '@baton/contracts';

/** First seen last, active last, most points: each has an index of `lead_list`. */
export const LEAD_SORTS = ['newest', 'activity', 'score'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

/** Keyset of a page: the last lead of the page before. */
export interface LeadPosition {
  readonly sort: LeadSort;
  /** What the list is sorted by, as text: an instant with microseconds, or points. */
  readonly key: string;
  readonly id: string;
}

interface SortColumn {
  readonly column: string;
  readonly type: string;
  /** SQL of the key of a row named `leads`. */
  readonly key: string;
  readonly isKey: (value: unknown) => boolean;
}

const instant = (column: string): SortColumn => ({
  column,
  type: 'timestamptz',
  key: `to_char(leads.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  isKey: isInstant,
});

export const SORT_COLUMNS: Readonly<Record<LeadSort, SortColumn>> = {
  newest: instant('created_at'),
  activity: instant('last_activity_at'),
  score: {
    column: 'points',
    type: 'integer',
    key: 'leads.points::text',
    isKey: (value) => typeof value === 'string' && /^-?\d{1,9}$/.test(value),
  },
};

/** What a cursor of a list sorted like this must be. */
export const positionFieldsOf = (sort: LeadSort) => ({
  sort: (value: unknown) => value === sort,
  key: SORT_COLUMNS[sort].isKey,
  id: isUuid,
});
