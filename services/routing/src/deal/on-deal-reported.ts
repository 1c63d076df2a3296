import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import {
  DEAL_REPORTS,
  LeadDealReported,
  uuidOfHash,
  type DealReport,
  type LeadDealReportedV1,
} from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { newDeal, type Deal } from './deal.js';
import { evolve, type DealEvent } from './deal-event.js';
import { DealStore, type LeadingHandoff } from './deal.store.js';
import { RecordDeals, type DealChange } from './record-deals.js';
import { applyReport, type ReportedDeal } from './reported-deal.js';

type ReportMessage = Received<LeadDealReportedV1>;

/** A CRM or shop said something about its deal, and scoring knows the lead: the deal follows. */
@Injectable()
export class OnDealReported implements Handler {
  readonly events = [LeadDealReported];

  constructor(
    private readonly deals: DealStore,
    private readonly record: RecordDeals,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly ReportMessage[], tx: Transaction): Promise<readonly Outgoing[]> {
    const byId = byDeal(messages);
    const locked = await this.deals.lock(tx, [...byId.keys()]);
    const known = new Map(locked.map((deal) => [deal.id, deal]));
    const handoffs = await this.deals.leadingHandoffs(tx, [
      ...new Set(messages.map(({ data }) => data.leadId)),
    ]);
    const changes = [...byId].map(([id, reports]) => {
      const { data } = reports[0]!;
      const deal = known.get(id) ?? this.unknownDeal(id, data, handoffs.get(data.leadId));
      return changeOf(deal, reports);
    });
    const { events } = await this.record.run(
      tx,
      changes.filter(({ deal, events }) => events.length > 0 || deal.version > 0),
    );
    return events;
  }

  private unknownDeal(
    id: string,
    { leadId, sourceId, externalId, occurredAt }: LeadDealReportedV1,
    handoff: LeadingHandoff | undefined,
  ): Deal {
    const origin = { sourceId, externalId, reportedAt: Date.parse(occurredAt) };
    const seller = handoff?.seller ?? null;
    return newDeal({ id, leadId, handoffId: handoff?.handoffId, seller, origin }, this.clock.now().getTime());
  }
}

const byDeal = (messages: readonly ReportMessage[]): ReadonlyMap<string, readonly ReportMessage[]> => {
  const byId = new Map<string, ReportMessage[]>();
  for (const message of messages) {
    const id = dealIdOf(message.data);
    byId.set(id, [...(byId.get(id) ?? []), message]);
  }
  return byId;
};

/** The reports of one deal, in the order of the log. */
const changeOf = (deal: Deal, reports: readonly ReportMessage[]): DealChange => {
  let current = deal;
  const events: DealEvent[] = [];
  for (const { data } of reports) {
    const report = toReport(data);
    if (!report) continue;
    const decided = applyReport(report, current);
    events.push(...decided);
    current = decided.reduce(evolve, current);
    if (report.at > (current.origin?.reportedAt ?? 0))
      current = { ...current, origin: { ...current.origin!, reportedAt: report.at } };
  }
  const cause = { traceparent: reports.at(-1)?.traceparent };
  return { deal: { ...deal, origin: current.origin }, events, cause };
};

const toReport = ({ what, occurredAt, stage, value, reason, competitor }: LeadDealReportedV1) =>
  isReport(what)
    ? ({ what, at: Date.parse(occurredAt), stage, value, reason, competitor } satisfies ReportedDeal)
    : undefined;

const isReport = (what: string): what is DealReport => (DEAL_REPORTS as readonly string[]).includes(what);

/** The same id for the same deal of a source, also when its reports are processed again. */
const dealIdOf = ({ sourceId, externalId }: LeadDealReportedV1): string =>
  uuidOfHash(createHash('sha256').update(`deal\n${sourceId}\n${externalId}`).digest('hex'));
