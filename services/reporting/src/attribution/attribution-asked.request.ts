import { invalid, periodOfRequest } from '../report/report.request.js';
import type { ReportingConfig } from '../reporting.config.js';
import type { AttributionReportRequest, PathsRequest } from './attribution-report.request.js';
import type { AttributionAsked } from './attribution-report.store.js';
import type { PathsAsked } from './path-report.store.js';

/** What a request asks for, with the defaults. @throws DomainError `invalid` for a period or look-back that cannot be counted */
export const pathsAsked = (query: PathsRequest, config: ReportingConfig, now: Date): PathsAsked => {
  const { milestone = 'won', by = 'channel', lookback = config.lookbackDays } = query;
  if (lookback > config.lookbackDays)
    throw invalid('/lookback', `must be at most ${config.lookbackDays}, the setting LOOKBACK_DAYS`);
  return { milestone, by, lookback, period: periodOfRequest(query, now, config.timeZone) };
};

/** The same with models and their options. */
export const attributionAsked = (
  query: AttributionReportRequest,
  config: ReportingConfig,
  now: Date,
): AttributionAsked => {
  const { model: models = ['linear'], halfLife, order, shape } = query;
  return {
    ...pathsAsked(query, config, now),
    models,
    options: {
      ...(halfLife && { 'time-decay': { halfLifeDays: halfLife } }),
      ...(order && { markov: { order } }),
      ...(shape && { position: { shape } }),
    },
  };
};
