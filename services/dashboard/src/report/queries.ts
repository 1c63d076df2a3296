import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, bodyOf } from '../api/client.js';
import type { FunnelBy, FunnelReport, PathsBy, Milestone, Model } from '../api/shapes.js';
import { serverNow } from '../time/now.js';
import { periodIn, type Period } from './filters.js';

/** Reports change with every event; those on the screen are asked for once a minute. */
const EVERY_MS = 60_000;

const report = <Answer>(
  name: string,
  params: URLSearchParams,
  fetch: (period: Period, signal: AbortSignal) => Promise<Answer>,
) => ({
  queryKey: ['report', name, params.toString()],
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
  queryFn: ({ signal }: { signal: AbortSignal }) => fetch(periodIn(params, serverNow()), signal),
});

export const useKpis = () => {
  const [params] = useSearchParams();
  return useQuery(
    report('kpis', params, (query, signal) =>
      bodyOf(api.GET('/reports/kpis', { params: { query }, signal })),
    ),
  );
};

export const useCohort = (by: FunnelBy) => {
  const [params] = useSearchParams();
  return useQuery(
    report(
      `funnel ${by}`,
      params,
      (period, signal) =>
        bodyOf(
          api.GET('/reports/funnel', { params: { query: { ...period, by } }, signal }),
        ) as Promise<FunnelReport>,
    ),
  );
};

export const useFlow = (by: FunnelBy) => {
  const [params] = useSearchParams();
  return useQuery(
    report(`flow ${by}`, params, (period, signal) =>
      bodyOf(api.GET('/reports/flow', { params: { query: { ...period, by } }, signal })),
    ),
  );
};

export const useAttribution = (milestone: Milestone, by: PathsBy, models: readonly Model[]) => {
  const [params] = useSearchParams();
  return useQuery(
    report(`attribution ${milestone} ${by} ${models.join()}`, params, (period, signal) =>
      bodyOf(
        api.GET('/reports/attribution', {
          params: { query: { ...period, milestone, by, model: [...models] } },
          signal,
        }),
      ),
    ),
  );
};

export const usePaths = (milestone: Milestone, by: PathsBy) => {
  const [params] = useSearchParams();
  return useQuery(
    report(`paths ${milestone} ${by}`, params, (period, signal) =>
      bodyOf(
        api.GET('/reports/paths', { params: { query: { ...period, milestone, by, limit: 30 } }, signal }),
      ),
    ),
  );
};

export const useCampaignReturns = () => {
  const [params] = useSearchParams();
  return useQuery(
    report('campaigns', params, (query, signal) =>
      bodyOf(api.GET('/reports/campaigns', { params: { query }, signal })),
    ),
  );
};
