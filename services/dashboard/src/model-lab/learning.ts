import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { LearnedModel } from '../api/shapes.js';

const KEY = ['learning'] as const;

/** Figures of all trainings, newest first. */
export const useTrainings = () =>
  useQuery({
    queryKey: [...KEY, 'models'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/learning/models', { signal }))).items,
  });

/** Models with their curves, which never change; undefined until all are loaded. */
export const useLearnedModels = (ids: readonly string[]) =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: [...KEY, 'model', id],
      staleTime: Infinity,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        bodyOf(api.GET('/learning/models/{id}', { params: { path: { id } }, signal })),
    })),
    combine: (found) => ({
      data: found.every(({ data }) => data) ? found.map(({ data }) => data as LearnedModel) : undefined,
      error: found.find(({ error }) => error)?.error ?? null,
      refetch: () => found.forEach((each) => void each.refetch()),
    }),
  });

/** The outcomes there are to train on. */
export const useOutcomes = () =>
  useQuery({
    queryKey: [...KEY, 'outcomes'],
    queryFn: ({ signal }) => bodyOf(api.GET('/learning/outcomes', { signal })),
  });

export const useTrain = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/learning/train')),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

/** Other points for rules, by the verdicts of sales. */
export const useProposals = () =>
  useQuery({
    queryKey: [...KEY, 'proposals'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/learning/proposals', { signal }))).items,
  });

export const useDraftProposals = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/learning/proposals/draft')),
    onSuccess: () => client.invalidateQueries({ queryKey: ['definitions'] }),
  });
};
