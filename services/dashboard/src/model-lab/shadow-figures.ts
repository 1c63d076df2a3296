import type { Shadow } from '../api/shapes.js';
import { countOf, formatCount } from '../ui/count.js';
import { percent } from './figures.js';

/** What the draft does to live leads, in a sentence. */
export const shadowSentence = ({ leads, agreement, draftOnly, activeOnly }: Shadow): string => {
  if (leads === 0) return 'No lead has changed since.';
  const changed = `${countOf(leads, 'lead')} changed since. Both say the same of ${percent(agreement)}.`;
  if (draftOnly.count + activeOnly.count === 0) return changed;
  return `${changed} ${formatCount(draftOnly.count)} would become sales-ready that do not, ${formatCount(activeOnly.count)} would no longer.`;
};

/** Figures of both sides; each row with its label first. */
export const shadowRows = ({ active, draft, accepted, rejected }: Shadow): string[][] => {
  const row = (label: string, of: (side: Shadow['draft']) => string): string[] => [
    label,
    of(active),
    of(draft),
  ];
  return [
    row('Hand-offs since', ({ handoffs }) => formatCount(handoffs)),
    row('Hand-offs per seller and day', ({ perSellerAndDay }) => String(perSellerAndDay)),
    row('Sales-ready as of their last change', ({ ready }) => formatCount(ready)),
    row('Of the leads that sales accepted, sales-ready', (side) => `${side.accepted} of ${accepted}`),
    row('Of the leads that sales rejected, sales-ready', (side) => `${side.rejected} of ${rejected}`),
  ];
};
