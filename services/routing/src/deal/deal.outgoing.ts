import { outgoing, type Cause, type Outgoing } from '@baton/bus';
import {
  DealChanged,
  DealChurned,
  DealLost,
  DealOpened,
  DealRenewed,
  DealWon,
  type DealEventData,
  type EventContract,
} from '@baton/contracts';
import { toIso } from '../policy/duration.js';
import type { Deal } from './deal.js';
import type { DealEvent } from './deal-event.js';

/** The event to publish. `after` is the deal that results from it. */
export const toOutgoing = (event: DealEvent, after: Deal, cause?: Cause): Outgoing => {
  const published = <Data extends DealEventData>(
    contract: EventContract<string, Data>,
    data: Omit<Data, keyof DealEventData>,
  ) => outgoing(contract, { ...commonDataOf(after), ...data } as Data, after.version, cause);
  const at = toIso(event.at);
  switch (event.type) {
    case 'opened':
      return published(DealOpened, { stage: event.stage, ...valueIn(event), openedAt: at });
    case 'changed':
      return published(DealChanged, { stage: event.stage, ...valueIn(event), changedAt: at });
    case 'won':
      return published(DealWon, { value: event.value, wonAt: at });
    case 'lost': {
      const { reason, competitor } = event;
      return published(DealLost, { reason, ...(competitor !== undefined && { competitor }), lostAt: at });
    }
    case 'renewed':
      return published(DealRenewed, { value: event.value, renewedAt: at });
    case 'churned':
      return published(DealChurned, {
        ...(event.reason !== undefined && { reason: event.reason }),
        churnedAt: at,
      });
  }
};

const valueIn = ({ value }: Pick<Deal, 'value'>) => value && { value };

const commonDataOf = ({ id, leadId, handoffId, seller }: Deal): DealEventData => ({
  dealId: id,
  leadId,
  ...(handoffId !== undefined && { handoffId }),
  ...(seller && { sellerId: seller.id, sellerName: seller.name }),
});
