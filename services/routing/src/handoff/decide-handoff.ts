import { activeTraceparent, Outbox, type Transaction } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import { RotationStore } from '../team/rotation.store.js';
import { TeamSettingsStore } from '../team/team-settings.store.js';
import type { Actor } from './actor.js';
import type { HandoffEvent } from './handoff-event.js';
import { isOpen, type Handoff } from './handoff.js';
import { HandoffStore } from './handoff.store.js';
import { RecordChanges } from './record-changes.js';
import { isRefusal, type Decided, type Refusal } from './refusal.js';

/** A hand-off that is locked in a transaction, and the time after it was locked. */
export interface LockedHandoff {
  readonly tx: Transaction;
  readonly handoff: Handoff;
  readonly now: Instant;
}

export interface DecidedHandoff {
  readonly handoff: Handoff;
  readonly now: Instant;
}

/**
 * The transaction of every command of a person: locks the hand-off, asks the rules, records and publishes what they decide. The
 * first to lock it wins, people and clocks alike; the next one sees the decision of the first.
 */
@Injectable()
export class DecideHandoff {
  constructor(
    private readonly outbox: Outbox,
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly clock: Clock,
    private readonly teams: TeamSettingsStore,
    private readonly rotation: RotationStore,
  ) {}

  /** @throws DomainError when there is no such hand-off or the rules refuse */
  async run(
    id: string,
    by: Actor,
    decide: (locked: LockedHandoff) => Promise<Decided<HandoffEvent>> | Decided<HandoffEvent>,
  ): Promise<DecidedHandoff> {
    return this.outbox.transact(async (tx) => {
      const handoff = await this.handoffs.lock(tx, id);
      if (!handoff) throw noSuchHandoff(id);
      await this.requireSeen(tx, by, handoff);
      const now = this.clock.now().getTime();
      if (by.id === handoff.seller?.id) await this.rotation.return(tx, by.id, new Date(now));
      const decided = await decide({ tx, handoff, now });
      if (isRefusal(decided)) throw toDomainError(decided);
      if (decided.length === 0) return { events: [], result: { handoff, now } };
      const cause = { traceparent: activeTraceparent() };
      const { handoffs, events } = await this.changes.run(tx, [{ handoff, events: decided, cause }]);
      const after = handoffs[0]!;
      if (!isOpen(after)) await this.rotation.offerWaiting(tx, [after.team], new Date(now));
      return { events, result: { handoff: after, now } };
    });
  }

  /**
   * A hand-off that a person may not read does not exist for their commands: a seller whom its lead was never offered, a manager who does
   * not lead its team, unless it was one of theirs.
   */
  private async requireSeen(tx: Transaction, by: Actor, { id, team, seller }: Handoff): Promise<void> {
    if (by.acts === 'own' && seller?.id === by.id) return;
    if (by.acts === 'any' && (!by.leads || (await this.teams.isLedBy(tx, team, by.id)))) return;
    if (!(await this.handoffs.isSeenBy(tx, id, by))) throw noSuchHandoff(id);
    // Why a seller cannot decide any more is for the rules to say.
    if (by.leads)
      throw new DomainError('forbidden', `The hand-off is now of the team ${team}, which you do not lead.`);
  }
}

export const noSuchHandoff = (id: string): DomainError =>
  new DomainError('not-found', `There is no hand-off ${id}.`);

const toDomainError = ({ code, detail, decided, errors }: Refusal): DomainError =>
  new DomainError(code, detail, {
    ...(errors && { errors }),
    ...(decided && {
      decision: decided.what,
      decidedBy: decided.by.id,
      decidedByName: decided.by.name,
      decidedAt: toIso(decided.at),
    }),
  });
