import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';

/** Why the identifiers of a lead are one person. */
export const useMerges = (id: string) =>
  useQuery({
    queryKey: ['lead', id, 'merges'],
    queryFn: ({ signal }) => bodyOf(api.GET('/leads/{id}/merges', { params: { path: { id } }, signal })),
  });

/** All that is shown of leads may have changed. */
const useRefresh = () => {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['lead', 'leads', 'leads-by-id', 'duplicates', 'handoffs', 'deals'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
};

/** Merges another lead with this one; gives the id of the lead that goes on. */
export const useMergeLeads = (id: string) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (leadId: string) => {
      const { leadId: merged } = await bodyOf(
        api.POST('/leads/{id}/merges', { params: { path: { id } }, body: { leadId } }),
      );
      return merged;
    },
    onSuccess: refresh,
  });
};

export const useUndoMerge = (id: string) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (mergeId: string) =>
      bodyOf(api.POST('/leads/{id}/merges/{mergeId}/undo', { params: { path: { id, mergeId } } })),
    onSuccess: refresh,
  });
};
