import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { AttributionReport, KeptQuestion } from '../api/shapes.js';

const KEPT = ['kept-attributions'] as const;

/** What is kept, newest first, without the figures. */
export const useKeptList = () =>
  useQuery({
    queryKey: KEPT,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/reports/attribution/kept', { signal }))).items,
  });

/** Kept figures, which change only by an erasure. */
export const useKept = (id: string) =>
  useQuery({
    queryKey: [...KEPT, id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/reports/attribution/kept/{id}', { params: { path: { id } }, signal })),
  });

/** What the same question is answered now. */
export const useToday = ({ models, options, ...asked }: KeptQuestion) =>
  useQuery({
    queryKey: ['report', 'attribution today', asked, models, options],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/reports/attribution', {
          params: { query: { ...asked, ...options, model: models } },
          signal,
        }),
      ),
  });

/** Counts the figures of a report that is shown again, and keeps them. */
export const useKeep = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, report }: { name: string; report: AttributionReport }) => {
      const { milestone, by, from, to, timeZone, lookback, models } = report;
      const body = { name, milestone, by, from, to, timeZone, lookback, model: models };
      return bodyOf(api.POST('/reports/attribution/kept', { body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: KEPT }),
  });
};

export const useDeleteKept = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.DELETE('/reports/attribution/kept/{id}', { params: { path: { id } } })),
    // Of the list alone: the figures may be open, and are not found any more.
    onSuccess: () => client.invalidateQueries({ queryKey: KEPT, exact: true }),
  });
};
