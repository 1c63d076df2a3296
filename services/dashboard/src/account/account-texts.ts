import type { Account } from '../api/shapes.js';
import { formatMoney } from '../deal/money.js';
import { formatCount } from '../ui/count.js';
import { humanize } from '../ui/humanize.js';

/** `2 won · €12,000`. */
export const dealText = ({ state, count, amount, currency }: Account['deals'][number]): string =>
  [
    `${count} ${humanize(state).toLowerCase()}`,
    ...(amount === null || currency === null ? [] : [formatMoney({ amount, currency })]),
  ].join(' · ');

/** What is said of the people who are not listed: a colleague's, or beyond the longest list. */
export const unlistedText = ({ people, leads }: Pick<Account, 'people' | 'leads'>): string | null =>
  leads.length < people
    ? `${formatCount(leads.length)} of ${formatCount(people)} listed: those you see, highest score first.`
    : null;
