import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { endSession, sessionEndOf } from '../session/session.js';
import type { StreamEvent } from './event-parser.js';
import {
  isReport,
  liveEventOf,
  type HandoffEvent,
  type LeadEvent,
  type LiveEvent,
  type ReportEvent,
} from './live-events.js';
import { joinStream } from './shared-stream.js';
import { Shows } from './shows.js';
import type { LiveState } from './tab-message.js';

type Newest = LeadEvent | HandoffEvent;
interface Live {
  readonly state: LiveState;
  readonly newest: readonly Newest[];
  readonly shows: Shows;
}

/** Interval at which received events are shown, ms: a list that changes a hundred times a second cannot be read. */
const FLUSH_MS = 400;
/** Minimum interval between fetches of a figure, ms. */
const REFRESH_MS = 1200;

const LiveContext = createContext<Live>({ state: 'connecting', newest: [], shows: new Shows() });

/** The newest events and the state of the connection. */
export const useLive = (): Live => useContext(LiveContext);

/** Query key of a report that the stream brings. */
export const liveReportKey = (name: string): QueryKey => ['live-report', name];

/** Has the stream bring a report as long as the component is mounted. */
export const useShown = (name: string): void => {
  const { shows } = useLive();
  useEffect(() => shows.add(name), [shows, name]);
};

/** One stream for all tabs of the user: keeps the newest events and fetches the figures that they change. */
export const LiveProvider = ({ children, userId }: { children: ReactNode; userId: string }): ReactNode => {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [newest, setNewest] = useState<readonly Newest[]>([]);
  const [shows] = useState(() => new Shows());

  useEffect(() => {
    const refresh = refetcher(client);
    let flushing: ReturnType<typeof setTimeout> | undefined;
    let shown: readonly StreamEvent[] = [];
    const flush = (): void => {
      flushing = undefined;
      setNewest(shown.map(liveEventOf).filter(isNewest).reverse());
    };
    const { show, leave } = joinStream(userId, {
      onChanged: (events) => {
        for (const event of events.map(liveEventOf)) {
          if (event && isReport(event)) take(client, shows, event);
          else if (event) keysChangedBy(event, userId).forEach(refresh.soon);
        }
        if (events.some(({ type }) => type === 'lead' || type === 'handoff'))
          shows.notBrought(performance.now()).map(liveReportKey).forEach(refresh.soon);
      },
      onRefetch: () => void client.invalidateQueries(whenShown()),
      onNewest: (events) => {
        shown = events;
        flushing ??= setTimeout(flush, FLUSH_MS);
      },
      onConnection: setState,
      onSignedOut: (end) => endSession(client, end),
    });
    const unfollow = shows.follow(show);
    return () => {
      unfollow();
      leave(sessionEndOf(client));
      clearTimeout(flushing);
      refresh.stop();
    };
  }, [client, userId, shows]);

  const live = useMemo(() => ({ state, newest, shows }), [state, newest, shows]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

const isNewest = (event: LiveEvent | undefined): event is Newest =>
  event?.type === 'lead' || event?.type === 'handoff';

/** A hidden tab only marks its figures as old; they are fetched when it is shown, so that many tabs send no more requests than one. */
const whenShown = (): { refetchType: 'none' | 'active' } => ({
  refetchType: document.hidden ? 'none' : 'active',
});

/** A report of the stream is shown as it is, and the fetch of an older one given up. */
const take = (client: QueryClient, shows: Shows, report: ReportEvent): void => {
  const { show } = report;
  if (show === undefined) return;
  const queryKey = liveReportKey(show);
  shows.brought(show, performance.now());
  if (client.getQueryCache().findAll({ queryKey, type: 'active' }).length === 0) return;
  void client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, report);
};

/** What is fetched again after an event: details that only some may see are not on the stream. */
const keysChangedBy = (event: LiveEvent, userId: string): QueryKey[] => {
  if (event.type === 'notice') return event.receivers.includes(userId) ? [['notices']] : [];
  if (event.type === 'lead') return [['lead', event.leadId]];
  return event.type === 'handoff' ? [['handoffs'], ['lead', event.leadId]] : [];
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
