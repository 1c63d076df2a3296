import { Database, type Transaction } from '@baton/bus';
import { Clock, refusedField, type DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { choose } from '../rules/choose.js';
import { RouteLeads } from '../rules/route-leads.js';
import type { RoutingFacts } from '../rules/routing-rules.js';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { AssignmentDecision } from '../team/assignment-decision.js';
import { TeamStore } from '../team/team.store.js';
import type { Actor } from './actor.js';
import { knowsLead } from './handoff-visibility.store.js';
import { HandoffStore } from './handoff.store.js';

export interface LeadToPreview {
  readonly leadId?: string | undefined;
  /** Asks no rules, but this team. */
  readonly team?: string | undefined;
  /** Without them, those of the last offer of the lead. */
  readonly facts?: RoutingFacts | undefined;
  /** A draft of routing rules; without it, those in force. */
  readonly rules?: object | undefined;
}

/** The choice that would be made for a lead now. Takes no lock and changes nothing: no turn is taken. */
@Injectable()
export class PreviewAssignment {
  constructor(
    private readonly database: Database,
    private readonly teams: TeamStore,
    private readonly sellers: AllocateSellers,
    private readonly routes: RouteLeads,
    private readonly handoffs: HandoffStore,
    private readonly clock: Clock,
  ) {}

  /** For a manager, a lead of other teams is one that is not known. */
  async run(by: Actor, { leadId: given, team, facts, rules }: LeadToPreview): Promise<AssignmentDecision> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const isKnown = given !== undefined && (!by.leads || (await knowsLead(tx, given, by)));
      const leadId = isKnown ? given.toLowerCase() : undefined;
      const avoid = await this.rejectedBy(tx, leadId);
      if (team !== undefined) {
        const names = await this.teams.names(tx);
        if (!names.includes(team)) throw noSuchTeam(names);
        const allocations = await this.sellers.allocationsOf(tx, [{ team }], now.getTime());
        return allocations.get(team)!.next(avoid).decision!;
      }
      const known = facts ?? (leadId === undefined ? {} : await this.routes.factsOf(tx, leadId));
      const lead = { leadId: leadId ?? NO_LEAD, avoid, facts: known };
      const routed = await this.routes.by(tx, [lead], await this.routes.rules(tx, now, rules));
      const allocations = await this.sellers.allocationsOf(tx, routed.pools, now.getTime());
      return choose(routed.leads[0]!, allocations, routed.owners).decision!;
    });
  }

  private async rejectedBy(tx: Transaction, leadId: string | undefined): Promise<readonly string[]> {
    if (leadId === undefined) return [];
    return (await this.handoffs.ofLeads(tx, [leadId])).get(leadId)?.rejectedBy ?? [];
  }
}

/** Stands for a lead that is not known yet. */
const NO_LEAD = '00000000-0000-4000-8000-000000000000';

const noSuchTeam = (names: readonly string[]): DomainError =>
  refusedField('/team', `is no team; there is ${names.join(', ')}`);
