import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { ReceivedRequest } from '../api/shapes.js';

const POLL_MS = 2_000;

export type Shown = 'all' | 'notable';

/** The last requests of a source, newest first; asked for again every two seconds while the page is visible, unless paused. */
export const useRequests = (id: string, show: Shown, paused: boolean) =>
  useQuery({
    queryKey: ['source-requests', id, show],
    refetchInterval: paused ? false : POLL_MS,
    refetchOnWindowFocus: !paused,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/sources/{id}/requests', { params: { path: { id }, query: { show } }, signal }),
      ) as Promise<ReceivedRequest[]>,
  });

export const useRefused = (id: string) =>
  useInfiniteQuery({
    queryKey: ['source-refused', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/sources/{id}/refused', {
          params: { path: { id }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export interface Correction {
  readonly requestId: string;
  /** Place of the event among the entries of the request. */
  readonly entry: number;
  /** Whether later requests of the same program are a person's, too. */
  readonly always: boolean;
}

/**
 * Says that an event flagged as a robot's is a person's. `onCorrected` is called although the request is no longer among those
 * shown then, unlike a callback of the single call, which ends with its component.
 */
export const useCorrect = (id: string, onCorrected: (correction: Correction) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ requestId, entry, always }: Correction) =>
      bodyOf(
        api.POST('/sources/{id}/requests/{requestId}/person', {
          params: { path: { id, requestId } },
          body: { entry, always },
        }),
      ),
    onSuccess: (_corrected, correction) => onCorrected(correction),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['source-requests', id] }),
        client.invalidateQueries({ queryKey: ['sources'] }),
      ]),
  });
};
