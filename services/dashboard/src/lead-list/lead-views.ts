import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import { newIdempotencyKey } from '../api/idempotency-key.js';
import type { LeadView } from '../api/shapes.js';

const VIEWS = ['lead-views'] as const;

/** Own views and those that are shared, by name. */
export const useLeadViews = () =>
  useQuery({
    queryKey: VIEWS,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/lead-views', { signal }))).items,
  });

const useChange = <Input, Result>(change: (input: Input) => Promise<Result>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: VIEWS }),
  });
};

export type SavedList = Pick<LeadView, 'id' | 'name' | 'shared' | 'conditions' | 'sort'>;

export const useSaveView = () =>
  useChange(({ id, name, shared, conditions, sort }: SavedList) =>
    bodyOf(
      api.PUT('/lead-views/{id}', { params: { path: { id } }, body: { name, shared, conditions, sort } }),
    ),
  );

export const useDeleteView = () =>
  useChange((id: string) => bodyOf(api.DELETE('/lead-views/{id}', { params: { path: { id } } })));

/** A random UUID of version 4. */
export const newViewId = (): string =>
  newIdempotencyKey().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
