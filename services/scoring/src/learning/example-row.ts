import { isLesson, labelOfAll, type Outcome } from '@baton/learning';
import type { Facts } from './facts.js';
import type { JudgedHandoff } from './proposal.js';
import type { Example } from './training.js';

/** A hand-off as stored: its facts, its verdicts and the deals of the lead since, in order of time. */
export interface ExampleRow {
  /** JSON of {@link Facts}. */
  readonly facts: string;
  readonly at: number;
  readonly verdicts: readonly {
    readonly verdict: string;
    readonly teaches: string | null;
    readonly reason?: string | null;
  }[];
  readonly deals: readonly {
    readonly state: string;
    readonly teaches: string | null;
    readonly reason?: string | null;
  }[];
}

/** Rows that say whether the lead was worth its hand-off; those of which every outcome says nothing are dropped. */
export const examplesOf = (rows: readonly ExampleRow[]): Example[] =>
  rows.flatMap((row) => {
    const label = labelOfAll(outcomesOf(row));
    return label === undefined ? [] : [{ facts: JSON.parse(row.facts) as Facts, label, at: row.at }];
  });

/** As {@link examplesOf}, with the reason of the last outcome that speaks against the lead. */
export const judgedOf = (rows: readonly ExampleRow[]): JudgedHandoff[] =>
  rows.flatMap((row) =>
    examplesOf([row]).map((example) => ({
      ...example,
      reason: reasonOf(row),
    })),
  );

const reasonOf = ({ verdicts, deals }: ExampleRow): string | null =>
  [...verdicts, ...deals].findLast(({ teaches }) => teaches === 'fit' || teaches === 'engagement')?.reason ??
  null;

const outcomesOf = ({ verdicts, deals }: ExampleRow): Outcome[] => [
  ...verdicts.flatMap(({ verdict, teaches }) => outcomesIn(verdict, teaches)),
  // Of a deal that ended, the opening is an outcome, too.
  ...deals.flatMap(({ state, teaches }) => [{ kind: 'opportunity' } as const, ...outcomesIn(state, teaches)]),
];

const outcomesIn = (kind: string, teaches: string | null): Outcome[] => {
  switch (kind) {
    case 'accepted':
    case 'qualified':
    case 'won':
      return [{ kind }];
    case 'rejected':
    case 'lost':
    case 'churned':
      // A lesson that is not known here says nothing.
      return [{ kind, teaches: isLesson(teaches) ? teaches : 'nothing' }];
    default:
      return [];
  }
};
