import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { DefinitionStore } from '../definition/definition.store.js';
import { FreshnessStore } from '../report/freshness.store.js';
import { COLUMN_OF, MAX_GROUPS, nameOf, type Grouping } from '../report/grouping.js';
import { dayOf, type Period } from '../report/period.js';
import { ALL_LEADS } from './funnel-facts.store.js';
import { COHORT, reportOf, stagesOf, type Count, type FunnelReport } from './funnel-report.js';

@Injectable()
export class FunnelReportStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly definitions: DefinitionStore,
    private readonly freshness: FreshnessStore,
  ) {}

  /** Of the leads created in a period, how many have reached each stage until `now`. */
  async report(period: Period, by: Grouping, now: Date): Promise<FunnelReport> {
    const [counts, funnels, newestEventAt] = await Promise.all([
      this.counts(period, by),
      this.definitions.inForce('funnel', now),
      this.freshness.newestEventAt(),
    ]);
    const [funnel] = funnels;
    return {
      by,
      ...period,
      asOf: now.toISOString(),
      newestEventAt,
      cohort: COHORT,
      funnelId: funnel?.id ?? null,
      // The oldest is no redefinition.
      redefinedAt: funnels
        .slice(0, -1)
        .filter(({ activeFrom }) => dayOf(activeFrom) >= period.from && dayOf(activeFrom) <= period.to)
        .map(({ activeFrom }) => activeFrom.toISOString()),
      ...reportOf(counts, stagesOf(funnel?.document ?? {}), ALL_LEADS),
    };
  }

  private counts({ from, to }: Period, by: Grouping): Promise<Count[]> {
    return this.database.rows<Count>(
      `with ranked as (
         select ${COLUMN_OF[by]} as key,
           row_number() over (order by coalesce(sum(leads) filter (where stage = $3), 0) desc, ${COLUMN_OF[by]}) as rank
         from funnel_cohorts where day between $1 and $2 group by 1
       )
       select ${nameOf(by, 'groups.key')} as key, stage, leads from (
         select case when rank <= ${MAX_GROUPS} then key end as key, stage, sum(leads)::int as leads
         from funnel_cohorts join ranked on key = ${COLUMN_OF[by]}
         where day between $1 and $2 group by 1, 2
       ) as groups`,
      [from, to, ALL_LEADS],
    );
  }
}
