import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import type { FunnelBy, FunnelReport } from '../api/shapes.js';
import { serverNow } from '../time/now.js';

const HOUR = 3_600_000;

export const PERIODS = [
  { key: '24h', label: '24 hours', hours: 24 },
  { key: '7d', label: '7 days', hours: 7 * 24 },
  { key: '30d', label: '30 days', hours: 30 * 24 },
  { key: '90d', label: '90 days', hours: 90 * 24 },
] as const;
export type Period = (typeof PERIODS)[number]['key'];

/** The funnel of the leads created in the period up to now. */
export const useFunnel = (period: Period, by: FunnelBy) =>
  useQuery({
    queryKey: ['funnel', period, by],
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    queryFn: ({ signal }) => {
      const hours = PERIODS.find(({ key }) => key === period)?.hours ?? 24;
      const now = serverNow();
      // One hour ahead, so that leads created during the request are counted.
      const query = {
        from: new Date(now - hours * HOUR).toISOString(),
        to: new Date(now + HOUR).toISOString(),
        by,
      };
      return bodyOf(api.GET('/reports/funnel', { params: { query }, signal })) as Promise<FunnelReport>;
    },
  });

export const useSla = () =>
  useQuery({
    queryKey: ['sla'],
    refetchInterval: 30_000,
    queryFn: ({ signal }) => bodyOf(api.GET('/reports/sla', { signal })),
  });
