import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';

/** Accounts, most engaged first; with a text those whose name or domain has it. */
export const useAccounts = (text: string) =>
  useInfiniteQuery({
    queryKey: ['accounts', text],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/accounts', {
          params: { query: { limit: 30, ...(text && { text }), ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const useAccount = (domain: string) =>
  useQuery({
    queryKey: ['account', domain],
    queryFn: ({ signal }) => bodyOf(api.GET('/accounts/{domain}', { params: { path: { domain } }, signal })),
  });
