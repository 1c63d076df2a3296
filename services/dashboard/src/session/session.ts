import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useNavigate } from 'react-router';
import { bodyOf, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Me, Role } from '../api/shapes.js';
import type { SessionEnd } from './session-end.js';

export const ME = ['me'] as const;
const SESSION_END = [...ME, 'end'] as const;

/** The signed-in user; null without a session. */
export const useSession = () =>
  useQuery<Me | null>({
    queryKey: ME,
    staleTime: Infinity,
    queryFn: async ({ signal, client }) => {
      try {
        return await bodyOf(api.GET('/me', { signal }));
      } catch (fault) {
        if (!(fault instanceof Problem && fault.status === 401)) throw fault;
        endSession(client, 'ended');
        return null;
      }
    },
  });

/** The data of a new user of the browser; those of the one before are removed. */
export const clearCacheFor = (client: QueryClient, me: Me | null): void => {
  client.setQueryData(ME, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
  if (me) client.removeQueries({ queryKey: SESSION_END });
};

/** Shows the login page, and clears the cache, so that the next user of the browser does not see its data. */
export const endSession = (client: QueryClient, end: SessionEnd): void => {
  if (!client.getQueryData(ME)) return;
  client.setQueryData(SESSION_END, end);
  clearCacheFor(client, null);
};

/** Why the last session ended; undefined before the first, and while a user is signed in. */
export const sessionEndOf = (client: QueryClient): SessionEnd | undefined => client.getQueryData(SESSION_END);

export const useLogin = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      bodyOf(api.POST('/login', { body: credentials })),
    onSuccess: (me) => {
      // The last session may have expired without a logout; the next user must not see its data.
      clearCacheFor(client, me);
    },
  });
};

/** The challenge of a login whose password was right and that needs a code yet; undefined for any other refusal. */
export const challengeOf = (fault: unknown): string | undefined => {
  const challenge = fault instanceof Problem ? fault.members['challenge'] : undefined;
  return typeof challenge === 'string' ? challenge : undefined;
};

/** Name of the provider at which people can log in instead; null without one. */
export const useProviderName = () =>
  useQuery({
    queryKey: ['oidc'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/oidc', { signal }))).name,
  });

/** The second step of a login. */
export const useLoginCode = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { challenge: string; code: string }) => bodyOf(api.POST('/login/code', { body })),
    onSuccess: (me) => clearCacheFor(client, me),
  });
};

/** State of the history entry that asks for a login with the password that was just set. */
export const PASSWORD_SET = 'password-set';

/**
 * Sets the password of the user of a one-time link, and signs the user in with it. Without a success of the login, such as after
 * too many tries, the login page is shown.
 */
export const useSetPassword = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ token, email, password }: { token: string; email: string; password: string }) => {
      await bodyOf(api.PUT('/password-link', { body: { token, password } }));
      return bodyOf(api.POST('/login', { body: { email, password } })).catch(() => null);
    },
    onSuccess: (me) => {
      void navigate('/', { replace: true, ...(me === null && { state: PASSWORD_SET }) });
      clearCacheFor(client, me);
    },
  });
};

export const useLogout = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/logout')),
    onSuccess: ({ next }) => {
      endSession(client, 'logout');
      // Ends the session at the provider, too, which leads back here.
      if (next !== null) window.location.assign(next);
    },
  });
};

export const MeContext = createContext<Me | null>(null);

/** The signed-in user; available below the shell only, which is not shown without one. */
export const useMe = (): Me => {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of the shell');
  return me;
};

/** Roles that may see and connect sources. */
export const SOURCE_ROLES: readonly Role[] = ['marketing', 'operations', 'admin'];
/** Roles that may draft definitions and try them on the history. */
export const DEFINER_ROLES: readonly Role[] = ['marketing', 'manager', 'operations', 'admin'];
/** Roles that sign for a team, and change the tasks of the agreement. */
export const SIGNER_ROLES: readonly Role[] = ['marketing', 'manager', 'admin'];
/** Roles that may change sellers and calendars, and try routing rules on leads. */
export const ROSTER_ROLES: readonly Role[] = ['manager', 'operations', 'admin'];
/** Roles that may see and resolve dead letters, and connect webhooks. */
export const DEAD_LETTER_ROLES: readonly Role[] = ['operations', 'admin'];
/** Roles that may see and change users, API tokens and the organisation. */
export const PEOPLE_ROLES: readonly Role[] = ['admin'];
export const AUDIT_ROLES: readonly Role[] = ['admin'];

/** What a role is for, to choose one. */
export const ROLE_TEXTS: Record<Role, string> = {
  marketing: 'Sees all leads and reports, connects sources, writes and signs definitions for marketing.',
  seller: 'Sees and decides on the leads that are theirs or were offered to them.',
  manager: 'Sees all leads, decides and reassigns for every seller, signs definitions for sales.',
  operations: 'Sees all leads, connects sources, drafts definitions, handles dead letters.',
  viewer: 'Sees everything about leads, and changes nothing.',
  admin: 'Does everything, invites users and creates API tokens.',
};

export const ROLE_NAMES: Record<Role, string> = {
  marketing: 'Marketing',
  seller: 'Seller',
  manager: 'Sales manager',
  operations: 'Operations',
  viewer: 'Read only',
  admin: 'Administrator',
};
