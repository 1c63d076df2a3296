import type { Allocations, Assignment } from '../team/allocation.js';
import { tagOf } from '../team/needs.js';
import { truncated } from '../team/select-seller.js';
import type { Route, RouteStep } from './compile-rules.js';
import type { OwnerTarget, RoutingFacts } from './routing-rules.js';

/** A lead that rules send to a seller. */
export interface RoutedLead {
  readonly leadId: string;
  /** Sellers who must not get it. */
  readonly avoid: readonly string[];
  readonly facts: RoutingFacts;
  /** The rules that were asked, such as `routing-rules-1`. */
  readonly rulesId: string;
  readonly route: Route;
}

/** A seller who has leads, and their team. */
export interface Owner {
  readonly id: string;
  readonly team: string;
}

/** Owners by lead, and by the account that `accountOf` gives. */
export type Owners = Readonly<Record<OwnerTarget['owner'], Map<string, Owner>>>;

/** The account of a lead: its company, as far as names tell. */
export const accountOf = ({ company }: RoutingFacts): string | undefined =>
  typeof company === 'string' ? tagOf(company) || undefined : undefined;

/**
 * The seller of the first step of its route who can take the lead, or the reasons why there is none. Takes the turn in `allocations`
 * and makes the seller the owner of the account, so that the next lead of a batch counts it.
 */
export const choose = (lead: RoutedLead, allocations: Allocations, owners: Owners): Assignment => {
  const asked: { rule: string | null; assignment: Assignment }[] = [];
  for (const step of lead.route) {
    const assignment = ask(step, lead, allocations, owners);
    if (!assignment) continue;
    asked.push({ rule: step.rule, assignment });
    if (assignment.seller) break;
  }
  const { rule, assignment } = asked.at(-1)!;
  const account = accountOf(lead.facts);
  if (assignment.seller && account !== undefined)
    owners.account.set(account, { id: assignment.seller.id, team: assignment.team });
  const why = truncated(asked.map(wordsOf).join('; '));
  const before = asked.slice(0, -1).flatMap((each) => each.assignment.decision ?? []);
  const { rulesId } = lead;
  const decision = assignment.decision && {
    ...assignment.decision,
    why,
    rule,
    rulesId,
    ...(before.length > 0 && { before }),
  };
  return { ...assignment, why, ...(decision && { decision }) };
};

const ask = (
  step: RouteStep,
  { leadId, facts, avoid }: RoutedLead,
  allocations: Allocations,
  owners: Owners,
): Assignment | undefined => {
  if ('pool' in step) return allocations.get(step.pool.team)?.next(avoid, [step.pool]);
  const owner = owners[step.owner].get((step.owner === 'lead' ? leadId : accountOf(facts)) ?? '');
  return owner && allocations.get(owner.team)?.owner(owner.id, `the ${step.owner}`, avoid);
};

const wordsOf = ({ rule, assignment }: { rule: string | null; assignment: Assignment }): string =>
  rule === null ? assignment.why : `rule “${rule}”: ${assignment.why}`;
