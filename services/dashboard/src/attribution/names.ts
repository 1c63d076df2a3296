import type { Milestone, Model } from '../api/shapes.js';
import { countOf } from '../live/conversion.js';
import { humanize } from '../ui/humanize.js';

const NAMES: Partial<Record<Milestone | Model, string>> = {
  ...{ mql: 'MQL', sal: 'SAL', sql: 'SQL', 'last-non-direct': 'Last, not direct' },
  ...{ breached: 'Agreement breached', markov: 'Markov', shapley: 'Shapley' },
};

/** A milestone or a model as it is shown. */
export const nameOf = (key: Milestone | Model): string => NAMES[key] ?? humanize(key);

/** Credit with at most two decimals. */
export const amountOf = (amount: number): string => countOf(Math.round(amount * 100) / 100);
