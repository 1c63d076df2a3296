import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadStageChanged, type LeadStageChangedV1 } from '@baton/contracts';
import { Definitions } from '@baton/definitions';
import { Clock, Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import { TeamStore } from '../team/team.store.js';
import { openHandoff } from '../handoff/handoff.js';
import { HandoffStore, type Change, type LeadRecord } from '../handoff/handoff.store.js';
import { offer } from '../handoff/offer.js';

type StageChange = Received<LeadStageChangedV1>;

/**
 * A sales-ready lead is offered to the seller whose turn it is. A lead that falls out of sales-readiness keeps the hand-off it
 * has: somebody may be on the phone with it, and the clocks still end the offer.
 */
@Injectable()
export class OnLeadStageChanged implements Handler {
  readonly events = [LeadStageChanged];

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamStore,
    private readonly definitions: Definitions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async handle(batch: readonly StageChange[], tx: Transaction): Promise<readonly Outgoing[]> {
    const ready = batch.filter(({ data }) => data.salesReady);
    if (ready.length === 0) return [];
    const records = await this.handoffs.recordsOf(
      tx,
      ready.map(({ data }) => data.leadId),
    );
    const news = firstOfEachLead(ready.filter(({ data }) => isNews(data, records.get(data.leadId))));
    if (news.length === 0) return [];
    const now = this.clock.now();
    const changes = await this.offerAll(tx, news, records, now);
    return this.handoffs.keep(tx, changes);
  }

  private async offerAll(
    tx: Transaction,
    news: readonly StageChange[],
    records: ReadonlyMap<string, LeadRecord>,
    now: Date,
  ): Promise<Change[]> {
    const at = now.toISOString();
    const round = await this.teams.open(tx, await this.definitions.inForce(tx, slaPolicy, now), at);
    const changes = news.map((message): Change => {
      const { leadId } = message.data;
      const handoff = openHandoff(randomUUID(), leadId, at, records.get(leadId)?.rejectedBy);
      const next = round.next(handoff.avoid);
      return { handoff, events: offer({ type: 'offer', now: at, next }, handoff), cause: message };
    });
    await this.teams.close(tx, round, at);
    const waiting = changes.filter(({ events }) => events[0]?.type === 'kept-waiting');
    if (waiting.length > 0) {
      const handoffs = waiting.map(({ handoff }) => handoff.id);
      this.logger.warn(
        { handoffs },
        'nobody can take these leads: they wait for a seller; GET /handoffs?state=waiting says why',
      );
    }
    return changes;
  }
}

/**
 * Whether it asks for a hand-off: the lead has none open, and sales has said nothing since that this news could not know of
 * (it may have been on its way while a seller decided).
 */
const isNews = ({ changedAt }: LeadStageChangedV1, record: LeadRecord | undefined): boolean =>
  !record || (!record.hasOpen && (!record.closedAt || Date.parse(changedAt) > record.closedAt.getTime()));

const firstOfEachLead = (messages: readonly StageChange[]): StageChange[] =>
  [...new Map([...messages].reverse().map((message) => [message.data.leadId, message])).values()].reverse();
