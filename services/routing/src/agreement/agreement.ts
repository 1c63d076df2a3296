import type { Condition } from '@baton/conditions';
import type { PeriodUnit } from '@baton/calendar';

/** Fields of a lead that can be promised; no personal data. */
export const PROMISED_FIELDS = [
  'company',
  'industry',
  'country',
  'jobTitle',
  'employees',
  'campaign',
] as const;
export type PromisedField = (typeof PROMISED_FIELDS)[number];

/** What marketing owes sales for a segment, in each period. Parts are percentages. */
export interface MarketingPromises {
  /** At least so many sales-ready leads. */
  readonly leads: number;
  /** At least so many of the leads judged are accepted. */
  readonly acceptedPercent: number;
  /** At least so many of the leads have these fields filled. */
  readonly complete: { readonly fields: readonly PromisedField[]; readonly percent: number };
}

/** What sales owes marketing for a segment, in each period. The windows of the first two are those of the SLA policy. */
export interface SalesPromises {
  readonly acceptInTimePercent: number;
  readonly firstTouchInTimePercent: number;
  /** A lead that is not reached gets so many attempts within so many days of its acceptance, before it is returned. */
  readonly attempts: { readonly atLeast: number; readonly withinDays: number; readonly percent: number };
  /** Rejections with a reason that says what is wrong, not "other". */
  readonly reasonPercent: number;
  /** A lead that was reached is followed up within so many days, until it is qualified or returned. */
  readonly followUp: { readonly withinDays: number; readonly percent: number };
}

/** Leads that promises are made about. */
export interface Segment {
  readonly key: string;
  readonly name: string;
  /** Absent: all leads that no segment before it has. */
  readonly when?: Condition;
  readonly marketing: MarketingPromises;
  readonly sales: SalesPromises;
}

/** What marketing and sales owe each other; both sign it. */
export interface Agreement {
  readonly period: PeriodUnit;
  /** In which a period begins and ends. */
  readonly timeZone: string;
  /** A miss opens a task that is due so many days later. */
  readonly remediationDays: number;
  /** In order: a lead belongs to the first that has it. */
  readonly segments: readonly Segment[];
}

export const MAX_SEGMENTS = 20;

/** The agreement of a new installation: no number of leads is promised before both teams agree on one. */
export const defaultAgreement: Agreement = {
  period: 'month',
  timeZone: 'UTC',
  remediationDays: 5,
  segments: [
    {
      key: 'all',
      name: 'All leads',
      marketing: {
        leads: 0,
        acceptedPercent: 50,
        complete: { fields: ['company', 'country'], percent: 70 },
      },
      sales: {
        acceptInTimePercent: 90,
        firstTouchInTimePercent: 90,
        attempts: { atLeast: 5, withinDays: 14, percent: 80 },
        reasonPercent: 90,
        followUp: { withinDays: 7, percent: 80 },
      },
    },
  ],
};
