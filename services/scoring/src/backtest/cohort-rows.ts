import type { HandoffCounts } from './handoff-counts.js';
import type { CohortCounts, Cohorts } from './restated-cohorts.js';

export const COHORT_LISTS = ['month', 'channel', 'campaign'] as const;
export type CohortList = (typeof COHORT_LISTS)[number];

/** Columns by name. */
type Row = Readonly<Record<string, string | number>>;

/** Cohorts as rows of a file: of each month, channel or campaign; of each month and channel without `by`. */
export const rowsOf = (cohorts: Cohorts, by: CohortList | undefined): Row[] => {
  if (by) return cohorts[`${by}s`].map((cohort) => ({ [by]: cohort.key, ...countsOf(cohort) }));
  return cohorts.cells.map((cell) => ({ month: cell.month, channel: cell.channel, ...countsOf(cell) }));
};

const countsOf = ({ leads, real, active, draft }: CohortCounts): Row => ({
  leads,
  ...prefixed('real', real),
  ...prefixed('active', active),
  ...prefixed('draft', draft),
});

const prefixed = (side: string, { handoffs, judged, accepted, won }: HandoffCounts): Row => ({
  [`${side}Handoffs`]: handoffs,
  [`${side}Judged`]: judged,
  [`${side}Accepted`]: accepted,
  [`${side}Won`]: won,
});
