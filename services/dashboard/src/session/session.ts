import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { answer, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Me, Role } from '../api/shapes.js';

export const ME = ['me'] as const;

/** The signed-in user; null without a session. */
export const useSession = () =>
  useQuery<Me | null>({
    queryKey: ME,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      try {
        return await answer(api.GET('/me', { signal }));
      } catch (fault) {
        if (fault instanceof Problem && fault.status === 401) return null;
        throw fault;
      }
    },
  });

const forgetAllBut = (client: QueryClient, me: Me | null): void => {
  client.setQueryData(ME, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
};

export const useLogin = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      answer(api.POST('/login', { body: credentials })),
    onSuccess: (me) => {
      // a session may have ended without a sign-out: what its user saw is not for the next one
      forgetAllBut(client, me);
    },
  });
};

/** Ends the session and forgets all that was shown: the next person at this screen sees nothing of it. */
export const useLogout = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/logout')),
    onSuccess: () => {
      forgetAllBut(client, null);
    },
  });
};

export const MeContext = createContext<Me | null>(null);

/** The user signed in; only below the shell, which is not shown without one. */
export const useMe = (): Me => {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of the shell');
  return me;
};

export const ROLE_NAMES: Record<Role, string> = {
  marketing: 'Marketing',
  seller: 'Seller',
  manager: 'Sales manager',
  admin: 'Administrator',
};
