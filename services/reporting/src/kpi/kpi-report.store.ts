import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Period } from '../report/period.js';
import { ReportingConfig } from '../reporting.config.js';

/** A share, or an amount per something: both parts, so that a reader sees how much it is of how much. */
export interface Ratio {
  readonly key: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** Seconds that something took in the middle case and in nine of ten. */
export interface Duration {
  readonly key: string;
  readonly count: number;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
}

const MAX_NAMES = 50;
const inPeriod = (column: string): string => `${column} >= $1 and ${column} < $2`;
const count = (condition: string): string => `(count(*) filter (where ${condition}))::int`;

/** Steps whose conversion both teams share: people who reached the first in the period, and of them those who reached the second until now. */
const STEPS = [
  ['lead', 'mql'],
  ['mql', 'sal'],
  ['sal', 'sql'],
  ['sql', 'won'],
  ['lead', 'won'],
] as const;

@Injectable()
export class KpiReportStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly config: ReportingConfig,
  ) {}

  conversions({ start, end }: Period): Promise<Ratio[]> {
    const counts = STEPS.map(
      ([first, second], place) => `
        select ${place} as place, '${first}-to-${second}' as key, count(next.lead_id)::int as numerator, count(*)::int as denominator
        from paths p left join paths next on next.lead_id = p.lead_id and next.milestone = '${second}'
        where p.milestone = '${first}' and ${inPeriod('p.at')}`,
    );
    return this.database.rows<Ratio>(
      `select key, numerator, denominator from (${counts.join(' union all ')}) as steps order by place`,
      [start, end],
    );
  }

  /** Of offers made in the period: answered and touched in time, of those whose clock ended until `now`; accepted of those decided. */
  async agreement({ start, end }: Period, now: Date): Promise<Ratio[]> {
    const [row] = await this.database.rows<Record<string, number>>(
      `select ${count('answered <= accept_due_at and (replaced_at is null or answered <= replaced_at)')} as "acceptMet",
         ${count('answered <= accept_due_at and (replaced_at is null or answered <= replaced_at) or coalesce(least(answered, replaced_at), $3) >= accept_due_at')} as "acceptEnded",
         ${count('touched_at <= touch_due_at')} as "touchMet",
         ${count('touched_at <= touch_due_at or coalesce(least(touched_at, rejected_at, replaced_at), $3) >= touch_due_at')} as "touchEnded",
         ${count('accepted_at is not null')} as accepted, ${count('accepted_at is not null or rejected_at is not null')} as decided
       from (select *, least(accepted_at, rejected_at) as answered from handoff_facts where ${inPeriod('offered_at')}) as offers`,
      [start, end, now],
    );
    const of = row!;
    return [
      { key: 'accept-in-time', numerator: of['acceptMet']!, denominator: of['acceptEnded']! },
      { key: 'first-touch-in-time', numerator: of['touchMet']!, denominator: of['touchEnded']! },
      { key: 'acceptance', numerator: of['accepted']!, denominator: of['decided']! },
    ];
  }

  /** Reasons of the rejections in the period, of all of them. */
  rejections({ start, end }: Period): Promise<Ratio[]> {
    return this.database.rows<Ratio>(
      `select reject_reason as key, count(*)::int as numerator, (sum(count(*)) over ())::int as denominator
       from handoff_facts where ${inPeriod('rejected_at')} group by 1 order by 2 desc, 1 limit ${MAX_NAMES}`,
      [start, end],
    );
  }

  /** Deals decided in the period: won of all, and lost to each competitor of all. A deal lost and won later is won. */
  async deals({ start, end }: Period): Promise<{ readonly rates: Ratio[]; readonly competitors: Ratio[] }> {
    const [row] = await this.database.rows<Record<string, number>>(
      `select ${count(inPeriod('won_at'))} as won, ${count(`won_at is null and ${inPeriod('lost_at')}`)} as lost,
         ${count('won_at < $2 and (churned_at is null or churned_at >= $1)')} as customers,
         ${count(`won_at is not null and ${inPeriod('churned_at')}`)} as churned
       from deal_facts`,
      [start, end],
    );
    const { won = 0, lost = 0, customers = 0, churned = 0 } = row!;
    const competitors = await this.database.rows<Ratio>(
      `select competitor as key, count(*)::int as numerator, $3::int as denominator from deal_facts
       where won_at is null and ${inPeriod('lost_at')} and competitor <> '' group by 1 order by 2 desc, 1 limit ${MAX_NAMES}`,
      [start, end, won + lost],
    );
    return {
      rates: [
        { key: 'win-rate', numerator: won, denominator: won + lost },
        { key: 'retention', numerator: customers - churned, denominator: customers },
        { key: 'churn', numerator: churned, denominator: customers },
      ],
      competitors,
    };
  }

  /** Amounts in the currency of the settings, each with the number it is spread over. */
  async money(period: Period): Promise<{ readonly amounts: Ratio[]; readonly otherCurrencies: number }> {
    const { start, end } = period;
    const [row] = await this.database.rows<Record<string, number>>(
      `with deals as (
         select coalesce(sum(amount) filter (where ${inPeriod('won_at')} and currency = $3), 0)::float8 as revenue,
           ${count(`${inPeriod('won_at')} and currency = $3`)} as won,
           ${count(`${inPeriod('won_at')} and currency <> $3`)} as other,
           coalesce(sum(amount) filter (where won_at >= $1::timestamptz - ($2::timestamptz - $1::timestamptz) and won_at < $1 and currency = $3), 0)::float8 as before
         from deal_facts
       ), renewed as (
         select coalesce(sum(amount), 0)::float8 as renewals, count(*)::int as renewal_count from deal_renewals
         where ${inPeriod('renewed_at')} and currency = $3
       ), spent as (
         select coalesce(sum(amount), 0)::float8 as cost from campaign_costs where day between $4 and $5
       ), reached as (
         select ${count(`milestone = 'lead'`)} as leads, ${count(`milestone = 'sal'`)} as sals, ${count(`milestone = 'won'`)} as customers
         from paths where milestone in ('lead', 'sal', 'won') and ${inPeriod('at')}
       )
       select * from deals, renewed, spent, reached`,
      [start, end, this.config.currency, period.from, period.to],
    );
    const { revenue = 0, won = 0, other = 0, before = 0, renewals = 0, renewal_count = 0, cost = 0 } = row!;
    const { leads = 0, sals = 0, customers = 0 } = row!;
    return {
      otherCurrencies: other,
      amounts: [
        { key: 'revenue', numerator: revenue, denominator: won },
        { key: 'revenue-before', numerator: before, denominator: 1 },
        { key: 'renewals', numerator: renewals, denominator: renewal_count },
        { key: 'cost-per-lead', numerator: cost, denominator: leads },
        { key: 'cost-per-sal', numerator: cost, denominator: sals },
        { key: 'cost-per-customer', numerator: cost, denominator: customers },
      ],
    };
  }

  /**
   * From the stage before to each stage reached in the period, from offer to first touch, from first activity and from opening to won.
   * `reached` is in order of time, so that people who reached nothing since the period began are passed over.
   */
  times({ start, end }: Period): Promise<Duration[]> {
    const summed = (place: number, key: string, seconds: string, from: string): string => `
      select ${place} as place, ${key} as key, count(*)::int as count,
        (percentile_disc(0.5) within group (order by ${seconds}))::float8 as "medianSeconds",
        (percentile_disc(0.9) within group (order by ${seconds}))::float8 as "p90Seconds" from ${from}`;
    const between = (begin: string, stop: string): string => `extract(epoch from ${stop} - ${begin})::float8`;
    const each = [
      `${summed(
        1,
        `'to-' || stage`,
        'wait',
        // Several `unnest` in a select list take half the time of one of several lists in `from`.
        `(select unnest(stages) as stage, unnest(reached) as at, unnest(waits) as wait from people
          where created_at < $2 and reached[cardinality(reached)] >= $1) as reached
         where ${inPeriod('at')} and wait is not null`,
      )} group by stage`,
      summed(
        2,
        `'first-touch'`,
        between('offered_at', 'touched_at'),
        `handoff_facts where ${inPeriod('touched_at')} and offered_at is not null`,
      ),
      summed(
        3,
        `'buying-cycle'`,
        between('created_at', 'won_at'),
        `people where ${inPeriod('won_at')} and created_at is not null`,
      ),
      summed(
        4,
        `'deal-cycle'`,
        between('opened_at', 'won_at'),
        `deal_facts where ${inPeriod('won_at')} and opened_at is not null`,
      ),
    ];
    return this.database.rows<Duration>(
      `select key, count, "medianSeconds", "p90Seconds" from (${each.join(' union all ')}) as times
       where count > 0 order by place, key limit ${MAX_NAMES}`,
      [start, end],
    );
  }
}
