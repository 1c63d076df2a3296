import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { Delivery, NewWebhook, Webhook } from '../api/shapes.js';

const KEY = ['webhooks'] as const;
const DELIVERIES = ['deliveries'] as const;
const POLL_MS = 30_000;

export const useWebhooks = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => bodyOf(api.GET('/webhooks', { signal })) });

export const useCreateWebhook = () => {
  const client = useQueryClient();
  return useMutation({
    // The secret is in the result, which is dropped with the dialog, and in no cache.
    gcTime: 0,
    mutationFn: (body: NewWebhook) => bodyOf(api.POST('/webhooks', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useEnableWebhook = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, events, enabled }: Webhook) =>
      bodyOf(
        api.PUT('/webhooks/{id}', {
          params: { path: { id } },
          body: { events: events as NewWebhook['events'], enabled },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useRotateSecret = () => {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (id: string) => bodyOf(api.POST('/webhooks/{id}/rotate', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useTestWebhook = () =>
  useMutation({
    mutationFn: (id: string) => bodyOf(api.POST('/webhooks/{id}/test', { params: { path: { id } } })),
  });

/** What was sent and what was not, newest first; it changes with every try, which no event tells. */
export const useDeliveries = (state: Delivery['state'] | undefined) =>
  useInfiniteQuery({
    queryKey: [...DELIVERIES, state ?? 'all'],
    initialPageParam: '',
    refetchInterval: POLL_MS,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...(state && { state }), ...(pageParam && { cursor: pageParam }) };
      return bodyOf(api.GET('/webhooks/deliveries', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });

export const useReplay = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.POST('/webhooks/deliveries/{id}/replay', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: DELIVERIES }),
  });
};
