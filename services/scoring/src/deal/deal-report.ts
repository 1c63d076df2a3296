import {
  MAX_AMOUNT,
  type ActivityRecordedV1,
  type DealReport,
  type LeadDealReportedV1,
} from '@baton/contracts';
import { truncate } from '../activity/traits.js';

/** Names of events of CRMs, shops and billing; case, spaces and punctuation are ignored. */
const REPORTS: Readonly<Record<DealReport, readonly string[]>> = {
  opened: ['Deal Created', 'Deal Opened', 'Opportunity Created', 'Opportunity Opened'],
  changed: ['Deal Stage Changed', 'Deal Updated', 'Opportunity Stage Changed', 'Opportunity Updated'],
  won: ['Deal Won', 'Deal Closed Won', 'Opportunity Won', 'Order Completed'],
  lost: ['Deal Lost', 'Deal Closed Lost', 'Opportunity Lost'],
  renewed: ['Deal Renewed', 'Contract Renewed', 'Subscription Renewed'],
  churned: ['Deal Churned', 'Contract Cancelled', 'Subscription Cancelled', 'Subscription Canceled'],
};

/** Properties by what they say, the first one that is set wins; case, spaces and punctuation of their names are ignored. */
const PROPERTIES = {
  id: ['dealid', 'opportunityid', 'contractid', 'subscriptionid', 'orderid', 'id'],
  amount: ['amount', 'value', 'revenue', 'total'],
  currency: ['currency', 'currencycode'],
  stage: ['stage', 'dealstage', 'stagename'],
  reason: ['reason', 'lossreason', 'lostreason', 'closedlostreason', 'cancellationreason'],
  competitor: ['competitor', 'competitorname', 'lostto'],
} as const;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const REPORT_BY_NAME: ReadonlyMap<string, DealReport> = new Map(
  Object.entries(REPORTS).flatMap(([what, names]) =>
    names.map((name) => [plain(name), what as DealReport] as const),
  ),
);

/**
 * What an activity says about a deal: a `track` event with a name of the list, sent by no robot, and with the id of the deal. Null for
 * every other activity.
 */
export const dealReportOf = (activity: ActivityRecordedV1, leadId: string): LeadDealReportedV1 | null => {
  if (activity.kind !== 'track' || activity.bot) return null;
  const what = REPORT_BY_NAME.get(plain(activity.name));
  if (!what) return null;
  const text = textsOf(activity.properties);
  const externalId = text('id');
  if (externalId === undefined || externalId.length > 256) return null;
  const value = valueOf(text('amount'), text('currency'));
  const stage = keyOf(text('stage'));
  const reason = keyOf(text('reason'));
  const competitor = text('competitor');
  return {
    activityId: activity.activityId,
    leadId,
    sourceId: activity.sourceId,
    externalId,
    what,
    ...(stage && { stage }),
    ...(value && { value }),
    ...(reason && { reason }),
    ...(competitor && { competitor: truncate(competitor, 128) }),
    occurredAt: activity.occurredAt,
  };
};

/** Reads a property as text; numbers are the same id or amount as their digits. */
const textsOf = (properties: Readonly<Record<string, unknown>>) => {
  const byName = new Map(Object.entries(properties).map(([name, value]) => [plain(name), value]));
  return (what: keyof typeof PROPERTIES): string | undefined => {
    for (const name of PROPERTIES[what]) {
      const value = byName.get(name);
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const text = String(value).trim();
      if (text !== '') return text;
    }
    return undefined;
  };
};

/** An amount needs its currency: one that is guessed would be summed with real ones. */
const valueOf = (amount: string | undefined, currency: string | undefined) => {
  const number = Number(amount ?? NaN);
  const code = currency?.toUpperCase() ?? '';
  if (!(number >= 0 && number <= MAX_AMOUNT) || !/^[A-Z]{3}$/.test(code)) return undefined;
  return { amount: number, currency: code };
};

/** `Proposal/Price Quote` as `proposal-price-quote`; undefined when nothing is left. */
const keyOf = (text: string | undefined): string | undefined =>
  text
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '') || undefined;
