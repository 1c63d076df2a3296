import { DealCommandsHttp } from './deal-commands.http.js';
import { DealQueryStore } from './deal-query.store.js';
import { DealStore } from './deal.store.js';
import { DealsHttp } from './deals.http.js';
import { DecideDeal } from './decide-deal.js';
import { OpenDeal } from './open-deal.js';
import { RecordDeals } from './record-deals.js';

/** What the service needs of deals. */
export const deals = {
  http: [DealsHttp, DealCommandsHttp],
  stores: [DealStore, DealQueryStore, RecordDeals, OpenDeal, DecideDeal],
};
