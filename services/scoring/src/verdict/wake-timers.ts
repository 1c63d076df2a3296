import type { LeadTimer } from '../lead/evaluate-leads.js';
import type { Lead } from '../lead/lead.js';

/** The timer of a lead that is out of the funnel until its wake date. */
export const wakeTimers = ({ id, salesStatus }: Lead): LeadTimer[] =>
  salesStatus?.state === 'returned' && salesStatus.wakeAt !== null
    ? [{ kind: 'wake', leadId: id, at: salesStatus.wakeAt }]
    : [];
