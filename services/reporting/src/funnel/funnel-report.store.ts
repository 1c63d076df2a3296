import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { DefinitionStore } from '../definition/definition.store.js';
import { FreshnessStore } from '../report/freshness.store.js';
import { MAX_GROUPS, nameOf, type CohortGrouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';
import {
  ALL_LEADS,
  COHORT,
  reportOf,
  stagesOf,
  type Count,
  type FunnelReport,
  type StageTime,
} from './funnel-report.js';

@Injectable()
export class FunnelReportStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly definitions: DefinitionStore,
    private readonly freshness: FreshnessStore,
  ) {}

  /** Of the people created in a period, how many have reached each stage until `now`, and in what time. */
  async report(period: Period, by: CohortGrouping, now: Date): Promise<FunnelReport> {
    const [counts, times, funnels, newestEventAt] = await Promise.all([
      this.counts(period, by),
      this.times(period),
      this.definitions.inForce('funnel', now),
      this.freshness.newestEventAt(),
    ]);
    const [funnel] = funnels;
    const { from, to, timeZone, start, end } = period;
    return {
      by,
      from,
      to,
      timeZone,
      asOf: now.toISOString(),
      newestEventAt,
      cohort: COHORT,
      funnelId: funnel?.id ?? null,
      // The oldest is no redefinition.
      redefinedAt: funnels
        .slice(0, -1)
        .filter(({ activeFrom }) => activeFrom >= start && activeFrom < end)
        .map(({ activeFrom }) => activeFrom.toISOString()),
      times,
      ...reportOf(counts, stagesOf(funnel?.document ?? {}), ALL_LEADS),
    };
  }

  private counts({ start, end }: Period, by: CohortGrouping): Promise<Count[]> {
    return this.database.rows<Count>(
      // Many people have reached the same stages, so few are divided into them.
      `with reached as (
         select ${by} as key, stages, count(*) as leads from people where created_at >= $1 and created_at < $2 group by 1, 2
       ), counted as (
         select key, stage, sum(leads) as leads
         from reached cross join lateral unnest(array_prepend($3::text, stages)) as stage group by 1, 2
       ), ranked as (
         select key, row_number() over (order by leads desc, key collate "C") as rank from counted where stage = $3
       )
       select ${nameOf(by, 'groups.key')} as key, stage, leads from (
         select case when rank <= ${MAX_GROUPS} then key end as key, stage, sum(leads)::int as leads
         from counted join ranked using (key) group by 1, 2
       ) as groups`,
      [start, end, ALL_LEADS],
    );
  }

  private times({ start, end }: Period): Promise<StageTime[]> {
    return this.database.rows<StageTime>(
      `select stage, count(*)::int as leads, (percentile_disc(0.5) within group (order by wait)) as "medianSeconds",
         (percentile_disc(0.9) within group (order by wait)) as "p90Seconds"
       from (select unnest(stages) as stage, unnest(waits) as wait from people where created_at >= $1 and created_at < $2) as reached
       where wait is not null group by 1 order by 1`,
      [start, end],
    );
  }
}
