import { ReadDatabase } from '@baton/platform';
import { CLOCKS, type ClockName } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { FreshnessStore } from '../report/freshness.store.js';

export interface ClockCounts {
  readonly name: ClockName;
  readonly running: number;
  readonly overdue: number;
  readonly met: number;
  readonly breached: number;
}

/** A clock with the share that was met, of those that were met or breached. */
export interface RatedClock extends ClockCounts {
  readonly rate: { readonly numerator: number; readonly denominator: number };
}

export interface SlaReport {
  readonly asOf: string;
  readonly newestEventAt: string | null;
  readonly clocks: readonly RatedClock[];
  readonly sellers: readonly SellerCounts[];
}

export interface SellerCounts {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly breached: number;
}

/**
 * The state of every clock at $1, from the instants alone: a clock without an answer runs out without an event.
 * met: answered in time; breached: not answered when it was due, whatever happened later; stopped: taken away before it
 * was due; running: neither yet.
 */
const SHOWN_CLOCKS = `
  with clocks (name, seller_id, due, answered, ended) as (
    select 'accept', seller_id, accept_due_at, least(accepted_at, rejected_at), replaced_at
    from handoff_facts where accept_due_at is not null
    union all
    select 'first-touch', seller_id, touch_due_at, touched_at, least(rejected_at, replaced_at)
    from handoff_facts where touch_due_at is not null
  ), shown as (
    select name, seller_id, case
      when answered <= due and (ended is null or answered <= ended) then 'met'
      when coalesce(least(answered, ended), $1) >= due then 'breached'
      when ended is not null then 'stopped'
      else 'running' end as state,
      answered is null and ended is null and due <= $1 as overdue
    from clocks
  )`;

@Injectable()
export class SlaReportStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly freshness: FreshnessStore,
  ) {}

  /** The state of the clocks at `now`, in total and by seller. */
  async report(now: Date): Promise<SlaReport> {
    const [clocks, sellers, newestEventAt] = await Promise.all([
      this.clocks(now),
      this.sellers(now),
      this.freshness.newestEventAt(),
    ]);
    return {
      asOf: now.toISOString(),
      newestEventAt,
      clocks: CLOCKS.map((name) => withRate(clocks.find((clock) => clock.name === name) ?? noneOf(name))),
      sellers,
    };
  }

  clocks(now: Date): Promise<ClockCounts[]> {
    return this.database.rows<ClockCounts>(
      `${SHOWN_CLOCKS}
       select name,
         count(*) filter (where state = 'running')::int as running,
         count(*) filter (where overdue)::int as overdue,
         count(*) filter (where state = 'met')::int as met,
         count(*) filter (where state = 'breached')::int as breached
       from shown group by name`,
      [now],
    );
  }

  sellers(now: Date): Promise<SellerCounts[]> {
    return this.database.rows<SellerCounts>(
      `${SHOWN_CLOCKS}, breaches as (
         select seller_id, count(*) as breached from shown where state = 'breached' group by seller_id
       )
       select seller_id as id,
         (array_agg(seller_name order by seller_at desc, handoff_id, offer))[1] as name,
         count(*) filter (where coalesce(accepted_at, rejected_at, replaced_at) is null)::int as open,
         count(accepted_at)::int as accepted,
         count(rejected_at)::int as rejected,
         coalesce(max(breached), 0)::int as breached
       from handoff_facts left join breaches using (seller_id) group by seller_id order by name, id`,
      [now],
    );
  }
}

const noneOf = (name: ClockName): ClockCounts => ({ name, running: 0, overdue: 0, met: 0, breached: 0 });

const withRate = (clock: ClockCounts): RatedClock => ({
  ...clock,
  rate: { numerator: clock.met, denominator: clock.met + clock.breached },
});
