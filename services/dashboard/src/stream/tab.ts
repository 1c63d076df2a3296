import type { SessionEnd } from '../session/session-end.js';
import type { StreamEvent } from './event-parser.js';
import type { LiveState, TabMessage } from './tab-message.js';

/** A hidden tab gives up the stream after this long, ms: switching between tabs must not reconnect. */
export const GRACE_MS = 10_000;
/** Interval of the input `tick`, ms. */
export const TICK_MS = 5_000;
/** After this many ticks without a sign of the tab that has the stream, another takes it: the browser may have suspended it. */
export const MAX_SILENT_TICKS = 4;
/** A tab that was without the stream for longer begins with the newest events instead of all it missed, ms. */
export const MAX_RESUME_AGE_MS = 60_000;
export const MAX_NEWEST = 50;

/**
 * One tab. `leading` has the stream and sends what it receives to the others; `waiting` is queued for the lock; `resting` is hidden,
 * and follows as long as another tab leads; `ended` is signed out. The lock decides which tab leads, so tabs need not agree on anything.
 */
export interface Tab {
  readonly role: 'resting' | 'waiting' | 'leading' | 'ended';
  /** Undefined while the tab is shown, ms. */
  readonly hiddenAt: number | undefined;
  readonly connection: LiveState;
  /** Id of the last event; empty before the first. */
  readonly lastId: string;
  /** The newest events of leads and hand-offs, oldest first, each once. */
  readonly newest: readonly StreamEvent[];
  /** Last time at which the tab was known to miss nothing, ms. */
  readonly currentAt: number;
  readonly silentTicks: number;
  /** Whether a snapshot is asked for. */
  readonly asked: boolean;
}

export type TabInput =
  | { readonly type: 'shown' | 'hidden' | 'tick' | 'locked' | 'lock-lost' }
  /** Of the tab's own stream. */
  | { readonly type: 'received'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'connection'; readonly connection: LiveState }
  | { readonly type: 'message'; readonly message: TabMessage }
  /** The session ended, as this tab found out. */
  | { readonly type: 'signed-out'; readonly end: SessionEnd };

export type TabEffect =
  | { readonly type: 'lock' | 'steal-lock' | 'unlock' | 'close' }
  /** Opens the stream after the event `lastId`, or with the newest events when it is empty. */
  | { readonly type: 'open'; readonly lastId: string }
  | { readonly type: 'post'; readonly message: TabMessage }
  /** Events that this tab has not had: figures change. */
  | { readonly type: 'changed'; readonly events: readonly StreamEvent[] }
  /** Events may be missing: any figure may have changed. */
  | { readonly type: 'refetch' }
  | { readonly type: 'signed-out'; readonly end: SessionEnd };

export interface TabStep {
  readonly tab: Tab;
  readonly effects: readonly TabEffect[];
}

export const NEW_TAB: Tab = {
  role: 'resting',
  hiddenAt: 0,
  connection: 'connecting',
  lastId: '',
  newest: [],
  currentAt: 0,
  silentTicks: 0,
  asked: false,
};

const to = (tab: Tab, ...effects: readonly TabEffect[]): TabStep => ({ tab, effects });
const post = (message: TabMessage): TabEffect => ({ type: 'post', message });
const HELLO = post({ type: 'hello' });
const status = ({ connection, lastId }: Tab): TabEffect => post({ type: 'status', connection, lastId });

/** The tab after an input, and what is to be done. `now` in ms of a clock that never goes back. */
export const nextTab = (tab: Tab, input: TabInput, now: number): TabStep => {
  if (tab.role === 'ended') return to(tab);
  switch (input.type) {
    case 'shown':
      return onShown(tab);
    case 'hidden':
      return to({ ...tab, hiddenAt: tab.hiddenAt ?? now });
    case 'tick':
      return onTick(tab, now);
    case 'locked':
      return onLocked(tab, now);
    case 'lock-lost':
      // The next tick asks for it again: a browser that refuses locks is not asked without a pause.
      return to({ ...tab, role: 'resting' }, { type: 'close' });
    case 'received':
      return tab.role === 'leading' ? onReceived(tab, input.events, now) : to(tab);
    case 'connection':
      return tab.role === 'leading' ? onConnection(tab, input.connection) : to(tab);
    case 'message':
      return onMessage(tab, input.message, now);
    case 'signed-out':
      return ended(tab, post({ type: 'signed-out', end: input.end }));
  }
};

const onShown = (tab: Tab): TabStep => {
  const shown: Tab = { ...tab, hiddenAt: undefined, silentTicks: 0 };
  return tab.role === 'resting'
    ? to({ ...shown, role: 'waiting', asked: true }, { type: 'lock' }, HELLO)
    : to(shown);
};

