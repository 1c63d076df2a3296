import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { WriteKey, WriteKeySettings } from '../api/shapes.js';
import { forgetNewWriteKey, keepNewWriteKey } from './sources.js';

const POLL_MS = 15_000;
const keyOf = (sourceId: string) => ['write-keys', sourceId] as const;

const listKeys = (sourceId: string, signal?: AbortSignal): Promise<WriteKey[]> =>
  bodyOf(api.GET('/sources/{id}/keys', { params: { path: { id: sourceId } }, ...(signal && { signal }) }));

/** The write keys of a source, newest first. */
export const useWriteKeys = (sourceId: string) =>
  useQuery({
    queryKey: keyOf(sourceId),
    refetchInterval: POLL_MS,
    queryFn: ({ signal }) => listKeys(sourceId, signal),
  });

/** Makes a key. `endsAt`: ISO 8601. */
export const useCreateWriteKey = (sourceId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: WriteKeySettings & { endsAt?: string }) =>
      bodyOf(api.POST('/sources/{id}/keys', { params: { path: { id: sourceId } }, body })),
    onSuccess: ({ writeKey }) => {
      keepNewWriteKey(client, sourceId, writeKey);
      return client.invalidateQueries({ queryKey: keyOf(sourceId) });
    },
  });
};

/** Changes settings of a key. All are saved at once: they are read again before, so that nobody else's change is lost. */
export const useChangeWriteKey = (sourceId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...change }: { id: string } & Partial<WriteKeySettings>) => {
      const key = (await listKeys(sourceId)).find((each) => each.id === id);
      if (!key) throw new Problem(404, 'No such key', 'This key is not listed any more.');
      const { name, origins, kinds } = key;
      return bodyOf(
        api.PUT('/sources/{id}/keys/{keyId}', {
          params: { path: { id: sourceId, keyId: id } },
          body: { name, origins, kinds, ...change },
        }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(sourceId) }),
  });
};

export const useRotateWriteKey = (sourceId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, overlapHours }: { id: string; overlapHours: number }) =>
      bodyOf(
        api.POST('/sources/{id}/keys/{keyId}/rotate', {
          params: { path: { id: sourceId, keyId: id } },
          body: { overlapHours },
        }),
      ),
    onSuccess: ({ writeKey }) => keepNewWriteKey(client, sourceId, writeKey),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(sourceId) }),
  });
};

export const useRevokeWriteKey = (sourceId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: WriteKey) =>
      bodyOf(
        api.POST('/sources/{id}/keys/{keyId}/revoke', { params: { path: { id: sourceId, keyId: id } } }),
      ),
    onSuccess: (_, { prefix }) => forgetNewWriteKey(client, sourceId, prefix),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(sourceId) }),
  });
};
