import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { bodyOf, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { Source, SourceSettings } from '../api/shapes.js';
import { allPages } from '../api/all-pages.js';

const KEY = ['sources'] as const;
const POLL_MS = 15_000;

const listSources = (signal?: AbortSignal): Promise<Source[]> =>
  allPages((query) => bodyOf(api.GET('/sources', { params: { query }, ...(signal && { signal }) })));

/** Every source, by id. */
export const useSources = () =>
  useQuery({ queryKey: KEY, refetchInterval: POLL_MS, queryFn: ({ signal }) => listSources(signal) });

const theOne = (sources: readonly Source[], id: string): Source => {
  const found = sources.find((source) => source.id === id);
  if (!found) throw new Problem(404, 'No such source', `There is no source “${id}”.`);
  return found;
};

export const useSource = (id: string) =>
  useQuery({
    queryKey: [...KEY, id],
    refetchInterval: POLL_MS,
    queryFn: async ({ signal }) => theOne(await listSources(signal), id),
  });

/** What a source sent in the last seven days. */
export const useSourceActivity = (id: string, everyMs = POLL_MS) =>
  useQuery({
    queryKey: ['source-activity', id],
    refetchInterval: everyMs,
    queryFn: ({ signal }) => bodyOf(api.GET('/sources/{id}/activity', { params: { path: { id } }, signal })),
  });

const keyOf = (id: string) => ['write-key', id] as const;

/** The newest write key of a source that was made since the page was loaded: it is kept nowhere else and cannot be read again. */
export const useNewWriteKey = (id: string): string | undefined =>
  useQuery<string>({ queryKey: keyOf(id), enabled: false, gcTime: Infinity }).data;

/** Keeps a write key that was just made, until the page is loaded anew. */
export const keepNewWriteKey = (client: QueryClient, id: string, writeKey: string): void => {
  client.setQueryDefaults(keyOf(id), { gcTime: Infinity });
  client.setQueryData(keyOf(id), writeKey);
};

/** Forgets the new write key of a source if it has these first characters. */
export const forgetNewWriteKey = (client: QueryClient, id: string, prefix: string): void => {
  if (client.getQueryData<string>(keyOf(id))?.startsWith(prefix))
    client.removeQueries({ queryKey: keyOf(id) });
};

export const useCreateSource = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { id: string; name: string }) => bodyOf(api.POST('/sources', { body })),
    onSuccess: ({ id, writeKey }) => {
      keepNewWriteKey(client, id, writeKey);
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
};

/** Changes settings of a source. All are saved at once: they are read again before, so that nobody else's change is lost. */
export const useChangeSource = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (source: Source) => Partial<SourceSettings>) => {
      const source = theOne(await listSources(), id);
      const { name, eventsPerDay, personAgents } = source;
      const body = { name, eventsPerDay, personAgents, ...change(source) };
      return bodyOf(api.PUT('/sources/{id}', { params: { path: { id } }, body }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
};