const onTick = (tab: Tab, now: number): TabStep => {
  const current = tab.role === 'leading' && tab.connection === 'live' ? { ...tab, currentAt: now } : tab;
  if (tab.hiddenAt !== undefined && now - tab.hiddenAt >= GRACE_MS) return onGraceOver(current);
  if (tab.role === 'leading') return to(current, status(tab));
  if (tab.hiddenAt !== undefined) return to(tab);
  if (tab.role === 'resting') return onShown(tab);
  const silentTicks = tab.silentTicks + 1;
  return silentTicks < MAX_SILENT_TICKS
    ? to({ ...tab, silentTicks })
    : to({ ...tab, silentTicks: 0 }, { type: 'steal-lock' });
};

const onGraceOver = (tab: Tab): TabStep => {
  if (tab.role === 'resting') return to(tab);
  return to({ ...tab, role: 'resting' }, ...(tab.role === 'leading' ? [{ type: 'close' } as const] : []), {
    type: 'unlock',
  });
};

const onLocked = (tab: Tab, now: number): TabStep => {
  if (tab.role !== 'waiting') return to(tab, { type: 'unlock' });
  const resumes = now - tab.currentAt <= MAX_RESUME_AGE_MS;
  const leading: Tab = {
    ...tab,
    role: 'leading',
    // `reconnecting` fetches every figure once it is live: events that are not among the newest are missing.
    connection: resumes || tab.newest.length === 0 ? 'connecting' : 'reconnecting',
    lastId: resumes ? tab.lastId : '',
    asked: false,
  };
  return to(leading, { type: 'open', lastId: leading.lastId }, status(leading));
};

const onReceived = (tab: Tab, events: readonly StreamEvent[], now: number): TabStep => {
  const { tab: next, effects } = take(tab, events, now);
  return to(next, post({ type: 'events', after: tab.lastId, events }), ...effects);
};

const onConnection = (tab: Tab, connection: LiveState): TabStep => {
  if (connection === tab.connection) return to(tab);
  const { tab: next, effects } = connect(tab, connection);
  return to(next, status(next), ...effects);
};

const onMessage = (tab: Tab, message: TabMessage, now: number): TabStep => {
  if (message.type === 'signed-out') return ended(tab, { type: 'signed-out', end: message.end });
  if (tab.role === 'leading') {
    const { connection, lastId, newest } = tab;
    return message.type === 'hello'
      ? to(tab, post({ type: 'snapshot', connection, lastId, newest }))
      : to(tab);
  }
  return message.type === 'hello' ? to(tab) : follow({ ...tab, silentTicks: 0 }, message, now);
};

/** Forgets what it has had: it is of a user who is gone. */
const ended = (tab: Tab, effect: TabEffect): TabStep =>
  to({ ...NEW_TAB, hiddenAt: tab.hiddenAt, role: 'ended' }, { type: 'close' }, { type: 'unlock' }, effect);

const follow = (
  tab: Tab,
  message: Extract<TabMessage, { type: 'status' | 'snapshot' | 'events' }>,
  now: number,
): TabStep => {
  if (message.type === 'events') {
    if (message.after === tab.lastId) return take(tab, message.events, now);
    return tab.asked ? to(tab) : to({ ...tab, asked: true }, HELLO);
  }
  const { tab: connected, effects } = connect(tab, message.connection);
  const currentAt = message.connection === 'live' ? now : tab.currentAt;
  if (message.lastId === tab.lastId) return to({ ...connected, asked: false, currentAt }, ...effects);
  if (message.type === 'status') return to({ ...connected, asked: true }, ...effects, HELLO);
  const { lastId, newest } = message;
  return to({ ...connected, lastId, newest, asked: false, currentAt }, { type: 'refetch' });
};

/** After a lost connection events may be missing, although the server resumes: it keeps a limited number. */
const connect = (tab: Tab, connection: LiveState): TabStep => {
  const isBack =
    connection === 'live' && (tab.connection === 'reconnecting' || tab.connection === 'too-many');
  return to({ ...tab, connection }, ...(isBack ? [{ type: 'refetch' } as const] : []));
};

/** Takes events of the stream, those it has had already once. */
const take = (tab: Tab, events: readonly StreamEvent[], now: number): TabStep => {
  const known = new Set(tab.newest.map(contentOf));
  const fresh = events.filter((event) => !isNews(event) || !known.has(contentOf(event)));
  const lastId = events.findLast(({ id }) => id !== '')?.id ?? tab.lastId;
  const added = fresh.filter(isNews);
  const newest = added.length > 0 ? [...tab.newest, ...added].slice(-MAX_NEWEST) : tab.newest;
  const next: Tab = { ...tab, lastId, currentAt: now, newest };
  return to(next, ...(fresh.length > 0 ? [{ type: 'changed', events: fresh } as const] : []));
};

/** Reports and notices are not shown as what happened. */
const isNews = ({ type }: StreamEvent): boolean => type === 'lead' || type === 'handoff';

/** Ids differ between connections: an id names a position in all partitions, which depends on where the connection began. */
const contentOf = ({ type, data }: StreamEvent): string => `${type} ${data}`;
