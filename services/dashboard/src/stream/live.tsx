import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { subscribe, type LiveState } from './event-stream.js';
import { liveEventOf, type HandoffEvent, type LeadEvent, type LiveEvent } from './live-events.js';

type Newest = LeadEvent | HandoffEvent;
interface Live {
  readonly state: LiveState;
  readonly newest: readonly Newest[];
}

const MAX_EVENTS = 50;
/** Interval at which received events are shown, ms: a list that changes a hundred times a second cannot be read. */
const FLUSH_MS = 400;
/** Minimum interval between fetches of a figure, ms. */
const REFRESH_MS = 1200;

const LiveContext = createContext<Live>({ state: 'connecting', newest: [] });

/** The newest events and the state of the connection. */
export const useLive = (): Live => useContext(LiveContext);

/** One stream for the whole page: keeps the newest events and fetches the figures that they change. */
export const LiveProvider = ({
  children,
  onSignedOut,
}: {
  children: ReactNode;
  onSignedOut: () => void;
}): ReactNode => {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [newest, setNewest] = useState<readonly Newest[]>([]);

  useEffect(() => {
    const end = new AbortController();
    const refresh = refetcher(client);
    let waiting: Newest[] = [];
    let flushing: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      flushing = undefined;
      const arrived = waiting.reverse();
      waiting = [];
      setNewest((shown) => [...arrived, ...shown].slice(0, MAX_EVENTS));
    };
    void subscribe(
      `/api/live?recent=${MAX_EVENTS}`,
      {
        onEvent: (raw) => {
          const event = liveEventOf(raw);
          if (!event) return;
          keysChangedBy(event).forEach(refresh.soon);
          if (event.type === 'funnel') return;
          waiting.push(event);
          if (waiting.length > MAX_EVENTS) waiting = waiting.slice(-MAX_EVENTS);
          flushing ??= setTimeout(flush, FLUSH_MS);
        },
        onState: (next, resumed) => {
          setState(next);
          if (resumed) void client.invalidateQueries();
          if (next === 'signed-out') onSignedOut();
        },
      },
      end.signal,
    );
    return () => {
      end.abort();
      clearTimeout(flushing);
      refresh.stop();
    };
  }, [client, onSignedOut]);

  const live = useMemo(() => ({ state, newest }), [state, newest]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

const keysChangedBy = (event: LiveEvent): QueryKey[] => {
  if (event.type === 'funnel') return [['funnel']];
  if (event.type === 'lead') return [['funnel'], ['lead', event.leadId]];
  return [['handoffs'], ['sla'], ['funnel'], ['lead', event.leadId]];
};

/**
 * Fetches figures on the screen again, per key at most once every `REFRESH_MS` and never while the last fetch is running, so that
 * a slow server does not get more requests.
 */
const refetcher = (client: QueryClient): { soon: (key: QueryKey) => void; stop: () => void } => {
  const pending = new Map<string, { timer?: ReturnType<typeof setTimeout>; again: boolean }>();
  const soon = (queryKey: QueryKey): void => {
    const name = JSON.stringify(queryKey);
    const known = pending.get(name);
    if (known) {
      known.again = true;
      return;
    }
    if (client.getQueryCache().findAll({ queryKey, type: 'active' }).length === 0) return;
    const entry: { timer?: ReturnType<typeof setTimeout>; again: boolean } = { again: false };
    const refresh = async (): Promise<void> => {
      entry.again = false;
      await client.invalidateQueries({ queryKey });
      pending.delete(name);
      if (entry.again) soon(queryKey);
    };
    entry.timer = setTimeout(() => void refresh(), REFRESH_MS);
    pending.set(name, entry);
  };
  return { soon, stop: () => pending.forEach(({ timer }) => clearTimeout(timer)) };
};
