import type { DealReport } from '@baton/contracts';
import type { Instant } from '../policy/duration.js';
import { DEAL_STAGES, isSameMoney, type Deal, type Money } from './deal.js';
import { evolve, type DealEvent } from './deal-event.js';

/** What a CRM or shop says about its deal. */
export interface ReportedDeal {
  readonly what: DealReport;
  readonly at: Instant;
  readonly stage?: string | undefined;
  readonly value?: Money | undefined;
  readonly reason?: string | undefined;
  readonly competitor?: string | undefined;
}

/** ISO 4217 has XXX for no currency: the value of a deal won for an unknown amount. */
const UNKNOWN_VALUE: Money = { amount: 0, currency: 'XXX' };

/**
 * The events of a report. The CRM is believed as far as the rules allow: an unknown deal is opened first, a renewed one is won first; a
 * report that comes late, or contradicts a final decision, changes nothing.
 */
export const applyReport = (report: ReportedDeal, deal: Deal): readonly DealEvent[] => {
  if (deal.origin && report.at < deal.origin.reportedAt) return [];
  if (deal.version === 0) {
    const opened = openedBy(report);
    return [opened, ...eventsOf(report, evolve(deal, opened))];
  }
  return eventsOf(report, deal);
};

const openedBy = ({ at, stage, value, what }: ReportedDeal): DealEvent => ({
  type: 'opened',
  at,
  by: null,
  stage: what === 'opened' || what === 'changed' ? (stage ?? DEAL_STAGES[0]) : DEAL_STAGES[0],
  ...(value && { value }),
});

const eventsOf = (report: ReportedDeal, deal: Deal): readonly DealEvent[] => {
  const { what, at, reason, competitor, value = deal.value ?? UNKNOWN_VALUE } = report;
  const made = { at, by: null };
  switch (what) {
    case 'opened':
    case 'changed':
      return changedBy(report, deal);
    case 'won':
      return deal.status === 'open' ? [{ type: 'won', value, ...made }] : [];
    case 'lost':
      if (deal.status !== 'open') return [];
      return [{ type: 'lost', reason: reason ?? 'unknown', ...(competitor && { competitor }), ...made }];
    case 'renewed': {
      if (deal.status === 'open')
        return [
          { type: 'won', value, ...made },
          { type: 'renewed', value, ...made },
        ];
      return deal.status === 'won' ? [{ type: 'renewed', value, ...made }] : [];
    }
    case 'churned':
      return deal.status === 'won' ? [{ type: 'churned', ...(reason && { reason }), ...made }] : [];
  }
};

const changedBy = ({ at, stage: reported, value = undefined }: ReportedDeal, deal: Deal) => {
  if (deal.status !== 'open' && deal.status !== 'won') return [];
  const stage = deal.status === 'open' ? (reported ?? deal.stage) : deal.stage;
  const after = value ?? deal.value;
  if (stage === deal.stage && isSameMoney(after, deal.value)) return [];
  return [{ type: 'changed' as const, at, by: null, stage, ...(after && { value: after }) }];
};
