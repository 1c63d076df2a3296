import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { ErasureReason } from '../api/shapes.js';
import { saveFile } from '../ui/save-file.js';

/** Queries in which the person may be. */
const SHOW_PEOPLE = ['lead', 'leads', 'leads-by-id', 'duplicates', 'handoffs', 'deals', 'erasures'];
/** While a service has not answered yet, ms. */
const LOOK_EVERY = 2_000;

export const REASONS: Readonly<Record<ErasureReason, string>> = {
  'asked-by-person': 'The person asked for it',
  'consent-withdrawn': 'Consent was withdrawn',
  'no-longer-needed': 'The data are no longer needed',
  unlawful: 'They should not have been stored',
};

export const useErasures = () =>
  useInfiniteQuery({
    queryKey: ['erasures'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/erasures', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    getNextPageParam: (page) => page.next,
  });

/** The receipt, looked at again until every service has answered. */
export const useErasure = (id: string) =>
  useQuery({
    queryKey: ['erasure', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/erasures/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : LOOK_EVERY),
  });

/** Gives the id of the receipt. What is shown of the person is forgotten, so that no page shows it again. */
export const useErase = (leadId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { reason: ErasureReason; block: boolean }) => {
      const { requestId } = await bodyOf(
        api.POST('/leads/{id}/erasure', { params: { path: { id: leadId } }, body }),
      );
      return requestId;
    },
    onSuccess: () => {
      for (const key of SHOW_PEOPLE) client.removeQueries({ queryKey: [key] });
    },
  });
};

/** What is held of a person, saved as a file. */
export const useExportPerson = (id: string) =>
  useMutation({
    mutationFn: async () => {
      const params = { path: { id } };
      const [scoring, routing] = await Promise.all([
        bodyOf(api.GET('/leads/{id}/export', { params })),
        bodyOf(api.GET('/persons/{id}/export', { params })),
      ]);
      const all = { leadId: scoring.leadId, scoring: scoring.held, routing: routing.held };
      saveFile(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }), `${id}.json`);
    },
  });
