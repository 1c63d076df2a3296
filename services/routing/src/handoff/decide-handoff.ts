import { activeTraceparent, Outbox, type Transaction } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { decide, type HandoffCommand } from './decide.js';
import { evolve } from './handoff-event.js';
import { HandoffListing } from './handoff-query.store.js';
import { toResponse, type HandoffResponse } from './handoff.response.js';
import { HandoffStore } from './handoff.store.js';
import { DEFAULT_TEAM } from '../team/team.store.js';
import { OPEN, type Handoff } from './handoff.js';
import { isRefusal, type Refusal } from './refusal.js';

/** What a command is made of: the hand-off as it stands, locked, and the moment after it was locked. */
export interface Asked {
  readonly tx: Transaction;
  readonly handoff: Handoff;
  readonly now: Date;
}

/** Decisions of people. Whoever locks the hand-off first wins, also against its clock; the second sees what the first did. */
@Injectable()
export class HandoffDecisions {
  constructor(
    private readonly outbox: Outbox,
    private readonly handoffs: HandoffStore,
    private readonly listing: HandoffListing,
    private readonly clock: Clock,
  ) {}

  /** Decides, keeps and publishes; gives the hand-off after it. Throws the refusal as a DomainError. */
  async decide(id: string, commandOf: (asked: Asked) => Promise<HandoffCommand>): Promise<HandoffResponse> {
    const { handoff, now } = await this.outbox.transact(async (tx) => {
      const handoff = await this.handoffs.lock(tx, id);
      if (!handoff) throw noSuchHandoff(id);
      const now = this.clock.now();
      const decided = decide(await commandOf({ tx, handoff, now }), handoff);
      if (isRefusal(decided)) throw toDomainError(decided);
      const after = decided.reduce(evolve, handoff);
      if (decided.length === 0) return { events: [], result: { handoff, now } };
      const change = { handoff, events: decided, cause: { traceparent: activeTraceparent() } };
      const events = await this.handoffs.keep(tx, [change]);
      if (!OPEN.includes(after.status)) await this.handoffs.wake(tx, DEFAULT_TEAM, now);
      return { events, result: { handoff: after, now } };
    });
    const histories = await this.listing.historiesOf([id]);
    return toResponse(handoff, histories.get(id) ?? [], now.toISOString());
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
      decidedAt: decided.at,
    }),
  });
