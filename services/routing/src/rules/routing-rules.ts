import type { Condition } from '@baton/conditions';
import type { LeadStageChangedV1 } from '@baton/contracts';
import type { Strategy } from '../team/strategy.js';
import { DEFAULT_TEAM } from '../team/team.js';

/** The sellers of a team who meet what the rule needs. */
export interface TeamTarget {
  readonly team: string;
  readonly strategy?: Strategy;
  /** Ids: only these sellers of the team. */
  readonly sellers?: readonly string[];
  /** Only sellers who have all of them. */
  readonly skills?: readonly string[];
  /** Only sellers who speak all of them; language tags, such as `de`. */
  readonly languages?: readonly string[];
  /** Only sellers who cover a territory of the lead. */
  readonly territory?: boolean;
}

/** The seller whose lead it was before, or who has another lead of its account. Without one the next rule that matches decides. */
export interface OwnerTarget {
  readonly owner: 'lead' | 'account';
}

export type Target = TeamTarget | OwnerTarget;

export const isOwner = (target: Target): target is OwnerTarget => 'owner' in target;

export interface RoutingRule {
  readonly key: string;
  readonly name: string;
  /** Without it every lead matches. */
  readonly when?: Condition;
  readonly to: Target;
}

/** A part of the market. Its leads are those of its condition and of the territories within it. */
export interface Territory {
  readonly name: string;
  /** The name of the territory that includes it. */
  readonly within?: string;
  readonly when?: Condition;
}

/** Who a new lead is offered to; both teams sign it. */
export interface RoutingRules {
  readonly territories?: readonly Territory[];
  /** In order: the first that matches decides. */
  readonly rules: readonly RoutingRule[];
  /** Gets the leads that no rule matches, and those that no seller of the matching rule can take. */
  readonly fallback: Pick<TeamTarget, 'team' | 'strategy'>;
}

/** The rules of a new installation: every lead to the default team. */
export const defaultRoutingRules: RoutingRules = { rules: [], fallback: { team: DEFAULT_TEAM } };

export const MAX_RULES = 100;
export const MAX_TERRITORIES = 200;
export const MAX_SELLERS_OF_RULE = 200;
export const MAX_TAGS_OF_RULE = 20;

/** The facts of a lead that rules decide on: those of its stage change, which carries no personal data. */
export const ROUTING_FACTS = {
  stage: 'text',
  channel: 'text',
  campaign: 'text',
  points: 'number',
  fit: 'number',
  engagement: 'number',
  grade: 'text',
  company: 'text',
  industry: 'text',
  country: 'text',
  jobTitle: 'text',
  employees: 'number',
} as const;

export type RoutingFacts = Readonly<Partial<Record<keyof typeof ROUTING_FACTS, string | number>>>;

export const routingFactsOf = ({
  to,
  channel,
  campaign,
  score: { points, fit, engagement, grade },
  profile,
}: LeadStageChangedV1): RoutingFacts => ({
  ...profile,
  stage: to,
  channel,
  ...(campaign !== undefined && { campaign }),
  points,
  fit,
  engagement,
  grade,
});
