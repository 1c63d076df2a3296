import {
  DealChurned,
  DealLost,
  DealOpened,
  DealRenewed,
  DealWon,
  type DealEventData,
  type EventContract,
  type Lesson,
  type Money,
} from '@baton/contracts';
import type { Funnel } from '../funnel/funnel.js';
import { giveBack, recycleRuleFor } from '../funnel/recycle.js';
import { afterVerdict, NEVER_RECYCLED, type SalesState, type SalesStatus } from '../funnel/sales-status.js';
import type { CompiledFunnel } from '../funnel/stage.js';

/** The deal events that change a lead, or are evidence of how good it was. */
export const DEAL_EVENTS: readonly EventContract[] = [
  DealOpened,
  DealWon,
  DealRenewed,
  DealLost,
  DealChurned,
];

/** A deal as scoring knows it; times are ms since 1970. */
export interface DealState {
  readonly dealId: string;
  readonly leadId: string;
  /** Of its latest event. */
  readonly sequence: number;
  readonly state: 'open' | 'won' | 'lost' | 'churned';
  readonly value: Money | null;
  readonly reason: string | null;
  /** To whom it was lost. */
  readonly competitor?: string;
  readonly at: number;
}

/** What an event says of its deal. */
export const dealStateOf = (contract: EventContract, data: DealEventData, sequence: number): DealState => {
  const { dealId, leadId } = data;
  const state = (fields: Pick<DealState, 'state' | 'at'> & Partial<DealState>): DealState => ({
    dealId,
    leadId,
    sequence,
    value: null,
    reason: null,
    ...fields,
  });
  if (isOf(DealWon, contract, data))
    return state({ state: 'won', value: data.value, at: Date.parse(data.wonAt) });
  if (isOf(DealRenewed, contract, data))
    return state({ state: 'won', value: data.value, at: Date.parse(data.renewedAt) });
  if (isOf(DealLost, contract, data))
    return state({
      ...{ state: 'lost', reason: data.reason, at: Date.parse(data.lostAt) },
      ...(data.competitor !== undefined && { competitor: data.competitor }),
    });
  if (isOf(DealChurned, contract, data))
    return state({ state: 'churned', reason: data.reason ?? null, at: Date.parse(data.churnedAt) });
  const { openedAt, value } = data as InstanceType<typeof DealOpened.data>;
  return state({ state: 'open', value: value ?? null, at: Date.parse(openedAt) });
};

/** What the end of a deal teaches, by the recycle rule for it; a rule without a lesson teaches nothing. Null while it has not ended. */
export const lessonOf = ({ state, reason }: DealState, funnel: Funnel): Lesson | null =>
  state === 'lost' || state === 'churned'
    ? (recycleRuleFor(funnel, { on: state, reason })?.teaches ?? 'nothing')
    : null;

/**
 * What sales decided about a lead, after an event of one of its deals. With a deal that is won the lead is a customer, with one that is open an
 * opportunity; when its last one ends, it is recycled as after a rejection.
 *
 * @param deals all deals of the lead, the changed one included
 */
export const salesAfterDeal = <State extends SalesState>(
  sales: State,
  changed: DealState,
  deals: readonly DealState[],
  { document }: CompiledFunnel,
): State => {
  const before = sales.salesStatus;
  const has = (state: DealState['state']): boolean => deals.some((deal) => deal.state === state);
  if (has('won')) {
    const salesStatus = afterVerdict(afterVerdict(before, 'deal-opened'), 'deal-won');
    return { ...sales, salesStatus, recycling: NEVER_RECYCLED };
  }
  if (has('open')) return { ...sales, salesStatus: withoutWon(afterVerdict(before, 'deal-opened')) };
  // A hand-off that was accepted after the deal ended goes on.
  if (before?.state !== 'working' || !before.verdicts.includes('deal-opened')) return sales;
  const { state, reason, at, competitor = undefined } = changed;
  const on = state === 'churned' ? 'churned' : 'lost';
  return giveBack(sales, { on, reason, outcome: 'recycled', at, competitor }, document);
};

const withoutWon = (status: SalesStatus): SalesStatus =>
  status?.state === 'working'
    ? { ...status, verdicts: status.verdicts.filter((verdict) => verdict !== 'deal-won') }
    : status;

const isOf = <Data extends DealEventData>(
  wanted: EventContract<string, Data>,
  contract: EventContract,
  _data: DealEventData,
): _data is Data => contract.type === wanted.type;
