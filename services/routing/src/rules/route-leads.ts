import type { Queryable, Transaction } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import type { Pool } from '../team/pool.js';
import { TeamStore } from '../team/team.store.js';
import { accountOf, type Owner, type Owners, type RoutedLead } from './choose.js';
import { existingSteps, type CompiledRules } from './compile-rules.js';
import { OwnerStore } from './owner.store.js';
import { RoutedLeadStore } from './routed-lead.store.js';
import type { RoutingFacts, RoutingRules } from './routing-rules.js';
import { routingRules } from './routing-rules.kind.js';

/** Compiled rules, and the id that decisions record. */
export interface Rules {
  readonly id: string;
  readonly compiled: CompiledRules;
}

type LeadToRoute = Pick<RoutedLead, 'leadId' | 'facts'>;

/** Leads with their routes, and what it takes to choose their sellers. */
export interface Routed<Lead> {
  readonly leads: readonly (Lead & Pick<RoutedLead, 'route' | 'rulesId'>)[];
  readonly owners: Owners;
  /** Whose teams are to be locked. */
  readonly pools: readonly Pool[];
}

@Injectable()
export class RouteLeads {
  constructor(
    private readonly teams: TeamStore,
    private readonly owners: OwnerStore,
    private readonly routed: RoutedLeadStore,
    private readonly definitions: Definitions,
  ) {}

  /** Under the rules in force. */
  async run<Lead extends LeadToRoute>(
    tx: Transaction,
    leads: readonly Lead[],
    now: Instant,
  ): Promise<Routed<Lead>> {
    return this.by(tx, leads, await this.rules(tx, new Date(now)));
  }

  /** Under given rules. */
  async by<Lead extends LeadToRoute>(
    reader: Queryable,
    leads: readonly Lead[],
    rules: Rules,
  ): Promise<Routed<Lead>> {
    const names = await this.teams.names(reader);
    const { id: rulesId, compiled } = rules;
    const routed = leads.map((lead) => ({
      ...lead,
      rulesId,
      route: existingSteps(compiled.routeOf(lead.facts), names),
    }));
    const owners = await this.ownersOf(reader, leads, rules);
    const asked = routed.flatMap(({ route }) => route.flatMap((step) => ('pool' in step ? step.pool : [])));
    const owned = [...owners.lead.values(), ...owners.account.values()].map(({ team }) => ({ team }));
    return { leads: routed, owners, pools: [...asked, ...owned] };
  }

  /**
   * A draft, or else the rules in force.
   * @throws DomainError with every violation of the draft
   */
  async rules(reader: Queryable, now: Date, draft?: object): Promise<Rules> {
    if (!draft) return this.definitions.inForce(reader, routingRules, now);
    const errors = routingRules.violationsOf(draft).map((violation) => ({
      ...violation,
      pointer: `/rules${violation.pointer}`,
    }));
    if (errors.length > 0)
      throw new DomainError('unprocessable', 'The rules are not valid; see errors.', { errors });
    return { id: 'draft', compiled: routingRules.compile(draft as RoutingRules) };
  }

  /** The owners that the rules ask for, now or at an instant of the past. */
  async ownersOf(
    reader: Queryable,
    leads: readonly LeadToRoute[],
    { compiled: { owners }, before = null }: Rules & { readonly before?: Date | null },
  ): Promise<Owners> {
    const leadIds = leads.map(({ leadId }) => leadId);
    const accounts = [...new Set(leads.flatMap(({ facts }) => accountOf(facts) ?? []))];
    return {
      lead: owners.has('lead')
        ? await this.owners.ofLeads(reader, leadIds, before)
        : new Map<string, Owner>(),
      account: owners.has('account')
        ? await this.owners.ofAccounts(reader, accounts, before)
        : new Map<string, Owner>(),
    };
  }

  /** What was decided on when the lead, or another of its person, was last offered. */
  factsOf(reader: Queryable, leadId: string): Promise<RoutingFacts> {
    return this.routed.factsOf(reader, leadId);
  }

  /** Keeps what was decided on. */
  record(...decided: Parameters<RoutedLeadStore['add']>): Promise<void> {
    return this.routed.add(...decided);
  }
}
