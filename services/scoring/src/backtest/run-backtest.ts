import { Clock, DomainError, Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { BacktestTotals, type BacktestResult } from './backtest-totals.js';
import { BacktestStore, MAX_RUNNING, type Progress } from './backtest.store.js';
import { ScoringConfig } from '../scoring.config.js';
import { ReplayHistoryStore } from './replay-history.store.js';
import { MAX_KEYS, RestatedCohorts } from './restated-cohorts.js';
import type { ReplayedDefinitions } from './stage-replay.js';

export interface BacktestInput {
  readonly draft: ReplayedDefinitions;
  readonly active: ReplayedDefinitions;
  /** Only so many of the newest leads; all without it. */
  readonly sample?: number | undefined;
  readonly requestedBy: string;
}

/** Milliseconds between two stored progresses, which also ask whether to go on. */
const PROGRESS_EVERY_MS = 500;

class Cancelled extends Error {}

/**
 * Replays the history under two pairs of definitions: one lead at a time in memory, a page of activities per step, so that requests
 * and messages are handled in between.
 */
@Injectable()
export class RunBacktest {
  constructor(
    private readonly backtests: BacktestStore,
    private readonly history: ReplayHistoryStore,
    private readonly config: ScoringConfig,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Starts a backtest and gives its id. @throws DomainError `too-many` while two are running */
  async start(input: BacktestInput): Promise<string> {
    const id = await this.backtests.begin(input.requestedBy, this.clock.now());
    if (id === null)
      throw new DomainError('too-many', `${MAX_RUNNING} backtests are running; wait for one, or cancel it.`, {
        retryAfter: 5,
      });
    void this.run(id, input);
    return id;
  }

  private async run(id: string, input: BacktestInput): Promise<void> {
    try {
      await this.backtests.end(id, { result: await this.replay(id, input) });
    } catch (fault) {
      if (fault instanceof Cancelled) return;
      this.log.warn({ err: fault }, 'a backtest failed');
      await this.backtests
        .end(id, { fault: 'It failed; the log of scoring says why. Start it again.' })
        .catch(() => undefined);
    }
  }

  private async replay(id: string, input: BacktestInput): Promise<BacktestResult> {
    const total = input.sample ?? (await this.history.countLeads());
    const now = this.clock.now().getTime();
    const totals = new BacktestTotals(await this.cohorts(input.sample, now));
    let progress: Progress = { leads: 0, total, activities: 0 };
    let nextReport = 0;
    const report = async (more: Partial<Progress>): Promise<void> => {
      progress = { ...progress, ...more };
      if (performance.now() < nextReport) return;
      nextReport = performance.now() + PROGRESS_EVERY_MS;
      if (!(await this.backtests.progress(id, progress, this.clock.now()))) throw new Cancelled();
    };
    for await (const leads of this.history.leadPages(input.sample)) {
      await this.history.replay(leads, {
        definitions: input,
        now,
        onLead: (lead) => totals.add(lead),
        onPage: (activities) => {
          for (const { at } of activities) totals.cover(at);
          return report({ activities: progress.activities + activities.length });
        },
      });
      await report({ leads: progress.leads + leads.length });
    }
    await this.backtests.progress(id, progress, this.clock.now());
    const sellers = await this.history.countSellers();
    return totals.result({ activities: progress.activities, sellers });
  }

  private async cohorts(sample: number | undefined, now: number): Promise<RestatedCohorts> {
    const [channels, campaigns] = await Promise.all([
      this.history.commonest('channel', { sample, limit: MAX_KEYS }),
      this.history.commonest('campaign', { sample, limit: MAX_KEYS }),
    ]);
    return new RestatedCohorts({ timeZone: this.config.timeZone, now, channels, campaigns });
  }
}
