import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { HandoffState } from '../api/shapes.js';
import { useMe } from '../session/session.js';

/** All keys begin with `handoffs`, so that one event marks them all as old. */
export const useHandoffs = (state: HandoffState, sellerId: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['handoffs', 'list', state, sellerId ?? 'all'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/handoffs', {
          params: {
            query: { state, ...(sellerId && { sellerId }), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const handoffKey = (id: string | undefined) => ['handoffs', 'one', id] as const;

export const useHandoff = (id: string | undefined) =>
  useQuery({
    queryKey: handoffKey(id),
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      answer(api.GET('/handoffs/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

export const useHandoffsOf = (leadId: string) =>
  useQuery({
    queryKey: ['handoffs', 'lead', leadId],
    queryFn: ({ signal }) => answer(api.GET('/handoffs', { params: { query: { leadId } }, signal })),
  });

/** How many offers wait for the user, or for anybody where they are no seller; `20+` when there are more pages. */
export const useWaiting = (): string | undefined => {
  const me = useMe();
  const offers = useHandoffs('offered', me.role === 'seller' ? me.id : undefined);
  const count = offers.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  return count > 0 ? `${count}${offers.hasNextPage ? '+' : ''}` : undefined;
};

/** The reasons of the policy that a hand-off runs under. */
export const useRejectReasons = (handoffId: string, wanted: boolean) =>
  useQuery({
    queryKey: ['reject-reasons', handoffId],
    enabled: wanted,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const params = { query: { handoffId } };
      return (await answer(api.GET('/handoffs/reject-reasons', { params, signal }))).items;
    },
  });

export const useSellers = (wanted: boolean) =>
  useQuery({
    queryKey: ['sellers'],
    enabled: wanted,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/sellers', { signal }))).items,
  });
