import type { Condition, FactTypes } from '@baton/conditions';

/** Fit: properties of the person and company. Engagement: their activities. */
export const AXES = ['fit', 'engagement'] as const;
export type Axis = (typeof AXES)[number];

/** An elapsed time; a day has 24 hours. */
export interface Period {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
}

/** Time after which half of the points remain. */
export type HalfLife = Period;

/** Max matches a frequency rule may ask for: a lead keeps that many times per rule. */
export const MAX_TIMES = 50;

/** At least so many matches within a period that ends now. */
export interface Frequency {
  readonly atLeast: number;
  readonly within: Period;
}

/** Rules that are capped together, all of one axis. */
export interface Group {
  readonly key: string;
  readonly label: string;
  readonly axis: Axis;
  /** Maximum sum of the points of its rules. */
  readonly cap: number;
}

export interface Rule {
  readonly key: string;
  /** Shown to sellers, such as "asked for pricing". */
  readonly label: string;
  readonly group: string;
  /** Fit rules read `traits.*` and `account.*`; engagement rules read one activity. */
  readonly when: Condition;
  /** Per match, or once with `times` or `noneFor`; may be negative. */
  readonly points: number;
  /** Maximum absolute sum over all matches. Engagement only. */
  readonly cap?: number;
  /** Engagement only; without it the points do not decay. */
  readonly halfLife?: HalfLife;
  /** The points are given once, as long as so many matches are within the period. Engagement only. */
  readonly times?: Frequency;
  /**
   * The points are given once, as long as the last match is at least so old. A lead that never matched gets none: it cannot
   * be told from one that is new. Engagement only.
   */
  readonly noneFor?: Period;
}

/** Letters of fit, best first. */
export const FIT_GRADES = ['A', 'B', 'C', 'D'] as const;
export type FitGrade = (typeof FIT_GRADES)[number];

/** Minimum points of fit per letter and of engagement per band, best first; `D` and band 4 are for all other leads. */
export interface Matrix {
  readonly fit: { readonly A: number; readonly B: number; readonly C: number };
  readonly engagement: { readonly 1: number; readonly 2: number; readonly 3: number };
}

export interface Grade {
  readonly grade: string;
  /** Minimum points. */
  readonly from: number;
}

/** The document `scoring-model`, as both teams signed it. */
export interface ScoringModel {
  /** Best first. */
  readonly grades: readonly Grade[];
  readonly total: { readonly min: number; readonly max: number };
  readonly groups: readonly Group[];
  readonly rules: readonly Rule[];
  /** Without it the points that an axis can give are cut into quarters. */
  readonly matrix?: Matrix;
}

/** Kinds of mail domains. */
export const EMAIL_KINDS = ['business', 'free', 'education', 'disposable'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** Facts of fit rules. The named traits have one meaning for every source; `traits.*` are defined by the sender. */
export const fitFacts: FactTypes = {
  'traits.company': 'text',
  'traits.industry': 'text',
  'traits.country': 'text',
  'traits.jobTitle': 'text',
  'traits.employees': 'number',
  'traits.emailDomain': 'text',
  'traits.emailKind': EMAIL_KINDS,
  'traits.emailRole': 'boolean',
  'traits.*': 'any',
  'account.people': 'number',
  'account.engagedPeople': 'number',
  'account.points': 'number',
  'account.isCustomer': 'boolean',
};

/**
 * What is known of a lead's company, an input of fit rules: `people`: leads of the account; `engagedPeople`: those with points for
 * engagement; `points`: the points for engagement of all of them; `isCustomer`: one of them has a deal that was won. A fact that is not
 * given is missing, and so makes no rule true. No fact depends on points for fit: rules about the account would change what they read.
 */
export interface AccountFacts {
  readonly people?: number;
  readonly engagedPeople?: number;
  readonly points?: number;
  readonly isCustomer?: boolean;
}

/** Facts of engagement rules, about one activity. */
export const engagementFacts: FactTypes = {
  kind: ['track', 'identify', 'page', 'screen', 'group', 'alias', 'form'],
  name: 'text',
  channel: 'text',
  sourceId: 'text',
  pageUrl: 'text',
  'campaign.name': 'text',
  'campaign.source': 'text',
  'campaign.medium': 'text',
  'campaign.term': 'text',
  'campaign.content': 'text',
  'properties.*': 'any',
};

export const factsOf = (axis: Axis): FactTypes => (axis === 'fit' ? fitFacts : engagementFacts);

/** An activity as engagement rules see it. */
export interface ScorableActivity {
  readonly kind: string;
  readonly name: string;
  readonly channel: string;
  readonly sourceId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly campaign?: object | undefined;
  readonly pageUrl?: string | undefined;
  readonly bot: boolean;
  /** Time of occurrence, ms since 1970. */
  readonly at: number;
}
