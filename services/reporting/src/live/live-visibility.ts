/** The seller whose leads alone a client of the stream sees; undefined for a client that sees all. */
export type Viewer = string | undefined;

/** An event with the sellers who were ever offered its lead. */
interface EventOfLead {
  readonly sellerIds: readonly string[];
}

/** Whether a client is sent an event: a seller gets those of leads they own or were offered, now or before. */
export const isVisibleTo = (viewer: Viewer, { sellerIds }: EventOfLead): boolean =>
  viewer === undefined || sellerIds.includes(viewer);

/** SQL: the ids of those who were ever offered the lead of an event `e`. */
export const SELLERS_OF_EVENT = `array(
  select s.seller_id::text from lead_sellers s where s.lead_id = (e.data ->> 'leadId')::uuid)`;

/** SQL: whether a client, given as the parameter, is sent an event `e`. */
export const visibleTo = (parameter: string): string =>
  `(${parameter}::uuid is null or exists (
     select from lead_sellers s where s.lead_id = (e.data ->> 'leadId')::uuid and s.seller_id = ${parameter}::uuid))`;
