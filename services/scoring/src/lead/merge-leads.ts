import { Outbox, type Outgoing, type Transaction } from '@baton/bus';
import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { ConcurrentIdentity } from '../identity/concurrent-identity.js';
import { applyMerge, applyUndo, type AppliedMerge } from './apply-merge.js';
import type { KnownLeads } from './batch-state.js';
import type { Lead } from './lead.js';
import { LeadHistory } from './lead-history.js';
import { toOutgoing } from './lead.outgoing.js';
import { LeadStore } from './lead.store.js';
import { MovedLeads } from './moved-leads.js';
import { endLink, findLink } from './profile.store.js';

/** Somebody decides that two leads are one person, or takes back that they are. */
@Injectable()
export class MergeLeads {
  constructor(
    private readonly outbox: Outbox,
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly moved: MovedLeads,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly clock: Clock,
  ) {}

  /** Merges two leads, neither of them merged. @returns the id of the lead that goes on */
  merge(ids: readonly [string, string], by: User): Promise<string> {
    return this.decide(async (tx, now, definitions) => {
      const known = await this.known(tx, ids, definitions);
      const applied = applyMerge(known, ids, { definitions, now });
      if (!applied.changes.some(({ kind }) => kind === 'merged'))
        throw new DomainError(
          'unprocessable',
          'Together the leads have too many identifiers to be one person.',
        );
      const survivor = applied.changes.flatMap((each) => (each.kind === 'merged' ? each.intoLeadId : []))[0]!;
      return { applied, by: by.name, result: survivor };
    });
  }

  /** Takes back one merge of a lead: what joined the two profiles is followed no longer. @returns the leads that it is now */
  undo(leadId: string, linkId: string, by: User): Promise<readonly string[]> {
    return this.decide(async (tx, now, definitions) => {
      const link = await findLink(tx, linkId, leadId);
      if (!link) throw new DomainError('not-found', `Lead ${leadId} has no merge ${linkId}.`);
      const known = await this.known(tx, [leadId], definitions);
      const applied = applyUndo(known, link, { definitions, now });
      await endLink(tx, linkId, new Date(now), by.name);
      const result = [...new Set([leadId, ...applied.changes.map((change) => change.leadId)])];
      return { applied, by: by.name, result };
    });
  }

  private async known(
    tx: Transaction,
    ids: readonly string[],
    definitions: ActiveDefinitions,
  ): Promise<KnownLeads> {
    const { leads, neighbourhood } = await this.leads
      .lockNeighbourhood(tx, ids, new Map<string, Lead>())
      .catch(conflictIfMoved);
    const current = await this.history.withTallies(tx, [...leads.values()], definitions);
    return { owners: new Map(), leads: new Map(current.map((lead) => [lead.id, lead])), neighbourhood };
  }

  private decide<Result>(
    decide: (
      tx: Transaction,
      now: number,
      definitions: ActiveDefinitions,
    ) => Promise<{ applied: AppliedMerge; by: string; result: Result }>,
  ): Promise<Result> {
    return this.outbox.transact(async (tx) => {
      const clock = this.clock.now();
      const now = clock.getTime();
      const definitions = await this.definitions.at(tx, clock);
      const { applied, by, result } = await decide(tx, now, definitions);
      return { events: await this.save(tx, applied, definitions, now, by), result };
    });
  }

  private async save(
    tx: Transaction,
    applied: AppliedMerge,
    definitions: ActiveDefinitions,
    now: number,
    by: string,
  ): Promise<Outgoing[]> {
    const outcome = await this.moved.evaluate(tx, applied, { definitions, now, cause: 'merge' });
    await this.leads.save(tx, outcome, now, { ...applied, by });
    return toOutgoing(outcome);
  }
}

const conflictIfMoved = (fault: unknown): never => {
  if (fault instanceof ConcurrentIdentity)
    throw new DomainError('conflict', 'One of the leads was merged with another. Load both again.');
  throw fault;
};
