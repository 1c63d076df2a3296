import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { endSession, sessionEndOf } from '../session/session.js';
import type { StreamEvent } from './event-parser.js';
import { liveEventOf, type HandoffEvent, type LeadEvent, type LiveEvent } from './live-events.js';
import { joinStream } from './shared-stream.js';
import type { LiveState } from './tab-message.js';

type Newest = LeadEvent | HandoffEvent;
interface Live {
  readonly state: LiveState;
  readonly newest: readonly Newest[];
}

/** Interval at which received events are shown, ms: a list that changes a hundred times a second cannot be read. */
const FLUSH_MS = 400;
/** Minimum interval between fetches of a figure, ms. */
const REFRESH_MS = 1200;

const LiveContext = createContext<Live>({ state: 'connecting', newest: [] });

/** The newest events and the state of the connection. */
export const useLive = (): Live => useContext(LiveContext);

/** One stream for all tabs of the user: keeps the newest events and fetches the figures that they change. */
export const LiveProvider = ({ children, userId }: { children: ReactNode; userId: string }): ReactNode => {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [newest, setNewest] = useState<readonly Newest[]>([]);

  useEffect(() => {
    const refresh = refetcher(client);
    let flushing: ReturnType<typeof setTimeout> | undefined;
    let shown: readonly StreamEvent[] = [];
    const flush = (): void => {
      flushing = undefined;
      setNewest(shown.map(liveEventOf).filter(isNewest).reverse());
    };
    const leave = joinStream(userId, {
      onChanged: (events) => {
        for (const event of events.map(liveEventOf)) if (event) keysChangedBy(event).forEach(refresh.soon);
      },
      onRefetch: () => void client.invalidateQueries(whenShown()),
      onNewest: (events) => {
        shown = events;
        flushing ??= setTimeout(flush, FLUSH_MS);
      },
      onConnection: setState,
      onSignedOut: (end) => endSession(client, end),
    });
    return () => {
      leave(sessionEndOf(client));
      clearTimeout(flushing);
      refresh.stop();
    };
  }, [client, userId]);

  const live = useMemo(() => ({ state, newest }), [state, newest]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

const isNewest = (event: LiveEvent | undefined): event is Newest => !!event && event.type !== 'funnel';

/** A hidden tab only marks its figures as old; they are fetched when it is shown, so that many tabs send no more requests than one. */
const whenShown = (): { refetchType: 'none' | 'active' } => ({
  refetchType: document.hidden ? 'none' : 'active',
});

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
      await client.invalidateQueries({ queryKey, ...whenShown() });
      pending.delete(name);
      if (entry.again) soon(queryKey);
    };
    entry.timer = setTimeout(() => void refresh(), REFRESH_MS);
    pending.set(name, entry);
  };
  return { soon, stop: () => pending.forEach(({ timer }) => clearTimeout(timer)) };
};
