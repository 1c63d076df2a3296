import { COHORT_GROUPINGS, type CohortGrouping } from '../report/grouping.js';

/** A report that a client of the stream shows: its name, as clients ask for it. */
export type LiveReport =
  | { readonly type: 'funnel'; readonly name: string; readonly hours: number; readonly by: CohortGrouping }
  | { readonly type: 'sla'; readonly name: string };

/** Periods of a funnel on the stream, hours: few, because each is counted again after every change. */
export const LIVE_HOURS = [24, 7 * 24, 30 * 24, 90 * 24] as const;
const MAX_SHOWN = 4;

/** `funnel`: of the last 30 days without groups. `funnel:24:channel`: of the last 24 hours with groups. `sla`. */
export const LIVE_REPORT = new RegExp(
  `^(sla|funnel|funnel:(${LIVE_HOURS.join('|')}):(${COHORT_GROUPINGS.join('|')}))$`,
);

/** What a client shows, each report once, at most four. */
export const shownBy = (names: string): LiveReport[] =>
  [...new Set(names.split(','))]
    .filter((name) => LIVE_REPORT.test(name))
    .slice(0, MAX_SHOWN)
    .map(reportOf);

const reportOf = (name: string): LiveReport => {
  if (name === 'sla') return { type: 'sla', name };
  const [, hours = '720', by = 'channel'] = name.split(':');
  return { type: 'funnel', name, hours: Number(hours), by: by as CohortGrouping };
};
