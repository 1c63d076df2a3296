import type { CalendarPeriod } from '@baton/calendar';
import type { Instant } from '../policy/duration.js';
import type { Agreement } from './agreement.js';
import { CLAUSES, promisedBy, SIDE_OF, type Clause, type Side } from './clause.js';

export const SCORE_STATES = ['on-track', 'at-risk', 'met', 'missed'] as const;
export type ScoreState = (typeof SCORE_STATES)[number];

/** What the ledger and the open hand-offs have for a clause of a segment in a period. */
export interface ClauseCounts {
  readonly segment: string;
  readonly clause: Clause;
  readonly credits: number;
  readonly debits: number;
  /** Due in the rest of the period. */
  readonly open: number;
  /** Ran out, and not in the ledger yet. */
  readonly overdue: number;
}

/** A promise beside what was kept of it. */
export interface Score {
  readonly segment: string;
  readonly segmentName: string;
  readonly clause: Clause;
  readonly side: Side;
  /** A number of leads for `leads`, a percentage for every other clause. */
  readonly promised: number;
  /** In the same unit; null when there was nothing to keep. */
  readonly delivered: number | null;
  readonly numerator: number;
  readonly denominator: number;
  /** What will be delivered at the end of the period if it goes on like this; null when too little is known. */
  readonly forecast: number | null;
  readonly state: ScoreState;
}

/** Part of a period after which the number of leads so far says something about its end. */
const MIN_SHARE = 0.1;
/** Cases after which a percentage says something. */
const MIN_CASES = 5;

/** The agreement against the facts of a period, for each segment and clause. */
export const scorecardOf = (
  { segments }: Agreement,
  counts: readonly ClauseCounts[],
  period: CalendarPeriod,
  now: Instant,
): Score[] =>
  segments.flatMap((segment) =>
    CLAUSES.map((clause) => {
      const found = counts.find((each) => each.segment === segment.key && each.clause === clause) ?? NOTHING;
      const promised = promisedBy(segment, clause);
      const figures =
        clause === 'leads' ? leadFigures(found, promised, period, now) : partFigures(found, period, now);
      return {
        segment: segment.key,
        segmentName: segment.name,
        clause,
        side: SIDE_OF[clause],
        promised,
        ...figures,
        state: stateOf(figures, promised, { isOver: now >= period.end, isPart: clause !== 'leads' }),
      };
    }),
  );

type Counted = Omit<ClauseCounts, 'segment' | 'clause'>;
type Figures = Pick<Score, 'delivered' | 'numerator' | 'denominator' | 'forecast'>;

const NOTHING: Counted = { credits: 0, debits: 0, open: 0, overdue: 0 };

const leadFigures = (
  { credits, debits }: Counted,
  promised: number,
  { start, end }: CalendarPeriod,
  now: Instant,
): Figures => {
  const delivered = credits - debits;
  const share = Math.min((now - start) / (end - start), 1);
  const forecast = share >= MIN_SHARE ? Math.round(delivered / share) : null;
  return { delivered, numerator: delivered, denominator: promised, forecast };
};

/** What is open is expected to be kept as often as what is decided; what ran out is not. */
const partFigures = (
  { credits, debits, open, overdue }: Counted,
  { end }: CalendarPeriod,
  now: Instant,
): Figures => {
  const decided = credits + debits;
  const rate = decided > 0 ? credits / decided : 1;
  const still = now < end ? open : 0;
  const all = decided + overdue + still;
  return {
    delivered: decided > 0 ? percent(rate) : null,
    numerator: credits,
    denominator: decided,
    forecast: decided + overdue >= MIN_CASES ? percent((credits + rate * still) / all) : null,
  };
};

const percent = (part: number): number => Math.round(part * 1_000) / 10;

const stateOf = (
  { delivered, numerator, denominator, forecast }: Figures,
  promised: number,
  { isOver, isPart }: { readonly isOver: boolean; readonly isPart: boolean },
): ScoreState => {
  const isKept = isPart
    ? delivered === null || numerator * 100 >= promised * denominator
    : numerator >= promised;
  if (isOver) return isKept ? 'met' : 'missed';
  if (!isPart && isKept) return 'met';
  // What was not kept once can never become all again.
  if (isPart && promised === 100 && !isKept) return 'missed';
  return forecast !== null && forecast < promised ? 'at-risk' : 'on-track';
};
