import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { AgreementTask, ClauseName, EntrySide, TaskChange } from '../api/shapes.js';

/** All keys begin with `agreement`, so that one change invalidates them all. */
const KEY = ['agreement'] as const;
const POLL_MS = 30_000;

/** The agreement against the facts; without a period, of the current one. */
export const useScorecard = (period: string | undefined) =>
  useQuery({
    queryKey: [...KEY, 'scorecard', period ?? 'current'],
    refetchInterval: POLL_MS,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/agreement/scorecard', {
          params: { query: period === undefined ? {} : { period } },
          signal,
        }),
      ),
  });

export interface EntryFilter {
  readonly period: string;
  readonly clause: ClauseName;
  readonly segment: string;
  readonly side?: EntrySide | undefined;
}

/** The hand-offs behind a figure, newest first. */
export const useEntries = ({ side, ...filter }: EntryFilter) =>
  useInfiniteQuery({
    queryKey: [...KEY, 'ledger', filter, side],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: 20, ...(side && { side }), ...(pageParam && { cursor: pageParam }) };
      return bodyOf(api.GET('/agreement/ledger', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });

export const useTasks = () =>
  useInfiniteQuery({
    queryKey: [...KEY, 'tasks'],
    initialPageParam: '',
    refetchInterval: POLL_MS,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/agreement/tasks', {
          params: { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const useChangeTask = ({ id }: AgreementTask) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TaskChange) =>
      bodyOf(api.PUT('/agreement/tasks/{id}', { params: { path: { id } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
