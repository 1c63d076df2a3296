import type { Cause, Outgoing, Transaction } from '@baton/bus';
import { Clock, Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { uuidOfHash } from '@baton/contracts';
import { createHash } from 'node:crypto';
import { choose, type RoutedLead } from '../rules/choose.js';
import { RouteLeads } from '../rules/route-leads.js';
import type { RoutingFacts } from '../rules/routing-rules.js';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { Pool } from '../team/pool.js';
import { openHandoff } from './handoff.js';
import { offer } from './offer.js';
import { OfferPolicy } from './offer-policy.js';
import { RecordChanges, type HandoffChange } from './record-changes.js';

/** A lead without an open hand-off. */
export interface NewLead {
  readonly leadId: string;
  /** Sequence of the stage change that made it sales-ready: a lead is offered at most once for each. */
  readonly readySequence: number;
  /** The sellers who rejected it before. */
  readonly avoid: readonly string[];
  readonly cause: Cause;
  /** What the routing rules decide on. */
  readonly facts: RoutingFacts;
}

/**
 * Opens a hand-off for each lead and offers it to the seller that the routing rules choose; it waits for the first pool of its route
 * when no seller can take it.
 */
@Injectable()
export class OfferNewLeads {
  constructor(
    private readonly sellers: AllocateSellers,
    private readonly routes: RouteLeads,
    private readonly policies: OfferPolicy,
    private readonly changes: RecordChanges,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(tx: Transaction, leads: readonly NewLead[]): Promise<readonly Outgoing[]> {
    if (leads.length === 0) return [];
    const now = this.clock.now().getTime();
    const policy = await this.policies.inForce(tx, now);
    const { leads: routed, owners, pools } = await this.routes.run(tx, leads, now);
    await this.routes.record(tx, routed.map(withHandoffId), now);
    const changes = await this.sellers.inPools(tx, pools, now, (allocations) =>
      routed.map((lead): HandoffChange => {
        const { leadId, avoid, cause, facts } = lead;
        const asked = poolsToAsk(lead);
        const handoff = openHandoff({
          id: handoffIdOf(lead),
          leadId,
          team: asked[0]!.team,
          now,
          avoid,
          pools: asked,
        });
        const assignment = choose(lead, allocations, owners);
        return { handoff, events: offer({ now, assignment, policy }, handoff), cause, facts };
      }),
    );
    this.warnOfWaiting(changes);
    const { events } = await this.changes.run(tx, changes);
    return events;
  }

  private warnOfWaiting(changes: readonly HandoffChange[]): void {
    const waiting = changes.filter(({ events }) => events.every(({ type }) => type === 'kept-waiting'));
    if (waiting.length === 0) return;
    this.logger.warn(
      { handoffs: waiting.map(({ handoff }) => handoff.id) },
      'no seller can take these leads now, they wait; GET /handoffs?state=waiting gives the reasons',
    );
  }
}

/** The pools of its route: while it waits, and when its seller is silent, they are asked again. */
const poolsToAsk = ({ route, rulesId }: RoutedLead): readonly Pool[] =>
  route.flatMap((step) => ('pool' in step ? { ...step.pool, by: { rule: step.rule, rulesId } } : []));

const withHandoffId = <Lead extends NewLead>(lead: Lead) => ({ ...lead, handoffId: handoffIdOf(lead) });

/** The same id when the same stage change is processed again, for example after a database was restored. */
const handoffIdOf = ({ leadId, readySequence }: NewLead): string =>
  uuidOfHash(createHash('sha256').update(`handoff\n${leadId}\n${readySequence}`).digest('hex'));
