import type { BacktestAnswer, BacktestCohort, CohortHandoffs } from './gateway.client.js';
import { table } from './table.js';

type Cohorts = NonNullable<NonNullable<BacktestAnswer['result']>['cohorts']>;

const accepted = ({ accepted: some, judged }: CohortHandoffs): string =>
  judged === 0 ? '–' : `${some}/${judged}`;

/** The cohorts of a backtest as lines: by month, channel and campaign, as it was and under both pairs of definitions. */
export const cohortTables = ({ timeZone, months, channels, campaigns }: Cohorts): string[] => [
  '',
  `Leads by month of creation (${timeZone}), first channel and first campaign: handed over really and by both, accepted of judged.`,
  ...[tableOf('MONTH', months), tableOf('CHANNEL', channels), tableOf('CAMPAIGN', campaigns)].flatMap(
    (each) => ['', each],
  ),
];

const tableOf = (title: string, cohorts: readonly BacktestCohort[]): string =>
  table(
    [
      { title, value: ({ key }) => key || '(none)' },
      { title: 'LEADS', value: ({ leads }) => leads, right: true },
      { title: 'REAL', value: ({ real }) => real.handoffs, right: true },
      { title: 'ACTIVE', value: ({ active }) => active.handoffs, right: true },
      { title: 'DRAFT', value: ({ draft }) => draft.handoffs, right: true },
      { title: 'ACCEPTED: REAL', value: ({ real }) => accepted(real), right: true },
      { title: 'ACTIVE', value: ({ active }) => accepted(active), right: true },
      { title: 'DRAFT', value: ({ draft }) => accepted(draft), right: true },
    ],
    cohorts,
  );
