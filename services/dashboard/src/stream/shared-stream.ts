import type { SessionEnd } from '../session/session-end.js';
import type { StreamEvent } from './event-parser.js';
import { subscribe } from './event-stream.js';
import { ownLock, sharedLock } from './tab-lock.js';
import { envelopeOf, messageFor, type LiveState } from './tab-message.js';
import { MAX_NEWEST, NEW_TAB, nextTab, TICK_MS, type TabEffect, type TabInput } from './tab.js';

export interface SharedStreamListener {
  /** Events this tab has not had; figures change. */
  onChanged: (events: readonly StreamEvent[]) => void;
  /** Events may be missing; any figure may have changed. */
  onRefetch: () => void;
  /** The newest events, oldest first. */
  onNewest: (newest: readonly StreamEvent[]) => void;
  onConnection: (state: LiveState) => void;
  /** The session ended, as this or another tab found out. */
  onSignedOut: (end: SessionEnd) => void;
}

export interface JoinedStream {
  /** Names of the reports that the stream is to bring while this tab has it. */
  show: (names: readonly string[]) => void;
  leave: (end: SessionEnd | undefined) => void;
}

/** Reports that one stream brings at most. */
const MAX_SHOWN = 4;

/** Web Locks exist in secure contexts only: https, or localhost. */
const canShare = (): boolean => 'locks' in navigator && 'BroadcastChannel' in window;

/**
 * Joins the live stream that all tabs of the user in this browser share; a browser that cannot share gets a stream for each tab.
 * The rules are in `tab.ts`; this part connects them to the lock, the channel, the visibility of the page and the server.
 *
 * @returns how to say what this tab shows, and how to leave it; with the reason when the session ended, which the other tabs are told
 */
export const joinStream = (userId: string, listener: SharedStreamListener): JoinedStream => {
  const name = `baton-live:${userId}`;
  const channel = canShare() ? new BroadcastChannel(name) : undefined;
  const lockListener = {
    onLocked: () => give({ type: 'locked' }),
    onLost: () => give({ type: 'lock-lost' }),
  };
  const lock = channel ? sharedLock(name, lockListener) : ownLock(lockListener);
  let tab = NEW_TAB;
  let stream: AbortController | undefined;
  let shown = '';

  const open = (lastId: string): void => {
    stream?.abort();
    stream = new AbortController();
    const show = shown ? `&show=${shown}` : '';
    const request = { url: `/api/live?recent=${MAX_NEWEST}${show}`, userId, lastId };
    const events = {
      onEvents: (received: readonly StreamEvent[]) => give({ type: 'received', events: received }),
      onConnection: (connection: LiveState) => give({ type: 'connection', connection }),
      onSignedOut: () => listener.onSignedOut('ended'),
    };
    void subscribe(request, events, stream.signal);
  };
  const carryOut = (effect: TabEffect): void => {
    if (effect.type === 'lock' || effect.type === 'steal-lock') lock.take(effect.type === 'steal-lock');
    else if (effect.type === 'unlock') lock.release();
    else if (effect.type === 'open') open(effect.lastId);
    else if (effect.type === 'close') stream?.abort();
    else if (effect.type === 'post') channel?.postMessage(envelopeOf(userId, effect.message));
    else if (effect.type === 'changed') listener.onChanged(effect.events);
    else if (effect.type === 'refetch') listener.onRefetch();
    else if (effect.type === 'signed-out') listener.onSignedOut(effect.end);
  };
  const give = (input: TabInput): void => {
    const before = tab;
    const { tab: next, effects } = nextTab(before, input, performance.now());
    tab = next;
    if (next.newest !== before.newest) listener.onNewest(next.newest);
    if (next.connection !== before.connection) listener.onConnection(next.connection);
    effects.forEach(carryOut);
  };

  const onVisibility = (): void => give({ type: document.hidden ? 'hidden' : 'shown' });
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    const message = messageFor(userId, data);
    if (message) give({ type: 'message', message });
  };
  channel?.addEventListener('message', onMessage);
  document.addEventListener('visibilitychange', onVisibility);
  const ticking = setInterval(() => give({ type: 'tick' }), TICK_MS);
  onVisibility();

  const show = (names: readonly string[]): void => {
    const before = shown;
    shown = [...new Set(names)].sort().slice(0, MAX_SHOWN).join();
    if (shown !== before && tab.role === 'leading') open(tab.lastId);
  };
  const leave = (end: SessionEnd | undefined): void => {
    if (end) give({ type: 'signed-out', end });
    clearInterval(ticking);
    document.removeEventListener('visibilitychange', onVisibility);
    channel?.removeEventListener('message', onMessage);
    stream?.abort();
    lock.release();
    channel?.close();
  };
  return { show, leave };
};
