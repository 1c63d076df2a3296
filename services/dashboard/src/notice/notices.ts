import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';

/** The live stream tells when there are new ones. */
const KEY = ['notices'] as const;

/** The user's own notices, newest first, with the number of unread ones. */
export const useNotices = () =>
  useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/notices', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    getNextPageParam: (page) => page.next,
  });

/** Marks one notice as read, or all. */
export const useMarkRead = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id?: string) =>
      bodyOf(
        id === undefined
          ? api.POST('/notices/read')
          : api.POST('/notices/{id}/read', { params: { path: { id } } }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
