import { activeTraceparent, Outbox, type Transaction } from '@baton/bus';
import { uuidOfHash } from '@baton/contracts';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../handoff/actor.js';
import { knowsLead } from '../handoff/handoff-visibility.store.js';
import { HandoffStore } from '../handoff/handoff.store.js';
import { TeamSettingsStore } from '../team/team-settings.store.js';
import type { Person } from '../team/team.js';
import { newDeal, type Deal, type Money, type NewDeal } from './deal.js';
import { openDeal } from './deal-command.js';
import { invalid, isDealRefusal } from './deal-refusal.js';
import { DealStore } from './deal.store.js';
import { toDomainError } from './decide-deal.js';
import { keyedRequest, repeatOf, withRequest } from './keyed-request.js';
import { RecordDeals } from './record-deals.js';

export interface OpenDealRequest {
  readonly by: Actor;
  readonly handoffId?: string | undefined;
  readonly leadId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly stage: string;
  readonly value?: Money | undefined;
  readonly idempotencyKey?: string;
}

/** Opens a deal of a qualified hand-off, or of a lead that sales found itself. */
@Injectable()
export class OpenDeal {
  constructor(
    private readonly outbox: Outbox,
    private readonly deals: DealStore,
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamSettingsStore,
    private readonly record: RecordDeals,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError when the rules refuse */
  async run({ by, idempotencyKey, ...wanted }: OpenDealRequest): Promise<Deal> {
    const id = idempotencyKey === undefined ? randomUUID() : dealIdOf(by, idempotencyKey);
    return this.outbox.transact(async (tx) => {
      const now = this.clock.now().getTime();
      const request = keyedRequest(idempotencyKey, by, wanted);
      const [earlier] = await this.deals.lock(tx, [id]);
      if (earlier) {
        const repeat = repeatOf(earlier, request);
        if (typeof repeat === 'object') throw toDomainError(repeat);
        return { events: [], result: earlier };
      }
      const deal = withRequest(newDeal({ id, ...(await this.about(tx, by, wanted)) }, now), request);
      const decided = openDeal(wanted, deal, { by, now });
      if (isDealRefusal(decided)) throw toDomainError(decided);
      if (!(await this.deals.insert(tx, deal))) throw await this.alreadyOpen(tx, deal);
      const cause = { traceparent: activeTraceparent() };
      const { deals, events } = await this.record.run(tx, [{ deal, events: decided, cause }]);
      return { events, result: deals[0]! };
    });
  }

  private async about(
    tx: Transaction,
    by: Actor,
    { handoffId, leadId, sellerId }: Pick<OpenDealRequest, 'handoffId' | 'leadId' | 'sellerId'>,
  ): Promise<Omit<NewDeal, 'id'>> {
    if (handoffId !== undefined) return this.ofHandoff(tx, by, handoffId);
    if (leadId === undefined) throw toDomainError(invalid('/leadId', 'is needed, or handoffId'));
    if (!(await knowsLead(tx, leadId, by)))
      throw toDomainError(
        invalid('/leadId', 'is no lead that was offered to sales or qualified by marketing'),
      );
    return { leadId, seller: await this.sellerOf(tx, by, sellerId) };
  }

  private async ofHandoff(tx: Transaction, by: Actor, handoffId: string): Promise<Omit<NewDeal, 'id'>> {
    const handoff = await this.handoffs.lock(tx, handoffId);
    const isOwn = by.acts === 'any' || handoff?.seller?.id === by.id;
    if (!handoff || !isOwn || (by.leads && !(await this.teams.isLedBy(tx, handoff.team, by.id))))
      throw toDomainError(invalid('/handoffId', 'is none of your hand-offs'));
    if (handoff.status !== 'qualified')
      throw toDomainError({
        code: 'conflict',
        detail: `The hand-off is ${handoff.status}: a deal is opened when the lead is qualified.`,
      });
    return { leadId: handoff.leadId, handoffId, seller: handoff.seller };
  }

  private async sellerOf(tx: Transaction, by: Actor, sellerId: string | undefined): Promise<Person | null> {
    if (by.acts === 'own') return { id: by.id, name: by.name };
    if (sellerId === undefined) return null;
    const seller = await this.deals.seller(tx, sellerId, by);
    if (!seller)
      throw toDomainError(
        invalid('/sellerId', by.leads ? 'is no seller of a team that you lead' : 'is no seller'),
      );
    return seller;
  }

  private async alreadyOpen(tx: Transaction, { handoffId }: Deal): Promise<DomainError> {
    const dealId = handoffId === undefined ? undefined : await this.deals.openOf(tx, handoffId);
    const detail = 'This hand-off has an open deal; change that one, or end it first.';
    return new DomainError('conflict', detail, { ...(dealId !== undefined && { dealId }) });
  }
}

/** The same id for the same request, however often it is sent. */
const dealIdOf = ({ id }: Actor, key: string): string =>
  uuidOfHash(createHash('sha256').update(`deal\n${id}\n${key}`).digest('hex'));
