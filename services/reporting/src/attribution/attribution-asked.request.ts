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

/** Options by the model that has them. */
const OPTIONS = [
  ['halfLife', 'time-decay'],
  ['order', 'markov'],
  ['shape', 'position'],
] as const;

/** The same with models and their options. @throws DomainError `invalid` for an option of another model as well */
export const attributionAsked = (
  query: AttributionReportRequest,
  config: ReportingConfig,
  now: Date,
): AttributionAsked => {
  const { model: models = ['linear'], halfLife, order, shape } = query;
  for (const [option, model] of OPTIONS)
    if (query[option] !== undefined && !models.includes(model))
      throw invalid(`/${option}`, `is an option of ${model}, which is not asked for`);
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
