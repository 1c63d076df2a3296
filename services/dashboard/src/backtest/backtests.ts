import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { Backtest, BacktestRequest } from '../api/shapes.js';

const POLL_EVERY_MS = 700;

/** A backtest, asked again until it has ended. */
export const useBacktest = (id: string | undefined) =>
  useQuery<Backtest>({
    queryKey: ['backtest', id],
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_EVERY_MS : false),
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/backtests/{id}', { params: { path: { id: id ?? '' } }, signal })),
  });

export const useStartBacktest = () =>
  useMutation({ mutationFn: (body: BacktestRequest) => bodyOf(api.POST('/backtests', { body })) });

export const useCancelBacktest = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.DELETE('/backtests/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['backtest', id] }),
  });
};
