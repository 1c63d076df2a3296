import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** One pair of definitions on the leads that changed since the shadow began. */
export interface ShadowSide {
  /** Leads that became sales-ready since then, each once. */
  readonly handoffs: number;
  /** Leads that are sales-ready as of their last change. */
  readonly ready: number;
  /** Of those that sales accepted or rejected since then: ever sales-ready by these definitions. */
  readonly accepted: number;
  readonly rejected: number;
}

export interface ShadowSummary {
  readonly leads: number;
  /** Leads by who finds them sales-ready at some time. */
  readonly both: number;
  readonly draftOnly: number;
  readonly activeOnly: number;
  readonly neither: number;
  /** What sales said since then about these leads, whichever definition finds them sales-ready. */
  readonly accepted: number;
  readonly rejected: number;
  readonly draft: ShadowSide;
  readonly active: ShadowSide;
}

/** Leads with points of an interval, which has its upper end when it is the last. */
export interface PointsBin {
  readonly from: number;
  readonly to: number;
  readonly draft: number;
  readonly active: number;
}

export interface ShadowResults {
  readonly summary: ShadowSummary;
  /** Points by both in ten equal intervals; empty without a lead. */
  readonly distribution: readonly PointsBin[];
  /** Leads that are not evaluated yet. */
  readonly waiting: number;
  /** Leads that one side only finds sales-ready, last changed first. */
  readonly draftOnly: readonly string[];
  readonly activeOnly: readonly string[];
}

const BINS = 10;
/** Leads named per list. */
const MAX_NAMED = 50;

/** What the evaluated leads add up to; counted when it is asked for. */
@Injectable()
export class ShadowSummaryStore {
  constructor(private readonly database: ReadDatabase) {}

  /** @param since when the shadow began, ms since 1970 */
  async results(since: number): Promise<ShadowResults> {
    const [summary, distribution, waiting, draftOnly, activeOnly] = await Promise.all([
      this.summary(since),
      this.database.rows<PointsBin>(DISTRIBUTION),
      this.waiting(),
      this.named('draft'),
      this.named('active'),
    ]);
    return { summary, distribution, waiting, draftOnly, activeOnly };
  }

  private async summary(since: number): Promise<ShadowSummary> {
    const [row] = await this.database.rows<Row>(SUMMARY, [new Date(since).toISOString()]);
    const { draft_handoffs, draft_accepted, draft_rejected, draft_ready, ...rest } = row!;
    const { active_handoffs, active_accepted, active_rejected, active_ready, ...counts } = rest;
    return {
      ...counts,
      draft: {
        handoffs: draft_handoffs,
        ready: draft_ready,
        accepted: draft_accepted,
        rejected: draft_rejected,
      },
      active: {
        handoffs: active_handoffs,
        ready: active_ready,
        accepted: active_accepted,
        rejected: active_rejected,
      },
    };
  }

  private async named(by: 'draft' | 'active'): Promise<string[]> {
    const other = by === 'draft' ? 'active' : 'draft';
    const rows = await this.database.rows<{ lead_id: string }>(
      `select lead_id from shadow_leads where ${by}_first_ready_at is not null and ${other}_first_ready_at is null
       order by evaluated_at desc, lead_id limit ${MAX_NAMED}`,
    );
    return rows.map(({ lead_id }) => lead_id);
  }

  private async waiting(): Promise<number> {
    const [row] = await this.database.rows<{ n: number }>(
      'select count(distinct lead_id)::integer as n from shadow_changes',
    );
    return row!.n;
  }
}

type Row = Omit<ShadowSummary, 'draft' | 'active'> &
  Record<`${'draft' | 'active'}_${keyof ShadowSide}`, number>;

const sideOf = (side: 'draft' | 'active'): string => `
  count(*) filter (where ${side}_first_ready_at >= $1)::integer as ${side}_handoffs,
  count(*) filter (where ${side}_ready)::integer as ${side}_ready,
  count(*) filter (where ${side}_first_ready_at is not null and verdict <> 'rejected')::integer as ${side}_accepted,
  count(*) filter (where ${side}_first_ready_at is not null and verdict = 'rejected')::integer as ${side}_rejected`;

const by = (draft: boolean, active: boolean): string =>
  `count(*) filter (where (draft_first_ready_at is not null) = ${draft} and (active_first_ready_at is not null) = ${active})::integer`;

/** The last verdict since the shadow began counts. */
const SUMMARY = `
  select count(*)::integer as leads,
    ${by(true, true)} as both, ${by(true, false)} as "draftOnly", ${by(false, true)} as "activeOnly", ${by(false, false)} as neither,
    count(*) filter (where verdict <> 'rejected')::integer as accepted,
    count(*) filter (where verdict = 'rejected')::integer as rejected,
    ${sideOf('draft')}, ${sideOf('active')}
  from shadow_leads left join lateral (
    select verdict from verdicts where verdicts.lead_id = shadow_leads.lead_id and at >= $1 order by at desc, verdict limit 1
  ) last on true`;

const DISTRIBUTION = `
  with bounds as (
    select floor(least(min(draft_points), min(active_points))) as low,
      greatest(max(draft_points), max(active_points)) as high
    from shadow_leads
  ),
  steps as (select low, greatest(ceil((high - low) / ${BINS}), 1) as step from bounds where low is not null),
  binned as (
    select least(floor((draft_points - low) / step), ${BINS - 1})::integer as draft_bin,
      least(floor((active_points - low) / step), ${BINS - 1})::integer as active_bin
    from shadow_leads, steps
  )
  select low + bin * step as "from", low + (bin + 1) * step as "to",
    (select count(*) from binned where draft_bin = bin)::integer as draft,
    (select count(*) from binned where active_bin = bin)::integer as active
  from steps, generate_series(0, ${BINS - 1}) as bin order by bin`;
