import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import { ME } from '../session/session.js';

const SESSIONS = ['own-sessions'] as const;
const POLL_MS = 30_000;

const useAccountMutation = <Input, Result>(mutationFn: (input: Input) => Promise<Result>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all([ME, SESSIONS].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
};

export const useRename = () =>
  useAccountMutation((name: string) => bodyOf(api.PUT('/me', { body: { name } })));

/** Ends the other sessions as well. */
export const useChangePassword = () =>
  useAccountMutation((body: { current: string; password: string }) =>
    bodyOf(api.PUT('/me/password', { body })),
  );

/** The sessions of the user, last used first. */
export const useOwnSessions = () =>
  useQuery({
    queryKey: SESSIONS,
    refetchInterval: POLL_MS,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/me/sessions', { signal }))).items,
  });

export const useEndSession = () =>
  useAccountMutation((id: string) => bodyOf(api.DELETE('/me/sessions/{id}', { params: { path: { id } } })));

export const useEndOtherSessions = () => useAccountMutation(() => bodyOf(api.DELETE('/me/sessions')));
