import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { HandoffState } from '../api/shapes.js';
import { useMe } from '../session/session.js';

/** All keys begin with `handoffs`, so that one event invalidates them all. */
export const useHandoffs = (state: HandoffState, sellerId: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['handoffs', 'list', state, sellerId ?? 'all'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
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
      bodyOf(api.GET('/handoffs/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

/** Why the last offer of a hand-off went to its seller. */
export const useAssignment = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['handoffs', 'decision', id],
    enabled,
    queryFn: ({ signal }) => bodyOf(api.GET('/handoffs/{id}/decision', { params: { path: { id } }, signal })),
  });

export const useHandoffsOfLead = (leadId: string) =>
  useQuery({
    queryKey: ['handoffs', 'lead', leadId],
    queryFn: ({ signal }) => bodyOf(api.GET('/handoffs', { params: { query: { leadId } }, signal })),
  });

/** Number of offers of the user, or of all sellers for other roles; `20+` when there are more pages. Undefined for none. */
export const useOfferCount = (): string | undefined => {
  const me = useMe();
  const offers = useHandoffs('offered', me.role === 'seller' ? me.id : undefined);
  const count = offers.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  return count > 0 ? `${count}${offers.hasNextPage ? '+' : ''}` : undefined;
};

/** Page size of a count: there may be more. */
export const MAX_COUNTED = 100;

/** Counts of the open hand-offs of a seller, at most `MAX_COUNTED` each. */
export const useOpenWork = (sellerId: string) =>
  useQuery({
    queryKey: ['handoffs', 'open-work', sellerId],
    queryFn: async ({ signal }) => {
      const count = async (state: 'offered' | 'accepted'): Promise<number> => {
        const query = { sellerId, state, limit: MAX_COUNTED };
        return (await bodyOf(api.GET('/handoffs', { params: { query }, signal }))).items.length;
      };
      const [offered, accepted] = await Promise.all([count('offered'), count('accepted')]);
      return { offered, accepted };
    },
  });

/** The reject reasons of the hand-off's SLA policy. */
export const useRejectReasons = (handoffId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['reject-reasons', handoffId],
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const params = { query: { handoffId } };
      return (await bodyOf(api.GET('/handoffs/reject-reasons', { params, signal }))).items;
    },
  });

export const useSellers = (enabled: boolean) =>
  useQuery({
    queryKey: ['sellers'],
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/sellers', { signal }))).items,
  });

export const useTeams = () =>
  useQuery({
    queryKey: ['teams'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/teams', { signal }))).items,
  });
