import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { LeadSearch, LeadSummary } from '../api/shapes.js';

export const useLead = (id: string | undefined) =>
  useQuery({
    queryKey: ['lead', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => answer(api.GET('/leads/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

export const useScore = (id: string | undefined) =>
  useQuery({
    queryKey: ['lead', id, 'score'],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      answer(api.GET('/leads/{id}/score', { params: { path: { id: id ?? '' } }, signal })),
  });

export const useActivities = (id: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['lead', id, 'activities'],
    enabled: id !== undefined,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/leads/{id}/activities', {
          params: { path: { id: id ?? '' }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const useLeadSearch = (search: LeadSearch) =>
  useInfiniteQuery({
    queryKey: ['leads', search],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.POST('/leads/search', { body: pageParam ? { ...search, cursor: pageParam } : search, signal }),
      ),
    getNextPageParam: (page) => page.next,
  });

const MOST_IDS = 50;
const MOST_SEEN = 500;
const SEEN = ['leads-seen'] as const;
type Leads = ReadonlyMap<string, LeadSummary>;
const NONE: Leads = new Map();

/**
 * The leads of these ids, as far as known. Of a list that moves it asks only for those it has not seen, and it lets an
 * asking finish when the list has moved on meanwhile, else names would never come under load.
 */
export const useLeadsById = (ids: readonly string[]): Leads => {
  const client = useQueryClient();
  const wanted = [...new Set(ids)].sort().slice(0, MOST_IDS);
  const seen = useQuery<Leads>({ queryKey: SEEN, enabled: false, initialData: NONE, gcTime: Infinity });
  useQuery({
    queryKey: ['leads-by-id', wanted],
    enabled: wanted.length > 0,
    staleTime: 30_000,
    queryFn: async () => {
      const known = client.getQueryData<Leads>(SEEN) ?? NONE;
      const missing = wanted.filter((id) => !known.has(id));
      const asked = missing.length > 0 ? missing : wanted;
      const found = await answer(api.POST('/leads/search', { body: { ids: asked, limit: MOST_IDS } }));
      client.setQueryData<Leads>(
        SEEN,
        (before = NONE) =>
          new Map([...before, ...found.items.map((lead) => [lead.id, lead] as const)].slice(-MOST_SEEN)),
      );
      return found.items.length;
    },
  });
  return seen.data;
};
