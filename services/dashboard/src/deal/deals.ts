import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { Deal, DealState, Money, NewDeal } from '../api/shapes.js';

/** All keys begin with `deals`, so that one change invalidates them all. */
const DEALS = ['deals'] as const;
const POLL_MS = 30_000;

export interface DealFilter {
  readonly state?: DealState;
  readonly stage?: string;
  readonly sellerId?: string | undefined;
  readonly leadId?: string;
}

const queryOf = (filter: DealFilter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as DealFilter;

export const useDeals = (filter: DealFilter) =>
  useInfiniteQuery({
    queryKey: [...DEALS, 'list', filter],
    initialPageParam: '',
    refetchInterval: POLL_MS,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...queryOf(filter), limit: 20, ...(pageParam && { cursor: pageParam }) };
      return bodyOf(api.GET('/deals', { params: { query: query as never }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });

/** Counts and sums by state, stage and currency. */
export const useDealTotals = (sellerId: string | undefined) =>
  useQuery({
    queryKey: [...DEALS, 'totals', sellerId ?? 'all'],
    refetchInterval: POLL_MS,
    queryFn: async ({ signal }) => {
      const query = sellerId ? { sellerId } : {};
      return (await bodyOf(api.GET('/deals/totals', { params: { query }, signal }))).items;
    },
  });

export type DealChange =
  | { readonly what: 'stage'; readonly stage: string }
  | { readonly what: 'value' | 'renew'; readonly value: Money }
  | { readonly what: 'win'; readonly value?: Money }
  | { readonly what: 'lose'; readonly reason: string; readonly competitor?: string }
  | { readonly what: 'churn'; readonly reason?: string };

/** Sends a change of a deal. The key makes a repeated request count once. */
export const useChangeDeal = ({ id, leadId }: Pick<Deal, 'id' | 'leadId'>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ change, key }: { change: DealChange; key: string }) => {
      const { what, ...body } = change;
      const params = { path: { id }, header: { 'idempotency-key': key } };
      return bodyOf(api.POST(`/deals/{id}/${what}`, { params, body: body as never }));
    },
    onSettled: () => invalidated(client, leadId),
  });
};

export const useOpenDeal = (leadId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ deal, key }: { deal: NewDeal; key: string }) =>
      bodyOf(api.POST('/deals', { params: { header: { 'idempotency-key': key } }, body: deal })),
    onSettled: () => invalidated(client, leadId),
  });
};

const invalidated = (client: ReturnType<typeof useQueryClient>, leadId: string) =>
  Promise.all([
    client.invalidateQueries({ queryKey: DEALS }),
    client.invalidateQueries({ queryKey: ['lead', leadId] }),
  ]);
