import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';

/** The used capacity of every seller. It follows events of hand-offs, since its key begins like theirs. */
export const useSellerLoads = (enabled = true) =>
  useQuery({
    queryKey: ['handoffs', 'seller-load'],
    enabled,
    refetchInterval: 60_000,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/sellers/load', { signal }))).items,
  });

/** A seller who did not answer is back: leads are offered to them again. */
export const useReturn = (sellerId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/sellers/{id}/return', { params: { path: { id: sellerId } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['handoffs'] }),
  });
};
