import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Definition, Team } from '../api/shapes.js';
import { wordsOf } from '../ui/words.js';

const KIND_NAMES: Record<string, string> = { 'sla-policy': 'SLA policy' };

/** What people call a kind of definition. */
export const kindName = (kind: string): string => KIND_NAMES[kind] ?? wordsOf(kind);

const KEY = ['definitions'] as const;

export const useDefinitions = () =>
  useQuery({
    queryKey: KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/definitions', { signal }))).items,
  });

export const useDefinition = (id: string | undefined) =>
  useQuery({
    queryKey: [...KEY, id],
    enabled: id !== undefined,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      answer(api.GET('/definitions/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

/** The version of a kind that is in force, with its document. */
export const useInForce = (kind: string | undefined) => {
  const { data } = useDefinitions();
  return useDefinition(data?.find((each) => each.kind === kind && each.state === 'active')?.id);
};

export const useDraft = (kind: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { document: Record<string, unknown>; note: string }) =>
      answer(api.POST('/definitions/{kind}', { params: { path: { kind: kind as 'funnel' } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useSign = (definition: Definition) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (as: Team) =>
      answer(api.POST('/definitions/{id}/sign', { params: { path: { id: definition.id } }, body: { as } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
