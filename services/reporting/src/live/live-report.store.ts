import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { FunnelReportStore } from '../funnel/funnel-report.store.js';
import { periodOf } from '../report/period.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { SlaReportStore } from '../sla/sla-report.store.js';
import type { LiveReport } from './live-report.js';

/** The reports of the stream, which requests over HTTP share. */
@Injectable()
export class LiveReportStore {
  constructor(
    private readonly funnel: FunnelReportStore,
    private readonly sla: SlaReportStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Counted now: an earlier snapshot does not have what changed since. */
  async snapshot(report: LiveReport): Promise<object> {
    const now = this.clock.now();
    if (report.type === 'sla') return this.snapshots.renewed(['sla'], () => this.sla.report(now));
    const { hours, by, name } = report;
    const { timeZone } = this.config;
    const { groups, ...total } = await this.snapshots.renewed(['funnel', by, hours, timeZone], () =>
      this.funnel.report(periodOf({ hours }, now, timeZone), by, now),
    );
    return name === 'funnel' ? total : { ...total, groups };
  }
}
