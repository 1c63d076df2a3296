import type { Condition, FactTypes } from '@baton/conditions';

/** Fit: who they are. Engagement: what they did. */
export const AXES = ['fit', 'engagement'] as const;
export type Axis = (typeof AXES)[number];

/** After this time half of the points are left. */
export interface HalfLife {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
}

/** Rules that are capped together, all of one axis. */
export interface Group {
  readonly key: string;
  readonly label: string;
  readonly axis: Axis;
  /** The most points its rules give together. */
  readonly cap: number;
}

export interface Rule {
  readonly key: string;
  /** What a seller reads: "asked for pricing". */
  readonly label: string;
  readonly group: string;
  /** Of a fit group: about `traits.*`. Of an engagement group: about one activity. */
  readonly when: Condition;
  /** For each time it holds; negative points are taken away. */
  readonly points: number;
  /** The most it adds, or takes away, however often it holds. Engagement only. */
  readonly cap?: number;
  /** Engagement only; without it the points stay. */
  readonly halfLife?: HalfLife;
}

export interface Grade {
  readonly grade: string;
  /** Points from which it is given. */
  readonly from: number;
}

/** The document `scoring-model`: what a lead is worth, as both teams signed it. */
export interface ScoringModel {
  /** Best first. */
  readonly grades: readonly Grade[];
  readonly total: { readonly min: number; readonly max: number };
  readonly groups: readonly Group[];
  readonly rules: readonly Rule[];
}

/** What a fit rule may ask. Some traits have one meaning whatever form they came from; the rest are the senders' own. */
export const fitFacts: FactTypes = {
  'traits.company': 'text',
  'traits.industry': 'text',
  'traits.country': 'text',
  'traits.jobTitle': 'text',
  'traits.employees': 'number',
  'traits.emailDomain': 'text',
  'traits.emailKind': ['business', 'free', 'education', 'disposable'],
  'traits.*': 'any',
};

/** What an engagement rule may ask of one activity. */
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
