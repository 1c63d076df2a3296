import type { Condition, FactTypes } from '@baton/conditions';

/** Fit: properties of the person and company. Engagement: their activities. */
export const AXES = ['fit', 'engagement'] as const;
export type Axis = (typeof AXES)[number];

/** Time after which half of the points remain. */
export interface HalfLife {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
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
  /** Fit rules read `traits.*`; engagement rules read one activity. */
  readonly when: Condition;
  /** Per match; may be negative. */
  readonly points: number;
  /** Maximum absolute sum over all matches. Engagement only. */
  readonly cap?: number;
  /** Engagement only; without it the points do not decay. */
  readonly halfLife?: HalfLife;
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
};

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
