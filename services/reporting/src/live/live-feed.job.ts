import { Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { FIGURES } from '../report/figures.store.js';
import { frameOf } from './live-event.js';
import { LiveListener } from './live-listener.client.js';
import { LiveQueryStore } from './live-query.store.js';
import type { LiveReport } from './live-report.js';
import { LiveReports } from './live-reports.job.js';
import { isVisibleTo, keyOf, type Viewer } from './live-visibility.js';
import type { SseConnection } from './sse-connection.client.js';

const MAX_EVENTS_PER_QUERY = 500;
const HEARTBEAT_MS = 15_000;
const CHECK_SLOW_MS = 2_000;

/**
 * Sends stored events to the connected clients. Each has a cursor of its own; clients with equal cursors, which nearly all
 * have, are served by one query, and each gets what it sees of the events. Without clients it does nothing.
 */
@Injectable()
export class LiveFeed {
  private readonly connections = new Set<SseConnection>();
  private sending = false;
  private again = false;

  constructor(
    private readonly events: LiveQueryStore,
    private readonly reports: LiveReports,
    private readonly listener: LiveListener,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** Runs until the service stops, and ends all connections then. */
  start(): void {
    const heartbeat = setInterval(() => this.sendHeartbeat(), HEARTBEAT_MS);
    const check = setInterval(() => this.dropSlow(), CHECK_SLOW_MS);
    this.shutdown.signal.addEventListener('abort', () => {
      clearInterval(heartbeat);
      clearInterval(check);
      this.reports.stop();
      this.connections.forEach((connection) => connection.end());
    });
    void this.listener.listen((what) => {
      if (what !== FIGURES) this.sendSoon();
      if (what === FIGURES || what === undefined) this.reports.changed();
    });
  }

  get size(): number {
    return this.connections.size;
  }

  add(connection: SseConnection, reports: readonly LiveReport[]): void {
    this.connections.add(connection);
    this.sendSoon();
    this.reports.add(connection, reports);
  }

  remove(connection: SseConnection): void {
    this.connections.delete(connection);
    this.reports.remove(connection);
  }

  /** To be called when there may be new events, or a client can take more. */
  readonly sendSoon = (): void => {
    this.again = true;
    if (this.sending) return;
    this.sending = true;
    this.sendAll()
      .catch((err: unknown) => this.logger.warn({ err }, 'live events could not be read; retrying'))
      .finally(() => (this.sending = false));
  };

  private async sendAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      const ready = [...this.connections].filter((connection) => connection.isReady);
      for (const group of byCursor(ready)) await this.sendTo(group);
      this.dropSlow();
    }
  }

  /** Sends the next events to clients with one cursor. */
  private async sendTo(group: readonly SseConnection[]): Promise<void> {
    let { cursor } = group[0]!;
    const events = await this.events.after(cursor, MAX_EVENTS_PER_QUERY);
    const isAll = events.length < MAX_EVENTS_PER_QUERY;
    if (!isAll) this.again = true;
    const frames = events.map((event) => {
      cursor = cursor.after(event);
      return { event, text: frameOf(event.type, event.data, cursor.toString()) };
    });
    const textFor = memoized((viewer: Viewer) =>
      frames.flatMap(({ event, text }) => (isVisibleTo(viewer, event) ? text : [])).join(''),
    );
    for (const connection of group) {
      connection.isCurrent = isAll;
      connection.cursor = cursor;
      const text = textFor(connection.viewer);
      if (text !== '') connection.send(text);
    }
  }

  private dropSlow(): void {
    const now = performance.now();
    for (const connection of this.connections) {
      if (!connection.isTooSlow(now)) continue;
      this.logger.info('a client of the live stream reads too slowly and is disconnected');
      this.remove(connection);
      connection.drop();
    }
  }

  /** Keeps connections open through proxies, and sends what a lost notification announced and what time alone changes. */
  private sendHeartbeat(): void {
    this.connections.forEach((connection) => connection.isReady && connection.send(': heartbeat\n\n'));
    this.sendSoon();
    this.reports.changed();
  }
}

/** Clients that see the same get the same text. */
const memoized = (textFor: (viewer: Viewer) => string): ((viewer: Viewer) => string) => {
  const texts = new Map<string, string>();
  return (viewer) => {
    const key = keyOf(viewer);
    const text = texts.get(key) ?? textFor(viewer);
    texts.set(key, text);
    return text;
  };
};

const byCursor = (connections: readonly SseConnection[]): SseConnection[][] => {
  const groups = new Map<string, SseConnection[]>();
  for (const connection of connections) {
    const id = connection.cursor.toString();
    const group = groups.get(id);
    if (group) group.push(connection);
    else groups.set(id, [connection]);
  }
  return [...groups.values()];
};
