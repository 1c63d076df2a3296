import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { Duplicate } from '../api/shapes.js';

/** Pairs of leads that may be one person, found last first. */
export const useDuplicates = () =>
  useInfiniteQuery({
    queryKey: ['duplicates'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/duplicates', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    getNextPageParam: (page) => page.next,
  });

export const useDuplicatesOf = (id: string) =>
  useQuery({
    queryKey: ['lead', id, 'duplicates'],
    queryFn: ({ signal }) => bodyOf(api.GET('/leads/{id}/duplicates', { params: { path: { id } }, signal })),
  });

/** Says that a pair are two people, or takes it back. */
export const useDismiss = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, dismissed }: { id: string; dismissed: boolean }) =>
      bodyOf(
        dismissed
          ? api.POST('/duplicates/{id}/dismiss', { params: { path: { id } } })
          : api.POST('/duplicates/{id}/restore', { params: { path: { id } } }),
      ),
    // Read again when a page is opened: until then the pair stays, with its undo.
    onSuccess: () => {
      for (const queryKey of [['duplicates'], ['lead']])
        void client.invalidateQueries({ queryKey, refetchType: 'none' });
    },
  });
};

const WORDS: Record<Duplicate['likenesses'][number], string> = {
  phone: 'Same phone number',
  name: 'Same name and company',
  address: 'Nearly the same address',
};

/** Why two leads may be one person, in words. */
export const wordsOf = (likenesses: Duplicate['likenesses']): string =>
  likenesses
    .map((likeness, place) => (place === 0 ? WORDS[likeness] : WORDS[likeness].toLowerCase()))
    .join(', ');
