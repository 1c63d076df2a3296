import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { LeadSearch } from '../api/shapes.js';
import { countOf } from '../ui/count.js';

/** How many leads a search finds, in words; empty until it is known. */
export const useLeadCount = (body: LeadSearch): string => {
  const { data } = useQuery({
    queryKey: ['leads', 'count', body],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => bodyOf(api.POST('/leads/count', { body, signal })),
  });
  return data === undefined ? '' : `${data.more ? 'More than ' : ''}${countOf(data.count, 'lead')}`;
};
