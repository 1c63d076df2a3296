import type { Cause, Outgoing, Transaction } from '@baton/bus';
import { Clock, Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { uuidOfHash } from '@baton/contracts';
import { createHash } from 'node:crypto';
import { AllocateSellers } from '../team/allocate-sellers.js';
import { DEFAULT_TEAM } from '../team/team.js';
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
}

/** Opens a hand-off for each lead and offers it to the next seller in turn; it waits when no seller can take it. */
@Injectable()
export class OfferNewLeads {
  constructor(
    private readonly sellers: AllocateSellers,
    private readonly policies: OfferPolicy,
    private readonly changes: RecordChanges,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(tx: Transaction, leads: readonly NewLead[]): Promise<readonly Outgoing[]> {
    if (leads.length === 0) return [];
    const now = this.clock.now().getTime();
    const team = DEFAULT_TEAM;
    const policy = await this.policies.inForce(tx, now);
    const changes = await this.sellers.inTeams(tx, [team], now, (allocations) => {
      const allocation = allocations.get(team)!;
      return leads.map(({ leadId, readySequence, avoid, cause }): HandoffChange => {
        const handoff = openHandoff({ id: handoffIdOf(leadId, readySequence), leadId, team, now, avoid });
        return {
          handoff,
          events: offer({ now, assignment: allocation.next(avoid), policy }, handoff),
          cause,
        };
      });
    });
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

/** The same id when the same stage change is processed again, for example after a database was restored. */
const handoffIdOf = (leadId: string, readySequence: number): string =>
  uuidOfHash(createHash('sha256').update(`handoff\n${leadId}\n${readySequence}`).digest('hex'));
