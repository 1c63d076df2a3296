import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { follow, type LiveState } from './event-stream.js';
import { liveEventOf, type HandoffMoved, type LeadMoved, type LiveEvent } from './live-events.js';

type Newest = LeadMoved | HandoffMoved;
interface Live {
  readonly state: LiveState;
  readonly newest: readonly Newest[];
}

const KEPT = 50;
/** Bursts are shown together: a list that changes a hundred times a second tells nobody anything. */
const FLUSH_MS = 400;
/** Figures are asked for again at most this often, however much happens. */
const REFRESH_MS = 1200;

const LiveContext = createContext<Live>({ state: 'connecting', newest: [] });

/** What happens right now, and whether we would know. */
export const useLive = (): Live => useContext(LiveContext);

/** One stream for the whole page: it keeps the newest events and asks again for the figures that they change. */
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
    const refresh = refresher(client);
    let waiting: Newest[] = [];
    let flushing: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      flushing = undefined;
      const arrived = waiting.reverse();
      waiting = [];
      setNewest((shown) => [...arrived, ...shown].slice(0, KEPT));
    };
    void follow(
      `/api/live?recent=${KEPT}`,
      {
        onEvent: (raw) => {
          const event = liveEventOf(raw);
          if (!event) return;
          keysChangedBy(event).forEach(refresh.soon);
          if (event.type === 'funnel') return;
          waiting.push(event);
          if (waiting.length > KEPT) waiting = waiting.slice(-KEPT);
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
 * Asks again for figures on the screen, per key at most once every `REFRESH_MS` and never while the last asking is still
 * under way: a server that is slow under load must not be asked more the slower it gets.
 */
const refresher = (client: QueryClient): { soon: (key: QueryKey) => void; stop: () => void } => {
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
