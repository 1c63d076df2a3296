import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { ShadowState } from '../api/shapes.js';

const KEY = ['shadow'] as const;
const POLL_EVERY_MS = 5_000;

/** The draft that live traffic is scored with, or the last one; asked again while it runs. */
export const useShadow = () =>
  useQuery<ShadowState>({
    queryKey: KEY,
    refetchInterval: ({ state }) => (state.data?.shadow?.stoppedAt === null ? POLL_EVERY_MS : false),
    queryFn: ({ signal }) => bodyOf(api.GET('/shadow', { signal })),
  });

export const useStartShadow = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { scoringModelId?: string; funnelId?: string }) =>
      bodyOf(api.POST('/shadow', { body })),
    onSuccess: (state) => client.setQueryData(KEY, state),
  });
};

export const useStopShadow = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.DELETE('/shadow')),
    onSuccess: (state) => client.setQueryData(KEY, state),
  });
};
