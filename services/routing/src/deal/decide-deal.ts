import { activeTraceparent, Outbox, type Transaction } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../handoff/actor.js';
import { toIso } from '../policy/duration.js';
import type { Deal } from './deal.js';
import { decideDeal, type DealCommand } from './deal-command.js';
import { isDealRefusal, type DealRefusal } from './deal-refusal.js';
import { DealStore } from './deal.store.js';
import { keyedRequest, repeatOf, withRequest } from './keyed-request.js';
import { RecordDeals } from './record-deals.js';

export interface DealRequest {
  readonly id: string;
  readonly by: Actor;
  readonly command: DealCommand;
  readonly idempotencyKey?: string;
}

/** The transaction of every command of a person on a deal: the first to lock the deal wins, the next one sees what was decided. */
@Injectable()
export class DecideDeal {
  constructor(
    private readonly outbox: Outbox,
    private readonly deals: DealStore,
    private readonly record: RecordDeals,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError when there is no such deal or the rules refuse */
  async run({ id, by, command, idempotencyKey }: DealRequest): Promise<Deal> {
    return this.outbox.transact(async (tx) => {
      const [deal] = await this.deals.lock(tx, [id]);
      if (!deal) throw noSuchDeal(id);
      await this.requireSeen(tx, id, by);
      const request = keyedRequest(idempotencyKey, by, command);
      const repeat = repeatOf(deal, request);
      if (typeof repeat === 'object') throw toDomainError(repeat);
      if (repeat) return { events: [], result: deal };
      const decided = decideDeal(command, deal, { by, now: this.clock.now().getTime() });
      if (isDealRefusal(decided)) throw toDomainError(decided);
      const change = {
        deal: withRequest(deal, request),
        events: decided,
        cause: { traceparent: activeTraceparent() },
      };
      const { deals, events } = await this.record.run(tx, [change]);
      return { events, result: deals[0]! };
    });
  }

  /** A deal that a person may not read does not exist for their commands. */
  private async requireSeen(tx: Transaction, id: string, by: Actor): Promise<void> {
    const isLimited = by.acts === 'own' || by.leads !== undefined;
    if (!isLimited) return;
    if (!(await this.deals.isSeenBy(tx, id, by))) throw noSuchDeal(id);
    if (by.leads && !(await this.deals.isLedBy(tx, id, by.id)))
      throw new DomainError('forbidden', 'The deal is of a seller whose team you do not lead.');
  }
}

export const noSuchDeal = (id: string): DomainError =>
  new DomainError('not-found', `There is no deal ${id}.`);

export const toDomainError = ({ code, detail, decided, errors }: DealRefusal): DomainError =>
  new DomainError(code, detail, {
    ...(errors && { errors }),
    ...(decided && {
      decision: decided.what,
      decidedBy: decided.by?.id ?? null,
      decidedByName: decided.by?.name ?? null,
      decidedAt: toIso(decided.at),
    }),
  });
