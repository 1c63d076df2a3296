import type { RestatedCohorts } from '../api/shapes.js';
import type { Share } from '../live/conversion.js';

export const COHORT_LISTS = ['month', 'channel', 'campaign'] as const;
export type CohortList = (typeof COHORT_LISTS)[number];

/** Handed over, of all leads; accepted and won, of the leads handed over that sales judged. */
export const FIGURES = ['handoffs', 'accepted', 'won'] as const;
export type Figure = (typeof FIGURES)[number];

/** One figure of some leads: as it was, under what is in force and under the version replayed. */
export interface RestatedRow {
  /** Of the cohort. */
  readonly key: string;
  readonly label: string;
  readonly leads: number;
  readonly real: Share;
  readonly active: Share;
  readonly draft: Share;
}

type Counts = RestatedCohorts['total'];

/** A figure of each cohort. */
export const restatedRows = (cohorts: RestatedCohorts, by: CohortList, figure: Figure): RestatedRow[] =>
  cohorts[`${by}s`].map(({ key, ...counts }) => ({
    key,
    label: key || 'None',
    ...figuresOf(counts, figure),
  }));

/** The same figure of all leads. */
export const totalRow = ({ total }: RestatedCohorts, figure: Figure): RestatedRow => ({
  key: '',
  label: 'All',
  ...figuresOf(total, figure),
});

const figuresOf = (
  { leads, real, active, draft }: Counts,
  figure: Figure,
): Omit<RestatedRow, 'key' | 'label'> => {
  const share = (side: Counts['real']): Share => ({
    numerator: side[figure],
    denominator: figure === 'handoffs' ? leads : side.judged,
  });
  return { leads, real: share(real), active: share(active), draft: share(draft) };
};

/** How many leads would have been handed over, in a sentence. */
export const restatedSentence = (
  { total: { leads, real, active, draft } }: RestatedCohorts,
  version: string,
): string =>
  `Of ${leads.toLocaleString('en')} ${leads === 1 ? 'lead' : 'leads'}, ${real.handoffs.toLocaleString('en')} really handed over: ` +
  `${draft.handoffs.toLocaleString('en')} under ${version}, ${active.handoffs.toLocaleString('en')} under what is in force.`;
