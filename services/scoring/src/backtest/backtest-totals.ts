import { NO_HANDOFFS, withHandoff, type HandoffCounts } from './handoff-counts.js';
import type { Readiness, RealOutcome, ReplayedLead } from './replayed-lead.js';
import type { Cohorts, RestatedCohorts } from './restated-cohorts.js';

/** One pair of definitions over the whole history. */
export interface SideTotals extends HandoffCounts {
  /** Leads that are sales-ready at the end. */
  readonly ready: number;
  /** Of 100 judged hand-offs; null without one. */
  readonly acceptedPer100: number | null;
  readonly wonPer100: number | null;
  readonly perSellerAndDay: number;
  /** Hand-offs per seller on the busiest day. */
  readonly busiestDay: { readonly day: string; readonly perSeller: number } | null;
}

export interface BacktestResult {
  readonly leads: number;
  readonly activities: number;
  readonly sellers: number;
  readonly days: number;
  readonly draft: SideTotals;
  readonly active: SideTotals;
  /** Leads that are sales-ready at some time by the draft only. */
  readonly becomes: { readonly count: number; readonly leadIds: readonly string[] };
  /** Leads that are sales-ready at some time by the active definitions only. */
  readonly stops: { readonly count: number; readonly leadIds: readonly string[] };
  /** Absent in results that were stored before there were cohorts. */
  readonly cohorts?: Cohorts;
}

/** Max leads named per list. */
const MAX_NAMED = 50;
const DAY_MS = 86_400_000;

const newSide = () => ({ counts: NO_HANDOFFS, ready: 0, byDay: new Map<number, number>() });

type Side = ReturnType<typeof newSide>;

/** Sums replayed leads; memory grows with the days of the history only. */
export class BacktestTotals {
  private leads = 0;
  private readonly draft = newSide();
  private readonly active = newSide();
  private readonly becomes = { count: 0, leadIds: [] as string[] };
  private readonly stops = { count: 0, leadIds: [] as string[] };
  private readonly span = { from: Infinity, to: -Infinity };

  constructor(private readonly cohorts: RestatedCohorts) {}

  add(lead: ReplayedLead): void {
    this.leads += 1;
    this.cohorts.add(lead);
    for (const side of ['draft', 'active'] as const) count(this[side], lead[side], lead.outcome);
    const [byDraft, byActive] = [lead.draft.firstReadyAt !== null, lead.active.firstReadyAt !== null];
    if (byDraft && !byActive) name(this.becomes, lead.id);
    if (byActive && !byDraft) name(this.stops, lead.id);
  }

  /** Extends the time that the load per day is averaged over (ms since 1970). */
  cover(at: number): void {
    this.span.from = Math.min(this.span.from, at);
    this.span.to = Math.max(this.span.to, at);
  }

  result({ activities, sellers }: { activities: number; sellers: number }): BacktestResult {
    const { from, to } = this.span;
    const days = from > to ? 1 : Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS) + 1;
    const many = Math.max(1, sellers);
    return {
      leads: this.leads,
      activities,
      sellers,
      days,
      draft: totalsOf(this.draft, many, days),
      active: totalsOf(this.active, many, days),
      becomes: this.becomes,
      stops: this.stops,
      cohorts: this.cohorts.result(),
    };
  }
}

const count = (side: Side, { firstReadyAt, isReady }: Readiness, outcome: RealOutcome): void => {
  if (isReady) side.ready += 1;
  if (firstReadyAt === null) return;
  side.counts = withHandoff(side.counts, outcome);
  const day = Math.floor(firstReadyAt / DAY_MS);
  side.byDay.set(day, (side.byDay.get(day) ?? 0) + 1);
};

const name = (list: { count: number; leadIds: string[] }, id: string): void => {
  list.count += 1;
  if (list.leadIds.length < MAX_NAMED) list.leadIds.push(id);
};

const rounded = (value: number): number => Math.round(value * 100) / 100;

const totalsOf = ({ byDay, counts, ready }: Side, sellers: number, days: number): SideTotals => {
  const { handoffs, judged, accepted, won } = counts;
  let busiest: [day: number, count: number] | null = null;
  for (const [day, count] of byDay) if (!busiest || count > busiest[1]) busiest = [day, count];
  return {
    ...counts,
    ready,
    acceptedPer100: judged === 0 ? null : rounded((100 * accepted) / judged),
    wonPer100: judged === 0 ? null : rounded((100 * won) / judged),
    perSellerAndDay: rounded(handoffs / sellers / days),
    busiestDay: busiest && {
      day: new Date(busiest[0] * DAY_MS).toISOString().slice(0, 10),
      perSeller: rounded(busiest[1] / sellers),
    },
  };
};
