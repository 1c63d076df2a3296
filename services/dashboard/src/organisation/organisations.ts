import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { Organisation } from '../api/shapes.js';
import { clearCacheFor } from '../session/session.js';

const ORGANISATION = ['organisation'] as const;

export const useOrganisation = () =>
  useQuery({ queryKey: ORGANISATION, queryFn: ({ signal }) => bodyOf(api.GET('/organisation', { signal })) });

export const useChangeOrganisation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (organisation: Organisation) => bodyOf(api.PUT('/organisation', { body: organisation })),
    onSuccess: (organisation) => client.setQueryData(ORGANISATION, organisation),
  });
};

/** Whether the installation has no administrator yet; for people who are not signed in. */
export const useSetupState = () =>
  useQuery({
    queryKey: ['setup'],
    staleTime: Infinity,
    queryFn: ({ signal }) => bodyOf(api.GET('/setup', { signal })),
  });

export interface Setup {
  readonly token: string;
  readonly organisation: Organisation;
  readonly administrator: { readonly name: string; readonly email: string; readonly password: string };
}

/** Creates the first administrator, and signs them in. */
export const useSetUp = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ token, organisation, administrator }: Setup) => {
      const { email, password } = administrator;
      const headers = { authorization: `Bearer ${token}` };
      await bodyOf(api.POST('/setup', { headers, body: { organisation, administrator } }));
      return bodyOf(api.POST('/login', { body: { email, password } })).catch(() => null);
    },
    onSuccess: (me) => clearCacheFor(client, me),
  });
};
