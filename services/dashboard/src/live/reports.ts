import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { FunnelBy, FunnelReport } from '../api/shapes.js';
import { liveReportKey, useShown } from '../stream/live.js';

export const PERIODS = [
  { key: '24h', label: '24 hours', hours: 24 },
  { key: '7d', label: '7 days', hours: 7 * 24 },
  { key: '30d', label: '30 days', hours: 30 * 24 },
  { key: '90d', label: '90 days', hours: 90 * 24 },
] as const;
export type Period = (typeof PERIODS)[number]['key'];

/** The stream brings reports; without it they are fetched at this interval, which each snapshot begins anew, ms. */
const WITHOUT_STREAM_MS = 60_000;

/** The funnel of the leads created in the period up to now. */
export const useFunnel = (period: Period, by: FunnelBy) => {
  const hours = PERIODS.find(({ key }) => key === period)?.hours ?? 24;
  const name = `funnel:${hours}:${by}`;
  useShown(name);
  return useQuery({
    queryKey: liveReportKey(name),
    placeholderData: keepPreviousData,
    refetchInterval: WITHOUT_STREAM_MS,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/reports/funnel', { params: { query: { hours, by } }, signal }),
      ) as Promise<FunnelReport>,
  });
};

export const useSla = () => {
  useShown('sla');
  return useQuery({
    queryKey: liveReportKey('sla'),
    refetchInterval: WITHOUT_STREAM_MS,
    queryFn: ({ signal }) => bodyOf(api.GET('/reports/sla', { signal })),
  });
};
