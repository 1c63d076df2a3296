import { msOf, type Instant } from '../policy/duration.js';
import type { Agreement } from './agreement.js';
import type { Clause, Side } from './clause.js';
import type { Score } from './scorecard.js';

export const TASK_STATES = ['open', 'in-progress', 'done'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const TASK_CAUSES = ['foreseen', 'missed'] as const;

/** A promise that was missed, or is about to be, and what is to be done about it. One per period, segment and clause. */
export interface NewTask {
  /** Key of the period, such as `2026-11`. */
  readonly period: string;
  readonly segment: string;
  readonly segmentName: string;
  readonly clause: Clause;
  /** The team that owes it. */
  readonly team: Side;
  readonly cause: (typeof TASK_CAUSES)[number];
  readonly promised: number;
  readonly delivered: number | null;
  readonly forecast: number | null;
  readonly dueAt: Instant;
}

/** The tasks that a scorecard calls for. */
export const tasksOf = (
  scores: readonly Score[],
  { remediationDays }: Agreement,
  period: string,
  now: Instant,
): NewTask[] =>
  scores.flatMap(({ state, segment, segmentName, clause, side, promised, delivered, forecast }) =>
    state === 'missed' || state === 'at-risk'
      ? [
          {
            period,
            segment,
            segmentName,
            clause,
            team: side,
            cause: state === 'missed' ? 'missed' : 'foreseen',
            promised,
            delivered,
            forecast,
            dueAt: now + msOf({ amount: remediationDays, unit: 'days', calendar: 'elapsed' }),
          },
        ]
      : [],
  );
