import { compile, type Predicate } from '@baton/conditions';
import type { Needs } from '../team/needs.js';
import type { Pool } from '../team/pool.js';
import { DEFAULT_TEAM } from '../team/team.js';
import {
  isOwner,
  type OwnerTarget,
  type RoutingFacts,
  type RoutingRule,
  type RoutingRules,
  type TeamTarget,
} from './routing-rules.js';
import { compileTerritories, type TerritoriesOf } from './territories.js';

/** An owner or a pool that is asked for a seller, and the rule that named it; null: the fallback. */
export type RouteStep = { readonly rule: string | null } & (OwnerTarget | { readonly pool: Pool });

/** Where a lead goes: the steps in the order in which they are asked; the last one is a pool. */
export type Route = readonly RouteStep[];

export interface CompiledRules {
  readonly routeOf: (facts: RoutingFacts) => Route;
  /** Which owners rules ask for. */
  readonly owners: ReadonlySet<OwnerTarget['owner']>;
}

/** Compiles signed rules; the result never throws. */
export const compileRules = ({ territories = [], rules, fallback }: RoutingRules): CompiledRules => {
  const territoriesOf = compileTerritories(territories);
  const compiled = rules.map(({ when, ...rule }): Compiled => ({
    ...rule,
    holds: when ? compile(when) : () => true,
  }));
  const last: RouteStep = { rule: null, pool: fallback };
  return {
    owners: new Set(rules.flatMap(({ to }) => (isOwner(to) ? to.owner : []))),
    routeOf: (facts) => {
      const steps: RouteStep[] = [];
      for (const { name, to, holds } of compiled) {
        if (!holds(facts)) continue;
        if (isOwner(to)) steps.push({ rule: name, owner: to.owner });
        else return [...steps, { rule: name, pool: poolOf(to, facts, territoriesOf) }, last];
      }
      return [...steps, last];
    },
  };
};

type Compiled = Omit<RoutingRule, 'when'> & { readonly holds: Predicate };

const poolOf = (
  { team, strategy, sellers, skills, languages, territory }: TeamTarget,
  facts: RoutingFacts,
  territoriesOf: TerritoriesOf,
): Pool => {
  const needs: Needs = {
    ...(sellers && { sellers: sellers.map((id) => id.toLowerCase()) }),
    ...(skills && { skills }),
    ...(languages && { languages }),
    ...(territory && { territories: territoriesOf(facts) }),
  };
  return { team, ...(strategy && { strategy }), ...(Object.keys(needs).length > 0 && { needs }) };
};

/**
 * The steps whose teams exist, each pool once: rules may name a team before it is added. The default team always exists, so a lead
 * always has a pool.
 */
export const existingSteps = (route: Route, teams: readonly string[]): Route => {
  const known = route.filter((step) => !('pool' in step) || teams.includes(step.pool.team));
  const steps = known.filter((step, n) => !('pool' in step) || !known.slice(0, n).some(isSame(step.pool)));
  return steps.some((step) => 'pool' in step)
    ? steps
    : [...steps, { rule: null, pool: { team: DEFAULT_TEAM } }];
};

/** A whole team that was asked once has no seller the second time. */
const isSame =
  ({ team }: Pool) =>
  (step: RouteStep): boolean =>
    'pool' in step && step.pool.team === team && !step.pool.needs;
