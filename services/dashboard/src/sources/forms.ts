import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Form, FormSettings } from '../api/shapes.js';
import { allPages } from '../api/all-pages.js';
import { formRequestOf } from './form-settings.js';

const KEY = ['forms'] as const;

const listForms = (signal?: AbortSignal): Promise<Form[]> =>
  allPages((query) => bodyOf(api.GET('/forms', { params: { query }, ...(signal && { signal }) }))) as Promise<
    Form[]
  >;

/** The forms of a source, by id. */
export const useForms = (sourceId: string) =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => listForms(signal),
    select: (forms) => forms.filter((form) => form.sourceId === sourceId),
  });

/** What a field of a form can be. */
export const useFieldTargets = () =>
  useQuery({
    queryKey: ['field-targets'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/forms/field-targets', { signal }))).targets,
  });

export const useCreateForm = (sourceId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...settings }: FormSettings & { id: string }) =>
      bodyOf(
        api.POST('/forms', { body: { ...formRequestOf(settings), sourceId, ...(id !== '' && { id }) } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
};

/** Changes settings of a form. All are saved at once: they are read again before, so that nobody else's change is lost. */
export const useChangeForm = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (form: Form) => FormSettings) => {
      const form = (await listForms()).find((each) => each.id === id);
      if (!form) throw new Problem(404, 'No such form', `There is no form “${id}” any more.`);
      return bodyOf(api.PUT('/forms/{id}', { params: { path: { id } }, body: formRequestOf(change(form)) }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
