import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { LeadSearch, LeadSummary } from '../api/shapes.js';

export const useLead = (id: string | undefined) =>
  useQuery({
    queryKey: ['lead', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => bodyOf(api.GET('/leads/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

/** The explained score, now or at a past instant (ISO 8601). */
export const useScore = (id: string | undefined, at?: string) =>
  useQuery({
    queryKey: ['lead', id, 'score', at ?? 'now'],
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/leads/{id}/score', {
          params: { path: { id: id ?? '' }, query: at === undefined ? {} : { at } },
          signal,
        }),
      ),
  });

export const useScoreHistory = (id: string) =>
  useQuery({
    queryKey: ['lead', id, 'score-history'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/leads/{id}/score/history', { params: { path: { id } }, signal })),
  });

export const useActivities = (id: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['lead', id, 'activities'],
    enabled: id !== undefined,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
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
      bodyOf(
        api.POST('/leads/search', { body: pageParam ? { ...search, cursor: pageParam } : search, signal }),
      ),
    getNextPageParam: (page) => page.next,
  });

const everyIdOf = (lead: LeadSummary): [string, LeadSummary][] =>
  [lead.id, ...(lead.formerIds ?? [])].map((id) => [id, lead]);

const MAX_IDS = 50;
const MAX_CACHED = 500;
const CACHED = ['leads-seen'] as const;
type Leads = ReadonlyMap<string, LeadSummary>;
const NONE: Leads = new Map();

/**
 * The leads of these ids, as far as loaded; by the id of a merged lead the one that it is part of now. Only leads that are not cached are fetched, and a fetch is not cancelled when the ids
 * change, because the names of a list that changes all the time would otherwise never be loaded.
 */
export const useLeadsById = (ids: readonly string[]): Leads => {
  const client = useQueryClient();
  const wanted = [...new Set(ids)].sort().slice(0, MAX_IDS);
  const cached = useQuery<Leads>({ queryKey: CACHED, enabled: false, initialData: NONE, gcTime: Infinity });
  useQuery({
    queryKey: ['leads-by-id', wanted],
    enabled: wanted.length > 0,
    staleTime: 30_000,
    queryFn: async () => {
      const known = client.getQueryData<Leads>(CACHED) ?? NONE;
      const missing = wanted.filter((id) => !known.has(id));
      const requested = missing.length > 0 ? missing : wanted;
      const found = await bodyOf(api.POST('/leads/search', { body: { ids: requested, limit: MAX_IDS } }));
      client.setQueryData<Leads>(
        CACHED,
        (before = NONE) => new Map([...before, ...found.items.flatMap(everyIdOf)].slice(-MAX_CACHED)),
      );
      return found.items.length;
    },
  });
  return cached.data;
};
