import {
  ATTRIBUTION_VERSION,
  AttributionRefused,
  evaluationSteps,
  type Credit,
  type Model,
  type Options,
  type Path,
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
import { keysKept } from './folded-paths.js';
import { PathReportStore, type CountedPath, type PathsAsked } from './path-report.store.js';

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
      const counted = await this.paths.distinct(asked, asked.models.includes('time-decay'));
      const nulls = asked.models.includes('markov') ? await this.paths.nulls(asked) : [];
      const kept = keysKept([...counted, ...nulls], MAX_GROUPS);
      const rows = pathsOf(counted, kept);
      const credits: Credit[][] = [];
      try {
        for (const model of asked.models) {
          const paths = model === 'markov' ? [...rows, ...nullsOf(nulls, kept)] : rows;
          const options = asked.options[model];
          credits.push(
            paths.length === 0
              ? []
              : await inTurns(evaluationSteps({ model, paths, ...(options && { options }) })),
          );
        }
      } catch (fault) {
        if (!(fault instanceof AttributionRefused)) throw fault;
        throw new DomainError('unprocessable', sentenceOf([fault]), {
          errors: [{ pointer: '/model', detail: fault.detail }],
        });
      }
      const label = await this.paths.labels(asked.by, [...kept]);
      return {
        ...(await this.population(asked, counted, now)),
        withTouches: sum(counted.filter(({ path }) => path.length > 0).map(({ conversions }) => conversions)),
        models: asked.models,
        version: ATTRIBUTION_VERSION,
        keys: sideBySide(asked.models, credits).map(({ key, credits: of }) => ({
          key: label(key),
          credits: of,
        })),
      };
    });
  }

  async frequent(asked: PathsAsked, limit: number, now: Date): Promise<FrequentPathsResponse> {
    const { paths, distinct, ...totals } = await this.paths.frequent(asked, limit);
    const label = await this.paths.labels(asked.by, [...new Set(paths.flatMap(({ path }) => path))]);
    return {
      ...(await this.population(asked, [{ path: [], ...totals }], now)),
      distinct,
      paths: paths.map(({ path, ...of }) => ({ ...of, path: path.map(label) })),
    };
  }

  private async population(
    { milestone, by, period: { from, to, timeZone }, lookback }: PathsAsked,
    counted: readonly CountedPath[],
    now: Date,
  ): Promise<PathsPopulation> {
    return {
      ...{ milestone, by, from, to, timeZone, lookback },
      asOf: now.toISOString(),
      newestEventAt: await this.freshness.newestEventAt(),
      conversions: sum(counted.map(({ conversions }) => conversions)),
      // In thousandths, so that the sum of doubles is exact.
      value: sum(counted.map(({ value }) => Math.round(value * 1_000))) / 1_000,
      currency: this.config.currency,
    };
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, number) => so + number, 0);

const foldedOf = ({ path }: CountedPath, kept: ReadonlySet<string>): readonly string[] =>
  path.length === 0
    ? ['']
    : path.every((key) => kept.has(key))
      ? path
      : path.map((key) => (kept.has(key) ? key : OTHER));

const pathsOf = (counted: readonly CountedPath[], kept: ReadonlySet<string>): Path[] =>
  counted.map((row) => ({
    path: foldedOf(row, kept),
    conversions: row.conversions,
    value: row.value,
    ...(row.days && { daysBefore: row.days.length > 0 ? row.days : [0] }),
  }));

const nullsOf = (counted: readonly CountedPath[], kept: ReadonlySet<string>): Path[] =>
  counted.map((row) => ({ path: foldedOf(row, kept), conversions: 0, nulls: row.conversions }));

/** One row per key with its credits by each model. */
const sideBySide = (
  models: readonly Model[],
  credits: readonly Credit[][],
): { key: string; credits: { model: Model; conversions: number; value: number }[] }[] => {
  const byModel = credits.map((of) => new Map(of.map((credit) => [credit.key, credit])));
  // Markov knows keys of journeys that did not convert; the order of the first model comes first.
  const keys = [...new Set(credits.flatMap((of) => of.map(({ key }) => key)))];
  return keys.map((key) => ({
    key,
    credits: models.map((model, index) => {
      const { conversions = 0, value = 0 } = byModel[index]!.get(key) ?? {};
      return { model, conversions, value };
    }),
  }));
};
