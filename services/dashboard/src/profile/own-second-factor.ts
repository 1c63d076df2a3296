import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';

const SECOND_FACTOR = ['second-factor'] as const;

export const useSecondFactor = () =>
  useQuery({
    queryKey: SECOND_FACTOR,
    queryFn: ({ signal }) => bodyOf(api.GET('/me/second-factor', { signal })),
  });

/** The secret is kept in no cache. */
export const useBeginSecondFactor = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (body: { password: string }) => bodyOf(api.POST('/me/second-factor', { body })),
  });

export const useConfirmSecondFactor = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (body: { code: string }) => bodyOf(api.POST('/me/second-factor/confirm', { body })),
  });

export const useTurnOffSecondFactor = () =>
  useMutation({
    mutationFn: (body: { password: string; code: string }) =>
      bodyOf(api.POST('/me/second-factor/off', { body })),
  });

/** Shows the state anew after a change. */
export const useShowSecondFactor = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SECOND_FACTOR });
};
