/** What a client of the stream sees, by the sellers who own or were offered a lead; undefined for a client that sees all. */
export type Viewer = { readonly sellers: readonly string[]; readonly unoffered: boolean } | undefined;

/** An event with the sellers who were ever offered its lead. */
interface EventOfLead {
  readonly sellerIds: readonly string[];
}

/** Whether a client is sent an event, by the sellers who own or were offered its lead, now or before. */
export const isVisibleTo = (viewer: Viewer, { sellerIds }: EventOfLead): boolean =>
  viewer === undefined ||
  (sellerIds.length === 0 ? viewer.unoffered : sellerIds.some((id) => viewer.sellers.includes(id)));

/** Clients with the same key see the same events. */
export const keyOf = (viewer: Viewer): string =>
  viewer === undefined ? 'all' : `${viewer.unoffered} ${viewer.sellers.join()}`;

/** SQL: the ids of those who were ever offered the lead of an event `e`. */
export const SELLERS_OF_EVENT = `array(
  select s.seller_id::text from lead_sellers s where s.lead_id = (e.data ->> 'leadId')::uuid)`;

/**
 * SQL: whether a client sees a lead, an expression; the same rule as `isVisibleTo`.
 *
 * @param sellers placeholder of `viewer.sellers`, null for one that sees all
 * @param unoffered placeholder of `viewer.unoffered`
 */
export const leadVisibleTo = (sellers: string, unoffered: string, leadId: string): string =>
  `(${sellers}::uuid[] is null or coalesce((
     select bool_or(s.seller_id = any(${sellers}::uuid[])) from lead_sellers s where s.lead_id = ${leadId}), ${unoffered}::boolean))`;

/** The parameters of `leadVisibleTo`. */
export const parametersOf = (viewer: Viewer): [readonly string[] | null, boolean] => [
  viewer?.sellers ?? null,
  viewer?.unoffered ?? true,
];
