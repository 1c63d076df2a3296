import type { Funnel, Outcome, RecycleRule, Return } from './funnel.js';
import type { SalesState } from './sales-status.js';

const DAY_MS = 86_400_000;
/** Applies when neither the seller nor the funnel names a wake date. */
const DEFAULT_REST_DAYS = 30;

/** Sales gives a lead back. Times are ms since 1970. */
export interface Returning {
  readonly on: Return;
  readonly reason: string | null;
  /** What the policy says of the reason; deals that ended are always recycled. */
  readonly outcome: Outcome;
  readonly at: number;
  /** The date the seller named. */
  readonly wakeAt?: number | undefined;
  readonly competitor?: string | undefined;
}

/** The rule for leads that are given back so: the first that fits. */
export const recycleRuleFor = (
  { recycle = [] }: Funnel,
  { on, reason }: Pick<Returning, 'on' | 'reason'>,
): RecycleRule | undefined =>
  recycle.find((rule) => rule.on === on && (!rule.reasons || rule.reasons.includes(reason ?? '')));

/**
 * The state after sales gave the lead back: disqualified when the reason is final, or when its rule recycles no more often and says so;
 * else recycled, with a wake date unless it rests until it asks again.
 */
export const giveBack = <State extends SalesState>(
  sales: State,
  returning: Returning,
  funnel: Funnel,
): State => {
  const { on, reason, at, wakeAt, competitor } = returning;
  const rule = recycleRuleFor(funnel, returning);
  const isLimit = rule?.maxTimes !== undefined && sales.recycling.times >= rule.maxTimes;
  const limit = returning.outcome === 'recycled' && isLimit ? (rule.then ?? 'nurture') : undefined;
  const outcome: Outcome = limit === 'disqualified' ? 'disqualified' : returning.outcome;
  const isFinal = outcome === 'disqualified' || limit === 'nurture';
  const exitRest = funnel.exits.find((exit) => exit.on === 'recycled')?.restDays;
  const restDays = rule?.restDays ?? exitRest ?? DEFAULT_REST_DAYS;
  return {
    ...sales,
    salesStatus: {
      state: 'returned',
      outcome,
      rejectedAt: at,
      wakeAt: isFinal ? null : (wakeAt ?? at + restDays * DAY_MS),
      why: {
        on,
        reason,
        rule: rule?.key ?? null,
        ...(competitor !== undefined && { competitor }),
        ...(limit && { limit }),
      },
    },
    recycling: { times: sales.recycling.times + Number(outcome === 'recycled'), back: null },
  };
};
