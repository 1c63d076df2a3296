import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { NewToken } from '../api/shapes.js';

const KEY = ['tokens'] as const;
const POLL_MS = 30_000;

/** API tokens, newest first. */
export const useTokens = () =>
  useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: '',
    refetchInterval: POLL_MS,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/tokens', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    getNextPageParam: (page) => page.next,
  });

export const useCreateToken = () => {
  const client = useQueryClient();
  return useMutation({
    // The token is in the result, which is dropped with the dialog, and in no cache.
    gcTime: 0,
    mutationFn: (body: NewToken) => bodyOf(api.POST('/tokens', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useTakeOverToken = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST('/tokens/{id}/take-over', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useRevokeToken = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST('/tokens/{id}/revoke', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
