import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { Definition, Team } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';

const KIND_NAMES: Record<string, string> = { 'sla-policy': 'SLA policy' };

/** Display name of a kind of definition. */
export const kindName = (kind: string): string => KIND_NAMES[kind] ?? humanize(kind);

const KEY = ['definitions'] as const;

export const useDefinitions = () =>
  useQuery({
    queryKey: KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/definitions', { signal }))).items,
  });

export const useDefinition = (id: string | undefined) =>
  useQuery({
    queryKey: [...KEY, id],
    enabled: id !== undefined,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/definitions/{id}', { params: { path: { id: id ?? '' } }, signal })),
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
      bodyOf(api.POST('/definitions/{kind}', { params: { path: { kind: kind as 'funnel' } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

export const useSign = (definition: Definition) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (as: Team) =>
      bodyOf(api.POST('/definitions/{id}/sign', { params: { path: { id: definition.id } }, body: { as } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

/** Drafts the content of an earlier version anew. */
export const useRollBack = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      bodyOf(api.POST('/definitions/{id}/roll-back', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
