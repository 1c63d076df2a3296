import { isInstant, isUuid } from '@baton/contracts';

/** First seen last, active last, most points: each has an index of `lead_list` or `lead_standings`. */
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
  /** Of a row of `lead_list` that is named `leads`, or of its row of `lead_standings`, named `standings`. */
  readonly table: 'leads' | 'standings';
  readonly column: string;
  readonly type: string;
  /** SQL of the key. */
  readonly key: string;
  readonly isKey: (value: unknown) => boolean;
}

const instant = (table: SortColumn['table'], column: string): SortColumn => ({
  table,
  column,
  type: 'timestamptz',
  key: `to_char(${table}.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  isKey: isInstant,
});

export const SORT_COLUMNS: Readonly<Record<LeadSort, SortColumn>> = {
  newest: instant('leads', 'created_at'),
  activity: instant('standings', 'last_activity_at'),
  score: {
    table: 'standings',
    column: 'points',
    type: 'integer',
    key: 'standings.points::text',
    isKey: (value) => typeof value === 'string' && /^-?\d{1,9}$/.test(value),
  },
};

/** What a cursor of a list sorted like this must be. */
export const positionFieldsOf = (sort: LeadSort) => ({
  sort: (value: unknown) => value === sort,
  key: SORT_COLUMNS[sort].isKey,
  id: isUuid,
});
