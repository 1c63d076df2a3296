import {
  ATTRIBUTION_VERSION,
  AttributionRefused,
  creditSteps,
  type Credit,
  type Model,
  type Options,
} from '@baton/attribution';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { FreshnessStore } from '../report/freshness.store.js';
import { MAX_GROUPS, OTHER } from '../report/grouping.js';
import { ReportingConfig } from '../reporting.config.js';
import { sentenceOf } from './attribution-faults.js';
import type {
  AttributionReportResponse,
  FrequentPathsResponse,
  PathsPopulation,
} from './attribution-report.response.js';
import { Evaluations } from './evaluations.job.js';
import { PathReportStore, type PathsAsked } from './path-report.store.js';

export interface AttributionAsked extends PathsAsked {
  readonly models: readonly Model[];
  readonly options: Readonly<Partial<Record<Model, Options>>>;
}

/** Credits of paths that were stored, by the models of libs/attribution. */
@Injectable()
export class AttributionReportStore {
  constructor(
    private readonly paths: PathReportStore,
    private readonly evaluations: Evaluations,
    private readonly freshness: FreshnessStore,
    private readonly config: ReportingConfig,
  ) {}

  attribution(asked: AttributionAsked, now: Date): Promise<AttributionReportResponse> {
    return this.evaluations.run(async (inTurns) => {
      const { models, options } = asked;
      const { journeys, ...totals } = await this.paths.journeys(asked, {
        days: models.includes('time-decay'),
        nulls: models.includes('markov'),
      });
      const kept = await inTurns(journeys.largestKeys(MAX_GROUPS));
      const folded = await inTurns(journeys.built((key) => (key === '' || kept.has(key) ? key : OTHER)));
      const credits: Credit[][] = [];
      try {
        for (const model of models)
          credits.push(await inTurns(creditSteps(model, options[model] ?? {}, folded)));
      } catch (fault) {
        if (!(fault instanceof AttributionRefused)) throw fault;
        throw new DomainError('unprocessable', sentenceOf([fault]), {
          errors: [{ pointer: '/model', detail: fault.detail }],
        });
      }
      const label = await this.paths.labels(asked.by, folded.keys);
      return {
        ...(await this.population(asked, totals, now)),
        withTouches: totals.withTouches,
        models,
        version: ATTRIBUTION_VERSION,
        keys: sideBySide(models, credits).map(({ key, credits: of }) => ({ key: label(key), credits: of })),
      };
    });
  }

  async frequent(asked: PathsAsked, limit: number, now: Date): Promise<FrequentPathsResponse> {
    const { paths, distinct, ...totals } = await this.paths.frequent(asked, limit);
    const label = await this.paths.labels(asked.by, [...new Set(paths.flatMap(({ path }) => path))]);
    return {
      ...(await this.population(asked, totals, now)),
      distinct,
      paths: paths.map(({ path, ...of }) => ({ ...of, path: path.map(label) })),
    };
  }

  private async population(
    { milestone, by, period: { from, to, timeZone }, lookback }: PathsAsked,
    { conversions, value }: { readonly conversions: number; readonly value: number },
    now: Date,
  ): Promise<PathsPopulation> {
    return {
      ...{ milestone, by, from, to, timeZone, lookback },
      asOf: now.toISOString(),
      newestEventAt: await this.freshness.newestEventAt(),
      conversions,
      value,
      currency: this.config.currency,
    };
  }
}

/** One row per key with its credits by each model: all models have the same keys; their order is that of the first. */
const sideBySide = (
  models: readonly Model[],
  credits: readonly Credit[][],
): { key: string; credits: { model: Model; conversions: number; value: number }[] }[] => {
  const byModel = credits.map((of) => new Map(of.map((credit) => [credit.key, credit])));
  return (credits[0] ?? []).map(({ key }) => ({
    key,
    credits: models.map((model, index) => {
      const { conversions, value = 0 } = byModel[index]!.get(key)!;
      return { model, conversions, value };
    }),
  }));
};
