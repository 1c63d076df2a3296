import type { AttributionReport, KeptQuestion } from '../api/shapes.js';
import { nameOf } from './names.js';

const month = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A name to begin with: `MQL by channel, Nov 2026`. */
export const nameToKeep = ({ milestone, by, from, to }: AttributionReport): string =>
  `${nameOf(milestone)} by ${by}, ${month.formatRange(new Date(from), new Date(to))}`;

/** What was asked, in words: `MQL by channel, 2026-11-01 to 2026-11-30 (UTC), touches of 90 days before: First, Last`. */
export const questionText = ({ models, options, ...asked }: KeptQuestion): string => {
  const { halfLife, order, shape } = options;
  const details = [
    halfLife !== undefined && `half-life ${halfLife} days`,
    order !== undefined && `order ${order}`,
    shape !== undefined && `shape ${shape}`,
  ].filter((detail) => detail !== false);
  return [
    `${nameOf(asked.milestone)} by ${asked.by}, ${asked.from} to ${asked.to} (${asked.timeZone})`,
    `touches of ${asked.lookback} days before: ${[...models.map(nameOf), ...details].join(', ')}`,
  ].join(', ');
};
