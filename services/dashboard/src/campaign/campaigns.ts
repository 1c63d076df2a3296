import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { NewCampaign } from '../api/shapes.js';

const PLANS = ['campaigns'] as const;

export const usePlans = () =>
  useQuery({ queryKey: PLANS, queryFn: ({ signal }) => bodyOf(api.GET('/campaigns', { signal })) });

const useSaving = <Input>(save: (input: Input) => Promise<unknown>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: PLANS }),
        client.invalidateQueries({ queryKey: ['report', 'campaigns'] }),
      ]),
  });
};

export const useSaveCampaign = () =>
  useSaving((body: NewCampaign) => bodyOf(api.POST('/campaigns', { body })));

/** Adds the costs of a CSV file, all or none; a refusal names the faulty lines. */
export const useImportCosts = () =>
  useSaving((csv: string) => bodyOf(api.POST('/campaigns/costs', { body: { csv } })));
