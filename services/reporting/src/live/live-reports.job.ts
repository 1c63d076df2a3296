import { Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { frameOf } from './live-event.js';
import type { LiveReport } from './live-report.js';
import { LiveReportStore } from './live-report.store.js';
import type { SseConnection } from './sse-connection.client.js';

/** A report is counted at most once a second, and at most a tenth of the time. */
const MIN_INTERVAL_MS = 1_000;
const REST_TIMES = 10;

/** A report that clients show. Everybody may see all of it, so one snapshot serves them all. */
interface Shown {
  readonly report: LiveReport;
  readonly connections: Set<SseConnection>;
  /** Clients that have had no snapshot yet. */
  readonly fresh: Set<SseConnection>;
  /** Facts changed since the last snapshot began. */
  isOld: boolean;
  isCounting: boolean;
  /** As of `performance.now()`: not counted again before. */
  restsUntil: number;
  timer?: NodeJS.Timeout;
  frame?: string;
}

/** Sends the reports that clients of the stream show whenever facts changed: one snapshot of each for all clients of this process. */
@Injectable()
export class LiveReports {
  private readonly shown = new Map<string, Shown>();

  constructor(
    private readonly store: LiveReportStore,
    private readonly logger: Logger,
  ) {}

  add(connection: SseConnection, reports: readonly LiveReport[]): void {
    for (const report of reports) {
      const shown = this.shown.get(report.name) ?? {
        report,
        connections: new Set(),
        fresh: new Set(),
        isOld: true,
        isCounting: false,
        restsUntil: 0,
      };
      this.shown.set(report.name, shown);
      shown.connections.add(connection);
      shown.fresh.add(connection);
      this.sendSoon(shown);
    }
  }

  remove(connection: SseConnection): void {
    for (const [name, shown] of this.shown) {
      shown.connections.delete(connection);
      shown.fresh.delete(connection);
      if (shown.connections.size > 0) continue;
      clearTimeout(shown.timer);
      this.shown.delete(name);
    }
  }

  /** To be called when facts or, by the passing of time, figures changed. */
  readonly changed = (): void => {
    for (const shown of this.shown.values()) {
      shown.isOld = true;
      this.sendSoon(shown);
    }
  };

  stop(): void {
    for (const { timer } of this.shown.values()) clearTimeout(timer);
    this.shown.clear();
  }

  private sendSoon(shown: Shown): void {
    // The newest snapshot serves those who just came, even when another is due.
    if (shown.frame) send(shown, shown.fresh, shown.frame);
    if (shown.timer || shown.isCounting || !shown.isOld) return;
    const wait = Math.max(0, shown.restsUntil - performance.now());
    shown.timer = setTimeout(() => void this.count(shown), wait);
  }

  private async count(shown: Shown): Promise<void> {
    delete shown.timer;
    const began = performance.now();
    [shown.isOld, shown.isCounting] = [false, true];
    try {
      const { type, name } = shown.report;
      const snapshot = await this.store.snapshot(shown.report);
      shown.frame = frameOf(type, JSON.stringify({ ...snapshot, show: name }));
      send(shown, shown.connections, shown.frame);
    } catch (err) {
      shown.isOld = true;
      this.logger.warn({ err }, 'a report could not be counted for the live stream; retrying');
    }
    const took = performance.now() - began;
    shown.restsUntil = began + Math.max(MIN_INTERVAL_MS, REST_TIMES * took);
    shown.isCounting = false;
    if (this.shown.get(shown.report.name) === shown) this.sendSoon(shown);
  }
}

/** A client that is catching up gets the next one. */
const send = ({ fresh }: Shown, connections: Set<SseConnection>, frame: string): void => {
  for (const connection of connections) {
    if (!connection.isReady) continue;
    connection.send(frame);
    fresh.delete(connection);
  }
};
