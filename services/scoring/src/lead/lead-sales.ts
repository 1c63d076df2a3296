import { NEVER_RECYCLED } from '../funnel/sales-status.js';
import type { Lead, LeadSales, Sales } from './lead.js';

const NO_SALES: Sales = { salesStatus: null, recycling: NEVER_RECYCLED, owner: null, lastHandoff: null };

/** How far sales got: a lead that somebody works on, one that is offered, one that came back. */
const rankOf = ({ salesStatus, owner }: Sales): number => {
  if (salesStatus?.state === 'working') return 3 + salesStatus.verdicts.length;
  if (salesStatus === null) return owner === null ? 0 : 3;
  return salesStatus.outcome === 'disqualified' ? 2 : 1;
};

const furthest = (parts: readonly LeadSales[]): Sales =>
  parts.reduce<Sales>((best, part) => (rankOf(part) > rankOf(best) ? part : best), NO_SALES);

const isUntouched = ({ salesStatus, recycling, owner, lastHandoff }: Sales): boolean =>
  salesStatus === null && owner === null && lastHandoff === null && recycling.times === 0;

/** What sales decided about the lead and those merged into it, by lead. */
export const salesParts = (lead: Lead): readonly LeadSales[] => {
  if (lead.parts.length > 0) return lead.parts;
  return [{ leadId: lead.id, ...salesOf(lead) }];
};

/** The lead with these decisions of sales: its own, if there is one of its id, and those of leads merged into it. */
export const withSalesParts = (lead: Lead, parts: readonly LeadSales[]): Lead => {
  const own = parts.find(({ leadId }) => leadId === lead.id) ?? { ...NO_SALES, leadId: lead.id };
  const others = parts.filter((part) => part.leadId !== lead.id && !isUntouched(part));
  const all = [own, ...others];
  return { ...lead, parts: others.length > 0 ? all : [], ...salesOf(furthest(all)) };
};

/** Changes what sales decided about the lead, or about the one merged into it whose id is `leadId`. */
export const changeSales = (lead: Lead, leadId: string, change: (sales: Sales) => Sales): Lead => {
  const parts = salesParts(lead);
  const before = salesOf(parts.find((part) => part.leadId === leadId) ?? NO_SALES);
  const after = change(before);
  if (after === before) return lead;
  return withSalesParts(lead, [...parts.filter((part) => part.leadId !== leadId), { leadId, ...after }]);
};

/** Changes all that sales decided about the person; the same object when nothing changes. */
export const changeAllSales = (lead: Lead, change: (sales: Sales) => Sales): Lead => {
  if (lead.parts.length === 0) {
    const before = salesOf(lead);
    const after = change(before);
    return after === before || after.salesStatus === before.salesStatus ? lead : { ...lead, ...after };
  }
  const parts = lead.parts.map((part) => ({ leadId: part.leadId, ...change(salesOf(part)) }));
  const isSame = parts.every(({ salesStatus }, index) => salesStatus === lead.parts[index]!.salesStatus);
  return isSame ? lead : withSalesParts(lead, parts);
};

const salesOf = ({ salesStatus, recycling, owner, lastHandoff }: Sales): Sales => ({
  salesStatus,
  recycling,
  owner,
  lastHandoff,
});
